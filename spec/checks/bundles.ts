import { type Document, type Example, type Operation, operationsOf } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';

/** A description in its strict form: one document, whose references all point into itself. */
export interface Bundle {
  readonly version: string;
  readonly document: Document;
  readonly operations: readonly Operation[];
}

export const bundles: Bundle[] = ['v1', 'v2'].map((version) => {
  const document = readDocument(new URL(`../dist/strict/comm100-${version}.json`, import.meta.url));
  return { version, document, operations: operationsOf(document) };
});

/** An operation as a message calls it: `GET /api/v2/livechat/departments`. */
export function nameOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

/** A request body, or a response with a body, in one media type. */
export interface Body {
  /** `request body` or `response 200` */
  readonly of: string;
  readonly examples: readonly Example[];
}

export function bodiesOf({ body, responses }: Operation): Body[] {
  const all = responses.map(({ status, media }) => ({ of: `response ${status}`, media }));
  return [{ of: 'request body', media: body?.media ?? [] }, ...all].flatMap(({ of, media }) =>
    media.map(({ examples }) => ({ of, examples })),
  );
}
