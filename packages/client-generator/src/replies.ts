import type { Operation } from '@comm100-openapi/description';
import { methodNameOf } from './names.ts';

/** The operations of one version, for what a test has them respond with. */
export interface Version {
  /** The names of what is written end in it: `V2`. */
  readonly suffix: string;
  readonly operations: readonly Operation[];
}

/**
 * What a test can have each operation respond with, as TypeScript: for each version an interface by the name of the
 * method, with the operationId and the names of all examples of its responses, and a table of the operationIds.
 *
 * @throws {Error} where an example of an operation has the name of another one with another status.
 */
export function repliesOf({ suffix, operations }: Version): string {
  const named = operations.map((operation) => {
    const { group, method } = methodNameOf(operation);
    return { name: quote(`${group}.${method}`), id: quote(operation.id), replies: exampleNames(operation) };
  });
  const types = named.map(
    ({ name, id, replies }) => `  ${name}: { id: ${id}; reply: ${replies.map(quote).join(' | ')} };`,
  );
  return [
    `/** What the operations can respond with, by the name of the method. */`,
    `export interface Operations${suffix} {`,
    ...types,
    '}\n',
    `/** The operationIds by the name of the method. */`,
    `export const ids${suffix}: { readonly [Name in keyof Operations${suffix}]: Operations${suffix}[Name]['id'] } = {`,
    ...named.map(({ name, id }) => `  ${name}: ${id},`),
    '};\n',
  ].join('\n');
}

/** The names of the examples of all responses, in the order of the description. */
function exampleNames({ id, responses }: Operation): string[] {
  const statuses = new Map<string, string>();
  for (const { status, media } of responses) {
    for (const { name } of media.flatMap(({ examples }) => examples)) {
      const other = statuses.get(name);
      if (other !== undefined && other !== status)
        throw new Error(`${id} has an example '${name}' for ${other} and for ${status}; give one another name.`);
      statuses.set(name, status);
    }
  }
  return [...statuses.keys()];
}

const quote = (text: string) => `'${text}'`;
