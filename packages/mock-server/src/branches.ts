import { partsOf, resolve, type Schema } from '@comm100-openapi/description';
import type { IHttpOperation } from '@stoplight/types';
import { ServiceError } from './exchange.ts';
import type { ServedOperation } from './operations.ts';

/**
 * Prism's operation, narrowed to the branch of a union that the body has chosen by a field with a fixed value, such as
 * `type: ip`. Without it, an error would name the faults of every branch at once.
 *
 * @throws {ServiceError} where the field is missing or chooses no branch.
 */
export function narrowed({ body: described, document, prism }: ServedOperation, body: unknown): IHttpOperation {
  const schema = resolve<Schema>(document, described?.media[0]?.schema ?? {});
  const keyword = schema.oneOf ? 'oneOf' : 'anyOf';
  const branches = (schema[keyword] ?? []).map(
    (branch) =>
      new Map(
        partsOf(document, branch)
          .flatMap(({ properties = {} }) => Object.entries(properties))
          .map(([name, property]) => [name, resolve<Schema>(document, property).const] as const)
          .filter(([, value]) => value !== undefined),
      ),
  );
  const chooser = [...(branches[0]?.keys() ?? [])].find((name) => branches.every((branch) => branch.has(name)));
  if (!chooser || typeof body !== 'object' || body === null) return prism;

  const value = (body as Record<string, unknown>)[chooser];
  const chosen = branches.findIndex((branch) => branch.get(chooser) === value);
  if (chosen < 0) {
    // An update may leave the choice out; then each branch is as good as any other.
    if (value === undefined) return prism;
    const values = branches.map((branch) => branch.get(chooser)).join(', ');
    throw new ServiceError(400, `Parameter '${chooser}' must be one of ${values}.`);
  }
  const request = prism.request;
  const contents = request?.body?.contents?.map((content) => {
    const branch = (content.schema?.[keyword] as (typeof content.schema)[] | undefined)?.[chosen];
    return branch ? { ...content, schema: branch } : content;
  });
  return { ...prism, request: { ...request, body: { ...request?.body, contents } } } as IHttpOperation;
}
