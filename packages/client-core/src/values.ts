import { InvalidValueError } from './errors.ts';

/** The values that a type lists: of `'a' | 'b' | (string & {})`, which a response has, `'a' | 'b'`. */
type Listed<Value> = Value extends string ? (string extends Value ? never : Value) : never;

/** What a value can be compared with: the values that its type lists, or any text where it lists none. */
type Known<Value> = [Listed<Value>] extends [never] ? string : Listed<Value>;

/**
 * Whether a value is a known one, whatever its case: the service accepts and sends values in more than one. The compiler
 * then knows the value; its case is still that of the service.
 *
 * @example
 * if (sameValue(chat.status, 'Ended')) …
 */
export function sameValue<Value extends string, const Wanted extends Known<NoInfer<Value>>>(
  value: Value | null | undefined,
  wanted: Wanted,
): value is Extract<Value, Wanted> {
  return value?.toLowerCase() === wanted.toLowerCase();
}

/** Whether a value is one of some known ones, whatever its case. The compiler then knows it as one of them. */
export function isOneOf<Value extends string, const Wanted extends Known<NoInfer<Value>>>(
  value: Value | null | undefined,
  wanted: readonly Wanted[],
): value is Extract<Value, Wanted> {
  return knownValue(value, wanted) !== undefined;
}

/**
 * The one of some known values that a value is, in the documented case, whatever its own; undefined for a value that the
 * service has added. For a `switch`.
 */
export function knownValue<Value extends string, const Wanted extends Known<NoInfer<Value>>>(
  value: Value | null | undefined,
  wanted: readonly Wanted[],
): Wanted | undefined {
  return wanted.find((each) => value?.toLowerCase() === each.toLowerCase());
}

/**
 * The boolean of a field that has a boolean or its text: as it is, the text `False` is true for an `if`.
 *
 * @throws {InvalidValueError} for anything but a boolean, `true` and `false`, whatever their case. Nothing is guessed.
 */
export function parseBoolean(value: boolean | string): boolean {
  const text = String(value).toLowerCase();
  if (text !== 'true' && text !== 'false') throw new InvalidValueError(`'${value}' is neither true nor false.`);
  return text === 'true';
}
