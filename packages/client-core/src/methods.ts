import type { SendList } from './paging.ts';
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
 */
export function createMethods<Methods>(table: MethodTable, calls: object, list: SendList): Methods {
  const send = calls as Record<string, (path: string, options: object) => unknown>;
  const methodOf = (verb: string, path: string, items: string | undefined): Method => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const method = verb.replace('+', '');
    return (...values) => {
      const rest = values.slice(names.length);
      const input = verb === method ? undefined : { [method === 'get' ? 'query' : 'body']: rest.shift() };
      const options = {
        ...(rest[0] as CallSettings | undefined),
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
