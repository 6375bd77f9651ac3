import { InvalidValueError } from './errors.ts';
import type { SendList } from './paging.ts';
import { checkCallSettings } from './settings.ts';
import type { CallSettings } from './types.ts';

/**
 * The operations of an API by group, a line each: `name method path`. `method+` takes an input, which is the query of a
 * GET and the body of anything else. A list in pages has a fourth word, the field of a page with the items.
 */
export type MethodTable = Readonly<Record<string, string>>;

type Method = (...values: unknown[]) => unknown;

/**
 * Builds the methods of a client: `client.departments.update(1, { name: 'Support' }, { timeout: 5000 })`. The values of
 * the path come first, then the input where the operation has one, then the settings of the call.
 *
 * The methods throw an {@link InvalidValueError} for an argument that has no place, and a `ConfigurationError` for settings
 * that do not exist: in a program without types, they would have no effect.
 */
export function createMethods<Methods>(table: MethodTable, calls: object, list: SendList): Methods {
  const send = calls as Record<string, (path: string, options: object) => unknown>;
  const methodOf = (verb: string, path: string, items: string | undefined): Method => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const method = verb.replace('+', '');
    return (...values) => {
      const rest = values.slice(names.length);
      const kind = verb === method ? undefined : method === 'get' ? 'query' : 'body';
      const accepted = [...names, ...(kind ? [kind] : []), 'options'];
      // Where the types are not checked, an input that has no place would have no effect.
      if (values.length > accepted.length || rest.some((value) => !/object|undefined/.test(typeof value)))
        throw new InvalidValueError(
          `${method.toUpperCase()} ${path} takes (${accepted.join(', ')}). Query, body and options are objects.`,
        );
      const input = kind && { [kind]: rest.shift() };
      const settings = rest[0] as CallSettings | undefined;
      checkCallSettings(settings);
      const options = {
        ...settings,
        path: Object.fromEntries(names.map((name, index) => [name, values[index]])),
        ...input,
      };
      return items ? list(path, options, items) : send[method]?.(path, options);
    };
  };
  return Object.fromEntries(
    Object.entries(table).map(([group, lines]) => [
      group,
      Object.fromEntries(
        lines.split('\n').map((line) => {
          const [name = '', verb = '', path = '', items] = line.split(' ');
          return [name, methodOf(verb, path, items)];
        }),
      ),
    ]),
  ) as Methods;
}
