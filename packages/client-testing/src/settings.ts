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
    if (!type) throw new RangeError(`There is no setting '${name}'. There are: ${Object.keys(known).join(', ')}.`);
    if (value === null || typeof value !== type) throw new RangeError(`The setting '${name}' is not a ${type}.`);
  }
  return given;
}
