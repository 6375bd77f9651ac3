import type { ChatFact } from '@comm100-openapi/description';
import type { Entity, Store } from '../store.ts';
import type { Template } from './chat-table.ts';
import type { Cast } from './compose.ts';
import type { Worker } from './pace.ts';

/** How many chats an agent can have at a time where nothing says. */
const usualChats = 3;

/** The agents who are active, with their departments. */
export function workersOf(store: Pick<Store, 'list'>): Worker[] {
  return store
    .list('agents')
    .filter(({ isActive }) => isActive !== false)
    .map((agent) => ({
      id: Number(agent.id),
      departments: departmentsOf(agent, store),
      maxChats: Number(agent.maxChatsCount ?? usualChats) || usualChats,
    }));
}

function departmentsOf({ id, departments }: Entity, store: Pick<Store, 'list'>): number[] {
  if (Array.isArray(departments)) return departments.map(Number);
  return store
    .list('departments')
    .filter(({ agents }) => Array.isArray(agents) && agents.includes(id as number))
    .map((department) => Number(department.id));
}

/** The names of what the content of chats is made of, as a store has them. */
export function castOf(store: Pick<Store, 'get' | 'list'>, field: Cast['field'] = () => undefined): Cast {
  const text = (entity: Entity | undefined, name: string) => {
    const value = entity?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    agent: (id) => {
      const agent = store.get('agents', String(id));
      return agent && { name: text(agent, 'displayName') ?? '', email: text(agent, 'email') ?? '' };
    },
    department: (id) => text(store.get('departments', String(id)), 'name'),
    visitor: (id) => store.get('visitors', id),
    field,
    group: () => undefined,
    customVariables: store.list('customVariables').map((variable) => ({
      id: Number(variable.id),
      name: text(variable, 'name') ?? '',
      type: text(variable, 'type') ?? '',
    })),
  };
}

/** What made-up chats have in common: as much of real ones as there are, otherwise the least that a chat has. */
export function templatesOf(
  chats: readonly ChatFact[],
  store: Pick<Store, 'list'>,
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
