/** Choices that follow from a seed. */
export interface Random {
  /** A whole number from 0, and less than `limit`. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Whether something happens that happens once in `times`. */
  once(times: number): boolean;
}

/** The generator mulberry32. Numbers with the same seed and index are the same. */
export function randomOf(seed: number, index: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    once: (times) => below(times) === 0,
  };
}
