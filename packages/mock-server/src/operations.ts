import { type Document, type Example, type Operation, operationsOf } from '@comm100-openapi/description';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { IHttpOperation } from '@stoplight/types';

/** An operation that the mock serves. */
export interface ServedOperation extends Operation {
  /** The same operation as Prism reads it. */
  readonly prism: IHttpOperation;
}

/** The operations of a document, without its webhooks. Rejects with an `Error` that names what is wrong with it. */
export async function servedOperations(document: Document): Promise<ServedOperation[]> {
  const operations = operationsOf(document).filter(({ isWebhook }) => !isWebhook);
  const byAddress = new Map(
    (await getHttpOperationsFromSpec(document)).map((prism) => [`${prism.method} ${prism.path}`, prism]),
  );
  return operations.flatMap((operation) => {
    const prism = byAddress.get(`${operation.method} ${operation.path}`);
    return prism ? [{ ...operation, prism }] : [];
  });
}

/** The examples of the response with this status; `undefined` where there is no such response. */
export function examplesFor({ responses }: Operation, status: number): readonly Example[] | undefined {
  return responses.find((response) => response.status === String(status))?.media.flatMap(({ examples }) => examples);
}
