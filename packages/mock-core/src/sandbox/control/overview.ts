import { entityOf, idsIn } from '../entities.ts';
import { orderOf } from '../order.ts';
import type { Entity, Store } from '../store.ts';
import type { World } from '../world.ts';

/** The company in short, as it is now. */
export interface Overview {
  readonly departments: readonly { readonly id: number; readonly name: string; readonly agents: readonly AgentNow[] }[];
  /** Agents that are in no department. */
  readonly others: readonly AgentNow[];
  readonly chats: ChatsOfDay;
}

export interface AgentNow {
  readonly id: number;
  readonly name: string;
  /** As version 2.0 has it, such as `online`. */
  readonly status: string;
  readonly ongoingChats: number;
}

/** The chats that began on the day of the clock. */
export interface ChatsOfDay {
  /** `yyyy-MM-dd` */
  readonly day: string;
  readonly total: number;
  /** By the hour in which they began, 24 numbers. */
  readonly byHour: readonly number[];
}

/** The company of a world in short. */
export function overviewOf(world: World): Overview {
  const { store, clock } = world;
  const all = (kind: string) => [...store.keys(kind)].map((key) => entityOf(world, kind, key) ?? {});
  const agents = new Map(all('agents').map((agent) => [Number(agent.id), agentNow(agent)]));
  const departments = all('departments').map(({ id, name, agents: members }) => ({
    id: Number(id),
    name: String(name),
    agents: idsIn(members).flatMap((each) => agents.get(each) ?? []),
  }));
  const placed = new Set(departments.flatMap((department) => department.agents));
  const others = [...agents.values()].filter((agent) => !placed.has(agent));
  return { departments, others, chats: chatsOf(store, clock.now()) };
}

function agentNow({ id, displayName, email, status, ongoingChats }: Entity): AgentNow {
  return {
    id: Number(id),
    name: String(displayName || email || id),
    status: typeof status === 'string' ? status : 'offline',
    ongoingChats: typeof ongoingChats === 'number' ? ongoingChats : 0,
  };
}

const millisecondsOfHour = 3_600_000;

/** @param time Of the clock. */
function chatsOf(store: Store, time: number): ChatsOfDay {
  const day = new Date(time).toISOString().slice(0, 10);
  const order = orderOf(store, 'chats', 'requestTime');
  const byHour = Array.from({ length: 24 }, (_, hour) => {
    const from = Date.parse(day) + hour * millisecondsOfHour;
    return order.between(from, from + millisecondsOfHour).length;
  });
  return { day, byHour, total: byHour.reduce((sum, each) => sum + each, 0) };
}
