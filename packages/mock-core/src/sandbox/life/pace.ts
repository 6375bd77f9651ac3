import type { Random } from '../../answers/random.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** An agent, as far as it matters who can take a chat. */
export interface Worker {
  readonly id: number;
  readonly departments: readonly number[];
  /** How many chats the agent can have at a time. */
  readonly maxChats: number;
}

/** How busy each hour of a day is, from 0 to 1. In UTC, as all times of the sandbox. */
const busyness = [
  0, 0, 0, 0, 0, 0, 0.02, 0.1, 0.5, 0.9, 1, 0.95, 0.6, 0.8, 0.95, 0.9, 0.7, 0.35, 0.1, 0.05, 0.02, 0, 0, 0,
];

/** How busy the hour of a time is, from 0 to 1; weekends are quieter. */
export function busynessAt(time: number): number {
  const date = new Date(time);
  const isWeekend = date.getUTCDay() % 6 === 0;
  return (busyness[date.getUTCHours()] ?? 0) * (isWeekend ? 0.25 : 1);
}

/** A whole number from `least` to `most`; those near the least are the more likely ones. */
export function skewed(random: Random, least: number, most: number): number {
  const parts = 1_000_000;
  const part = random.below(parts) / parts;
  return least + Math.floor(part * part * (most - least + 1));
}

/** Whether something of this probability, from 0 to 1, happens. */
export function happens(random: Random, probability: number): boolean {
  return random.below(1_000_000) < probability * 1_000_000;
}

/** Who of the workers is of a department; all, where nobody is. */
export function workersOf(workers: readonly Worker[], department: number): readonly Worker[] {
  const own = workers.filter(({ departments }) => departments.includes(department));
  return own.length > 0 ? own : workers;
}
