import {
  type Document,
  type MigrationMap,
  type Operation,
  operationsOf,
  propertiesOf,
  resolve,
  type Schema,
  successOf,
} from '@comm100-openapi/description';

/** What an operation does. */
type Verb = 'list' | 'get' | 'create' | 'update' | 'delete' | 'getSettings' | 'updateSettings';

/** What an operation does, and to which entities, as its path, method and schemas say. */
export interface Action {
  readonly verb: Verb;
  /** The entities: the name of a collection, or of settings, such as `campaigns.chatButton`. */
  readonly kind: string;
  /** The parameter of the path that has the key of the entity, or of the entity that the settings are of. */
  readonly key?: string;
  /** The collection that a collection is nested in, and the parameter with the key of the entity in it. */
  readonly owner?: { readonly kind: string; readonly parameter: string };
  /** The field of the response that has the entities; absent where the response is the list itself. */
  readonly list?: string;
  /** The field of the settings that the operation is about; absent where it is about all of them. */
  readonly part?: string;
}

/** The actions of an operation by its version and its id: `2 listAgents`. */
export type Actions = ReadonlyMap<string, Action>;

/** The name of an operation in both versions: `2 listAgents`. */
export function operationName({ info }: Document, id: string): string {
  return `${info.version.split('.')[0]} ${id}`;
}

const described = new WeakMap<Document, readonly Operation[]>();

/** The operations of a document that requests can call, read once. */
export function operationsIn(document: Document): readonly Operation[] {
  const known = described.get(document) ?? operationsOf(document).filter(({ isWebhook }) => !isWebhook);
  described.set(document, known);
  return known;
}

/**
 * What every operation does. Those of version 2.0 follow from the description, those of version 1.0 from what the map says
 * has taken their place; where nothing has, from the description too. Reports and tokens are not among them.
 */
export function actionsOf(documents: readonly Document[], migration: MigrationMap | undefined): Actions {
  const actions = new Map<string, Action>();
  const moves = new Map(migration?.operations.map((move) => [move.from, move]));
  // Version 2.0 first: the kinds of version 1.0 follow from it.
  for (const document of documents.toSorted((one, other) => other.info.version.localeCompare(one.info.version))) {
    const operations = operationsIn(document);
    const paths: Paths = {
      operations: new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation])),
      collections: new Set(operations.flatMap(({ path }) => /^(.+)\/\{[^/]+\}$/.exec(path)?.slice(1) ?? [])),
    };
    for (const operation of operations) {
      const action = actionOf(operation, paths);
      if (!action) continue;
      const [successor] = moves.get(operation.id)?.to ?? [];
      const is1 = document.info.version.startsWith('1');
      const known = is1 && successor ? actions.get(`2 ${successor}`) : undefined;
      actions.set(operationName(document, operation.id), known ? moved(action, known) : action);
    }
  }
  return actions;
}

/** The action of an operation of version 1.0, with the kinds of version 2.0. */
function moved(action: Action, known: Action): Action {
  const settings = known.verb.endsWith('Settings');
  const isList = action.verb === 'list';
  // The list of what version 2.0 shows as a field of settings stays a list, of the collection with the field's name.
  if (settings && isList && action.owner && !known.part && known.key) {
    return { ...action, owner: { kind: known.kind.split('.')[0] ?? '', parameter: action.owner.parameter } };
  }
  const owner = known.owner && action.owner ? { owner: { ...known.owner, parameter: action.owner.parameter } } : {};
  const { owner: _, ...rest } = action;
  return { ...rest, ...owner, kind: known.kind, ...(settings ? { verb: known.verb } : {}) };
}

interface Paths {
  /** By method and path. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** The paths that have a path of items below them. */
  readonly collections: ReadonlySet<string>;
}

function actionOf(operation: Operation, paths: Paths): Action | undefined {
  const { path, method } = operation;
  if (/\/reports\//.test(path) || !/^\/api\/v\d\//.test(path)) return undefined;
  const segments = path.split('/').slice(4);
  const last = segments.at(-1) ?? '';
  const parameters = segments.flatMap((segment, index) => {
    const [, name] = /^\{(.+)\}$/.exec(segment) ?? [];
    return name === undefined ? [] : [{ name, kind: segments[index - 1] ?? '' }];
  });
  const [first] = parameters;
  if (last.startsWith('{')) {
    const own = parameters.at(-1);
    const verb = ({ get: 'get', put: 'update', delete: 'delete' } as const)[method as 'get'];
    if (!own || !verb) return undefined;
    return { verb, kind: own.kind, key: own.name, ...(first && first !== own ? ownerOf(first) : {}) };
  }
  if (isCollection(path, paths)) {
    const verb = ({ get: 'list', post: 'create', delete: 'delete' } as const)[method as 'get'];
    if (!verb) return undefined;
    const list = verb === 'list' ? listIn(operation, last) : undefined;
    return { verb, kind: last, ...(first ? ownerOf(first) : {}), ...(list ? { list } : {}) };
  }
  const verb = ({ get: 'getSettings', put: 'updateSettings' } as const)[method as 'get'];
  if (!verb || (method === 'put' && !operation.body)) return undefined;
  const names = segments.filter((segment) => !segment.startsWith('{'));
  const whole = paths.operations.get(`get ${path.slice(0, path.lastIndexOf('/'))}`);
  const isPart = whole !== undefined && !paths.operations.has(`get ${path}`) && fieldsOf(whole).has(last);
  return {
    verb,
    kind: (isPart ? names.slice(0, -1) : names).join('.'),
    ...(first ? { key: first.name } : {}),
    ...(isPart ? { part: last } : {}),
  };
}

function ownerOf({ kind, name }: { kind: string; name: string }): Pick<Action, 'owner'> {
  return { owner: { kind, parameter: name } };
}

/** A collection has items with a path of their own, or can be added to, or its response is a list and nothing sets it. */
function isCollection(path: string, { operations, collections }: Paths): boolean {
  if (collections.has(path)) return true;
  const [get, post] = [operations.get(`get ${path}`), operations.get(`post ${path}`)];
  if (get && post) return true;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return get !== undefined && !operations.has(`put ${path}`) && (isList(get) || listIn(get, last) !== undefined);
}

function schemaOf(operation: Operation): Schema | undefined {
  return successOf(operation)?.media[0]?.schema;
}

function isList(operation: Operation): boolean {
  const schema = schemaOf(operation);
  return schema !== undefined && resolve(operation.document, schema).type === 'array';
}

function fieldsOf(operation: Operation) {
  const schema = schemaOf(operation);
  return schema ? propertiesOf(operation.document, schema) : new Map<string, never>();
}

/** The field of a response that is a list: of a page, the only one; otherwise the one that has the name of the collection. */
function listIn(operation: Operation, name: string): string | undefined {
  const fields = fieldsOf(operation);
  const lists = [...fields].filter(([, { schemas }]) =>
    schemas.some((schema) => [resolve(operation.document, schema).type].flat().includes('array')),
  );
  const [only] = fields.has('total') ? lists : lists.filter(([field]) => field === name);
  return only?.[0];
}
