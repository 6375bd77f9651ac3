import MiniSearch, { type Options, type SearchResult } from 'minisearch';

/** What can be found: a section of a guide, a page of a resource, an operation, a schema, a permission, an edition. */
export interface Entry {
  /** The address, from the root of the site. */
  id: string;
  kind: 'guide' | 'resource' | 'operation' | 'event' | 'schema' | 'permission' | 'edition';
  title: string;
  /** Where it is: the version and the resource, or the guide; empty for what is a page itself. */
  place: string;
  /** The method and the path of an operation. */
  endpoint: string;
  /** The version that it belongs to; empty for what is about both. */
  version: string;
  /** The ids of its fields, without what they all begin with, separated by spaces. */
  fields: string;
  /** The words that people type when they mean it. */
  words: string;
  text: string;
}

export interface Found extends Pick<Entry, 'kind' | 'title' | 'place' | 'endpoint'> {
  /** The address from the root of the site; that of a field, where only the field has the words. */
  link: string;
  /** The field that was found. */
  field: string | undefined;
}

/** How many results a search has at most. */
const MOST = 24;

const options: Options<Entry> = {
  fields: ['title', 'words', 'endpoint', 'fields', 'text'],
  storeFields: ['kind', 'title', 'place', 'endpoint', 'version', 'fields'],
  // A name is found by each of its words: `departmentId` by "department" and by "id".
  processTerm: (term) => {
    const whole = term.toLowerCase();
    const parts = term.split(/(?<=[a-z0-9])(?=[A-Z])/).map((part) => part.toLowerCase());
    return parts.length > 1 ? [whole, ...parts] : whole;
  },
};

/** An index as JSON. */
export type Index = ReturnType<MiniSearch['toJSON']>;

/** The index of all entries. */
export function writeIndex(entries: readonly Entry[]): Index {
  const index = new MiniSearch(options);
  index.addAll(entries);
  return index.toJSON();
}

/**
 * A search in an index that {@link writeIndex} has written.
 *
 * @returns A function from words, and the version that is being read, to results, the best first.
 */
export function readIndex(written: Index): (words: string, version: string) => Found[] {
  const index = MiniSearch.loadJS(written, options);
  return (words, version) => {
    const search = (combineWith: 'AND' | 'OR') =>
      index.search(words, {
        combineWith,
        prefix: (term) => term.length > 1,
        fuzzy: (term) => (term.length > 4 ? 0.18 : false),
        boost: { title: 8, words: 16, endpoint: 4, fields: 3 },
        weights: { prefix: 0.6, fuzzy: 0.12 },
        boostDocument: (_id, _term, stored) => weight(stored as Stored, version),
        processTerm: (term) => term.toLowerCase(),
      });
    const all = search('AND');
    return (all.length > 0 ? all : search('OR')).slice(0, MOST).map(toFound);
  };
}

type Stored = Pick<Entry, 'kind' | 'title' | 'place' | 'endpoint' | 'version' | 'fields'>;

/** A guide comes before its sections, the version that is being read before the other, and schemas last. */
function weight({ kind, place, version }: Stored, reading: string): number {
  const byKind = { guide: place === '' ? 1.5 : 0.7, schema: 0.6 }[String(kind)] ?? 1;
  return version === '' || version === reading ? byKind : byKind * 0.3;
}

function toFound({ id, queryTerms, ...rest }: SearchResult): Found {
  const { kind, title, place, endpoint, fields } = rest as unknown as Stored;
  const shown = `${title} ${place} ${endpoint}`.toLowerCase();
  const hidden = queryTerms.filter((term) => !shown.includes(term));
  const nameOf = (path: string) => path.split('.').at(-1) ?? path;
  const paths = fields === '' ? [] : fields.split(' ');
  const path =
    paths.find((it) => hidden.includes(nameOf(it).toLowerCase())) ??
    paths.find((it) => hidden.some((term) => nameOf(it).toLowerCase().includes(term)));
  if (path === undefined) return { kind, title, place, endpoint, link: String(id), field: undefined };
  return { kind, title, place, endpoint, link: `${id}.${path}`, field: nameOf(path) };
}
