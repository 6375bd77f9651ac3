import { ConfigurationError } from './errors.ts';
import type { CallSettings } from './types.ts';

/** The options that there are, each with the `typeof` of its values. */
type Known = Readonly<Record<string, string>>;

const limits = { retries: 'number', timeout: 'number', deadline: 'number' };
const ofClient: Known = {
  domain: 'string',
  baseUrl: 'string',
  auth: 'object',
  ...limits,
  retryBudget: 'number',
  fetch: 'function',
  hooks: 'object',
  dangerouslyAllowBrowser: 'boolean',
};
const ofHooks: Known = { request: 'function', response: 'function', retry: 'function' };
const ofCall: Known = { ...limits, signal: 'object', headers: 'object' };

/**
 * Checks the options that a client is given. In a program without types, a misspelt one would have no effect.
 *
 * @throws {ConfigurationError} for one that does not exist, or is of another type. It shows no value.
 */
export function checkOptions(options: { auth?: unknown; hooks?: unknown }): void {
  // `checkAuth` names the credentials where there are none.
  if (!options?.auth) return;
  check('a client', options, ofClient);
  check('hooks', options.hooks, ofHooks);
}

/** Checks the settings of a call in the same way. @throws {ConfigurationError} */
export function checkCallSettings(settings: CallSettings | undefined): void {
  check('a call', settings, ofCall);
  const { signal, headers } = settings ?? {};
  if (signal && !signal.addEventListener)
    throw new ConfigurationError(
      "The option 'signal' is not an AbortSignal, such as the signal of an AbortController.",
    );
  // What a Headers or a Map has are not its properties, and would be left out.
  if (headers && Symbol.iterator in headers)
    throw new ConfigurationError("The option 'headers' is not a plain object, such as Object.fromEntries(headers).");
}

function check(owner: string, options: unknown, known: Known): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (value === undefined) continue;
    if (!Object.hasOwn(known, name))
      throw new ConfigurationError(
        `The option '${name}' does not exist. Those of ${owner} are ${Object.keys(known).join(', ')}.`,
      );
    const type = known[name];
    if (value === null || typeof value !== type)
      throw new ConfigurationError(`The option '${name}' is not of the type ${type}.`);
  }
}
