/** The ids of the last responses, so that the next request can use them. */

/** What a path parameter can be, and what it belongs to. */
export interface Recent {
  value: string;
  label: string;
}

type Item = Record<string, unknown>;

const storageKey = 'comm100-openapi:recent';
const most = 5;

/** The same in both versions: `livechat/cannedMessages` of `/api/v2/livechat/cannedMessages/{id}`. */
const collectionOf = (path: string, parameter?: string) =>
  (parameter === undefined ? path.replace(/\/\{\w+\}$/, '') : path.slice(0, path.indexOf(`/{${parameter}}`)))
    .replace(/^\/api\/v\d+\//, '')
    .toLowerCase();

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && 'id' in value;

/** The items of a response: itself, its entries, or the entries of the list in it. */
function itemsOf(json: unknown): Item[] {
  if (isItem(json)) return [json];
  const lists = Array.isArray(json) ? [json] : Object.values(json ?? {}).filter(Array.isArray);
  return lists.flat().filter(isItem).slice(0, most);
}

function readAll(): Record<string, Item[]> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
  } catch {
    return {};
  }
}

/** Remembers the items of a response. @param path Of the operation, with its parameters. */
export function remember(path: string, json: unknown): void {
  const items = itemsOf(json).map(({ id, email, name, title }) => ({ id, email, name: name ?? title }));
  if (items.length === 0) return;
  const all = readAll();
  const collection = collectionOf(path);
  const known = (all[collection] ?? []).filter(({ id }) => !items.some((item) => item.id === id));
  all[collection] = [...items, ...known].slice(0, most);
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(all));
  } catch {
    // Where storage is blocked, nothing is remembered.
  }
}

/** The last values of a path parameter. */
export function recentFor(path: string, parameter: string): Recent[] {
  return (readAll()[collectionOf(path, parameter)] ?? []).flatMap((item) => {
    const value = item[parameter] ?? item.id;
    if (value === undefined || value === null) return [];
    const name = item.name ?? item.email;
    return [{ value: String(value), label: typeof name === 'string' && name !== value ? name : '' }];
  });
}
