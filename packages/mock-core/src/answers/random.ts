/** Numbers that look random and depend on nothing but a seed. */
export interface Random {
  /** A whole number from 0, and less than `limit`. */
  below(limit: number): number;
  /** @throws {Error} where the list is empty. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Numbers from text: the generator mulberry32, seeded with the hash FNV-1a. */
export function randomFrom(text: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}
