import type { Json } from '@comm100-openapi/description';
import { isRecord } from './merge.ts';
import type { Test } from './resource.ts';

/** All words must be somewhere in the texts of an entity, in any case: where the service searches is not documented. */
export function byKeywords(value: Json): Test | undefined {
  const words = String(value).toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  return ({ secret: _, ...entity }) => {
    const text = textIn(entity as Json).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export function textIn(value: Json): string {
  if (Array.isArray(value)) return value.map(textIn).join('\n');
  if (isRecord(value)) return Object.values(value).map(textIn).join('\n');
  return typeof value === 'string' ? value : '';
}
