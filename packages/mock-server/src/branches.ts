import type { IHttpOperation } from '@stoplight/types';
import type { Description, Operation, Schema } from './description.ts';
import { Refusal } from './exchange.ts';

/**
 * Prism's operation, narrowed to the branch of a union that the body has chosen by a member with a fixed value, such as
 * `type: ip`. Without it, a refusal would complain of every branch at once.
 *
 * @throws {Refusal} where the member is missing or chooses no branch.
 */
export function narrowed({ body: described, description, prism }: Operation, body: unknown): IHttpOperation {
  const schema = described && (description.resolve(described.schema) as Schema);
  const keyword = schema?.oneOf ? 'oneOf' : 'anyOf';
  const branches = (schema?.[keyword] ?? []).map((branch) => fixedValues(description, branch));
  const chooser = [...(branches[0]?.keys() ?? [])].find((name) => branches.every((branch) => branch.has(name)));
  if (!chooser || typeof body !== 'object' || body === null) return prism;

  const value = (body as Record<string, unknown>)[chooser];
  const chosen = branches.findIndex((branch) => branch.get(chooser) === value);
  if (chosen < 0) {
    // An update may leave the choice out; then each branch is as good as any other.
    if (value === undefined) return prism;
    const values = branches.map((branch) => branch.get(chooser)).join(', ');
    throw new Refusal(400, `Parameter '${chooser}' must be one of ${values}.`);
  }
  const request = prism.request;
  const contents = request?.body?.contents?.map((content) => {
    const branch = (content.schema?.[keyword] as (typeof content.schema)[] | undefined)?.[chosen];
    return branch ? { ...content, schema: branch } : content;
  });
  return { ...prism, request: { ...request, body: { ...request?.body, contents } } } as IHttpOperation;
}

/** The members that a schema fixes to one value, with that value. */
function fixedValues(description: Description, schema: Schema): Map<string, unknown> {
  const { allOf = [], properties = {} } = description.resolve(schema) as Schema;
  const own = Object.entries(properties)
    .map(([name, member]) => [name, (description.resolve(member) as Schema).const] as const)
    .filter(([, value]) => value !== undefined);
  return new Map([...allOf.flatMap((part) => [...fixedValues(description, part)]), ...own]);
}
