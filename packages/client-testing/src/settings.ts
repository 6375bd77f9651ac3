/** The settings that there are, each with the `typeof` of its values. */
export type Known = Readonly<Record<string, 'boolean' | 'function' | 'number' | 'object' | 'string'>>;

/**
 * Checks settings. In a program without types, a misspelt one would have no effect.
 *
 * @returns The same.
 * @throws {RangeError} for one that does not exist, and for a value of another type.
 */
export function checkSettings<Settings extends object>(given: Settings, known: Known): Settings {
  if (!given) throw new RangeError(`The settings are ${given}. Give an object, or nothing.`);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!type) throw new RangeError(`There is no setting '${name}'. ${suggestion(name, Object.keys(known))}`);
    if (value === null || typeof value !== type) throw new RangeError(`The setting '${name}' is not a ${type}.`);
  }
  return given;
}

/** The known name that is a letter or two away, or all of them. */
function suggestion(name: string, known: readonly string[]): string {
  const near = known.find((other) => distance(name.toLowerCase(), other.toLowerCase()) <= 2);
  return near ? `Did you mean '${near}'?` : `There are: ${known.join(', ')}.`;
}

/** How many letters must be added, removed or changed to get from one text to another: the distance of Levenshtein. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (const [index, wanted] of [...other].entries()) {
      const [diagonal = 0, over = 0] = row.slice(index, index + 2);
      next.push(Math.min(diagonal + Number(letter !== wanted), over + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
