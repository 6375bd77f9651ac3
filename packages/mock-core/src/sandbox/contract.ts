import {
  activeAgents,
  type Company,
  type Document,
  flatten,
  type Json,
  type MigrationMap,
  permissionFlagsOf,
  propertiesOf,
  successOf,
} from '@comm100-openapi/description';
import type { ServedOperation } from '../operation-table.ts';
import { type Action, type Actions, actionsOf, operationName, operationsIn } from './actions.ts';
import { isRecord, merge } from './merge.ts';
import { neutralSettings } from './neutral.ts';
import { permissionsOf } from './permissions.ts';
import { type Projection, Projector, type ReadFields } from './project.ts';
import type { Call, Resource } from './resource.ts';
import { resources } from './resources/index.ts';
import { fieldsOf, harvest } from './seed.ts';
import type { Entity, Seed } from './store.ts';
import type { World } from './world.ts';

type Handler = (call: Call) => Json | undefined;

interface Doing {
  readonly action: Action | undefined;
  readonly handler: Handler | undefined;
}

/** What the sandbox knows of the descriptions: what each operation does, what it begins with, how entities are shown. */
export class Contract {
  readonly actions: Actions;
  readonly seed: Seed;
  readonly company: Company;
  /** The flag of the permission maps that grants each permission. */
  readonly permissions: Readonly<Record<string, string>>;
  /** A permission map, for its flags. */
  readonly permissionMap: Entity;
  readonly #defaults: ReadonlyMap<string, Entity>;
  /** How version 2.0 shows an entity of a kind. */
  readonly #whole: ReadonlyMap<string, Projection>;
  readonly #neutral: ReadonlyMap<string, Entity>;
  readonly #doings = new WeakMap<ServedOperation, Doing>();
  readonly #requestDefaults = new WeakMap<ServedOperation, ReadFields>();
  readonly #listShapes = new WeakMap<ServedOperation, { entry: Projection; fields: ReadonlySet<string> }>();
  readonly #projectors: ReadonlyMap<Document, Projector>;

  constructor(documents: readonly Document[], company: Company, migration: MigrationMap | undefined) {
    this.company = company;
    this.actions = actionsOf(documents, migration);
    this.permissions = Object.assign({}, ...documents.map(({ info }) => permissionFlagsOf(info)));
    const { seed, defaults } = harvest(documents, this.actions, migration, company);
    const maps = new Map(seed.get('agents.permissions'));
    this.permissionMap = [...maps.values()][0] ?? {};
    for (const agent of activeAgents(company)) {
      const key = String(agent.id);
      if (!maps.has(key)) maps.set(key, permissionsOf(agent, this.permissions, this.permissionMap));
    }
    this.seed = new Map([...seed, ['agents.permissions', maps], ...fieldsOf(seed, company)]);
    this.#neutral = new Map(neutralSettings(documents, this.actions, seed));
    this.#defaults = defaults;
    const overrides = Object.assign({}, ...Object.values(resources).map(({ v1 = {} }) => v1));
    this.#projectors = new Map(
      documents.map((document) => {
        const is1 = document.info.version.startsWith('1');
        return [document, is1 ? new Projector(document, migration, overrides) : new Projector(document)] as const;
      }),
    );
    this.#whole = new Map(documents.flatMap((document) => this.#projections(document)));
  }

  #projections(document: Document): [string, Projection][] {
    const projector = this.#projectors.get(document);
    if (!projector || document.info.version.startsWith('1')) return [];
    return operationsIn(document).flatMap((operation): [string, Projection][] => {
      const action = this.actions.get(operationName(document, operation.id));
      const schema = successOf(operation)?.media[0]?.schema;
      return action?.verb === 'create' && schema ? [[action.kind, projector.of(schema)]] : [];
    });
  }

  actionOf(operation: ServedOperation): Action | undefined {
    return this.#doing(operation).action;
  }

  resource(kind: string): Resource {
    return resources[kind] ?? {};
  }

  projector({ document }: ServedOperation): Projector {
    const projector = this.#projectors.get(document);
    if (!projector) throw new Error('The document is not one of the sandbox.');
    return projector;
  }

  /** An entity with all fields that version 2.0 shows of its kind, so that both versions show the same of it. */
  complete(kind: string, entity: Entity, world: World): Record<string, Json> {
    const whole = this.#whole.get(kind);
    const shown = whole?.(entity as Json, world);
    return isRecord(shown) ? merge(shown, entity) : { ...entity };
  }

  /** What a new entity has that its request leaves out. */
  defaults(kind: string): Readonly<Record<string, Json>> {
    return this.#defaults.get(kind) ?? {};
  }

  /**
   * Settings where nobody has set any, of a new campaign: those of the first one without what is its own, texts, lists and
   * ids. The fields of forms that the service has by itself stay. The documents do not say what they are.
   */
  neutral(kind: string): Entity {
    return this.#neutral.get(kind) ?? {};
  }

  /** What the schema of a request has as `default`, with the names of the store. */
  requestDefaults(operation: ServedOperation): ReadFields {
    return memo(this.#requestDefaults, operation, () => {
      const { document, described } = operation;
      const schema = described.body?.media[0]?.schema;
      if (!schema) return { fields: {}, v1: {} };
      const usual = [...propertiesOf(document, schema)].flatMap(([name, { schemas }]): [string, Json][] => {
        const [property = {}] = schemas;
        const { default: value } = flatten(document, property);
        return value === undefined ? [] : [[name, value]];
      });
      return this.projector(operation).read(schema, Object.fromEntries(usual));
    });
  }

  /** What an operation does that is not one of the usual actions. */
  handlerOf(operation: ServedOperation): Handler | undefined {
    return this.#doing(operation).handler;
  }

  #doing(operation: ServedOperation): Doing {
    return memo(this.#doings, operation, () => {
      const name = operationName(operation.document, operation.id);
      return { action: this.actions.get(name), handler: handlers.get(name) };
    });
  }

  /** How the entries of a response are shown, and which fields are around them. */
  listShape(operation: ServedOperation, list: string | undefined): { entry: Projection; fields: ReadonlySet<string> } {
    return memo(this.#listShapes, operation, () => {
      const { document, success } = operation;
      const fields = propertiesOf(document, success.schema ?? {});
      const found = list ? fields.get(list)?.schemas[0] : success.schema;
      const { items = {} } = flatten(document, found ?? {});
      return { entry: this.projector(operation).of(items), fields: new Set(fields.keys()) };
    });
  }
}

function memo<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

const handlers = new Map(Object.values(resources).flatMap(({ operations = {} }) => Object.entries(operations)));
