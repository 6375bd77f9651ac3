import MarkdownIt from 'markdown-it';
import { type Html, raw } from './html.ts';

/** The descriptions are CommonMark. A `<` in them is text, not a tag. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

export function block(text: string): Html {
  return raw(markdown.render(text).trim());
}

export function inline(text: string): Html {
  return raw(markdown.renderInline(text));
}

/** Only the text, for the search index and for titles. */
export function plainText(text: string): string {
  return markdown
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .map((token) => (token.type === 'softbreak' ? ' ' : token.content))
    .join('');
}
