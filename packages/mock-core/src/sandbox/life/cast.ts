import type { ChatFact, Json } from '@comm100-openapi/description';
import type { Entity, Seed, Store } from '../store.ts';
import type { Template } from './chat-table.ts';
import type { Cast } from './compose.ts';
import type { Worker } from './pace.ts';

/** How many chats an agent can have at a time where nothing says. */
const usualChats = 3;

/** The agents who are active, with their departments. */
export function workersOf(store: Pick<Readable, 'list'>): Worker[] {
  return store
    .list('agents')
    .filter(({ isActive }) => isActive !== false)
    .map((agent) => ({
      id: Number(agent.id),
      departments: departmentsOf(agent, store),
      maxChats: Number(agent.maxChatsCount ?? usualChats) || usualChats,
    }));
}

function departmentsOf({ id, departments }: Entity, store: Pick<Readable, 'list'>): number[] {
  if (Array.isArray(departments)) return departments.map(Number);
  return store
    .list('departments')
    .filter(({ agents }) => Array.isArray(agents) && agents.includes(id as number))
    .map((department) => Number(department.id));
}

/** The settings that have the fields of forms. */
const forms = ['campaigns.preChat', 'campaigns.postChat', 'campaigns.offlineMessage', 'campaigns.agentWrapup'];

/** What can be read of a company: a store, or a seed. */
export type Readable = Pick<Store, 'get' | 'list'>;

/** A seed, as a store is read. */
export function readable(seed: Seed): Readable {
  const get = (kind: string, key: string) => seed.get(kind)?.get(key);
  const list = (kind: string) =>
    [...(seed.get(kind)?.keys() ?? [])].map((key) => get(kind, key)).filter((entity) => entity !== undefined);
  return { get, list };
}

/** The names of what the content of chats is made of. They are read when they are first needed. */
export function castOf(company: Readable): Cast {
  const text = (entity: Entity | undefined, name: string) => {
    const value = entity?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  let fields: ReadonlyMap<number, Field> | undefined;
  const fieldOf = (id: number) => {
    fields ??= new Map(forms.flatMap((kind) => company.list(kind).flatMap(fieldsIn)).map((field) => [field.id, field]));
    return fields.get(id);
  };
  let customVariables: Cast['customVariables'] | undefined;
  return {
    agent: (id) => {
      const agent = company.get('agents', String(id));
      return agent && { name: text(agent, 'displayName') ?? '', email: text(agent, 'email') ?? '' };
    },
    department: (id) => text(company.get('departments', String(id)), 'name'),
    visitor: (id) => company.get('visitors', id),
    field: (id) => fieldOf(id)?.name,
    isCategory: (id) => fieldOf(id)?.type === 'category',
    group: (category) => {
      for (const { categories } of fields?.values() ?? []) {
        const group = categories?.find(({ options }) => options.includes(category));
        if (group) return group.name;
      }
      return undefined;
    },
    get customVariables() {
      customVariables ??= company.list('customVariables').map((variable) => ({
        id: Number(variable.id),
        name: text(variable, 'name') ?? '',
        type: text(variable, 'type') ?? '',
      }));
      return customVariables;
    },
  };
}

/** A field of a form. */
interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly categories?: readonly { readonly name: string; readonly options: readonly string[] }[];
}

/** The fields that settings have, at any depth. */
function fieldsIn(value: Json | Entity): Field[] {
  if (typeof value !== 'object' || value === null) return [];
  const isField = 'isSystem' in value && 'id' in value && 'name' in value;
  return isField ? [value as unknown as Field] : Object.values(value).flatMap(fieldsIn);
}

/** What made-up chats have in common: as much of real ones as there are, otherwise the least that a chat has. */
export function templatesOf(
  chats: readonly ChatFact[],
  store: Pick<Readable, 'list'>,
): (Template & { department?: number })[] {
  const known = chats.filter(({ outcome }) => outcome === 'chat').slice(-200);
  if (known.length > 0) return known.map(templateOf);
  const departments = store.list('departments').map(({ id }) => Number(id));
  return store.list('campaigns').flatMap(({ id }) =>
    departments.map((department) => ({
      campaign: Number(id),
      page: 'https://www.example.com/',
      source: 'visitor' as const,
      department,
    })),
  );
}

function templateOf(chat: ChatFact): Template & { department?: number } {
  const { campaign, page, source, department, visitorSegment, cannedMessages, rating, prechat, postchat, wrapup } =
    chat;
  return {
    campaign,
    page,
    source,
    ...(department !== undefined && { department }),
    ...(visitorSegment !== undefined && { visitorSegment }),
    ...(cannedMessages && { cannedMessages }),
    ...(rating !== undefined && { rating }),
    ...(prechat && { prechat }),
    ...(postchat && { postchat }),
    ...(wrapup && { wrapup }),
  };
}
