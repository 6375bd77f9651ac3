import type { Extensions } from '@comm100-openapi/description';

/** Where the vendor keeps the documents that it publishes. */
const repository = 'https://github.com/jamyzhang/APIDesign/blob/master';

/** Documents that are not in the repository, by the name that `x-source` has for them. */
const elsewhere: Readonly<Record<string, string>> = {
  // The edition of the introduction on the vendor's website; the one in the repository says less of JSON Web Tokens.
  'v2/introduction': 'https://www.comm100.com/doc/api/introduction.htm',
};

/**
 * The address of the passage that a source names.
 *
 * @returns `undefined` for documents without a known address, such as the vendor's help pages.
 */
export function addressOf({ document, heading }: Extensions['x-source']): string | undefined {
  if (document in elsewhere) return elsewhere[document];
  if (!document.endsWith('.md')) return undefined;
  return `${repository}/${document.split('/').map(encodeURIComponent).join('/')}#${anchorOf(heading)}`;
}

/**
 * The anchor that GitHub gives a heading: lower case, without punctuation, a hyphen for each space. A heading that
 * repeats an earlier one would have a number as well; a check makes sure that no source does.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
 */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
