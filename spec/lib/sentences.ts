import { isText } from './values.ts';

/** What keeps a text from being whole sentences, in words that follow its name; `undefined` where nothing does. */
export function faultOf(text: unknown): string | undefined {
  if (!isText(text)) return 'is missing';
  if (!/^[\p{Lu}`]/u.test(text)) return 'starts with neither an upper-case letter nor a backtick';
  if (!text.trimEnd().endsWith('.')) return 'does not end with a full stop';
  return undefined;
}
