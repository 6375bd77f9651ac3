import {
  type Document,
  evidenceOf,
  nameOf,
  type Operation,
  openValuesOf,
  operationsOf,
  resolve,
  type Schema,
} from '@comm100-openapi/description';
import { comment } from './methods.ts';
import { evidenceText } from './types.ts';

interface Webhook {
  readonly operation: Operation;
  /** The name of the schema of what it sends. */
  readonly type: string;
  readonly schema: Schema;
}

/**
 * What the webhooks of a document send, as TypeScript: a table by which client-core tells them apart, and the types of the
 * payloads; undefined where the document has no webhooks.
 *
 * @throws {Error} where they cannot be told apart by one field.
 */
export function webhooksOf(document: Document): string | undefined {
  const webhooks = operationsOf(document)
    .filter(({ isWebhook }) => isWebhook)
    .map((operation): Webhook => {
      const reference = operation.body?.media[0]?.schema?.$ref;
      if (!reference) throw new Error(`${operation.id}: what a webhook sends must be a schema with a name.`);
      return { operation, type: nameOf(reference), schema: resolve<Schema>(document, { $ref: reference }) };
    });
  if (webhooks.length === 0) return undefined;
  const namedBy = namingField(webhooks);
  const shapes = webhooks.map(({ operation, schema }) => [
    operation.path,
    { names: namesIn(schema, namedBy), fields: fieldsOf(document, schema) },
  ]);
  const payloads = webhooks.map(({ operation, type }) => {
    const { summary, description, node } = operation;
    return `${comment([summary, description, evidenceText(evidenceOf(node))], '  ')}\n  ${operation.path}: ${type};`;
  });
  const types = [...new Set(webhooks.map(({ type }) => type))].sort();
  return [
    `import type { ${types.join(', ')} } from './schema.gen.ts';\n`,
    `export const webhooks = ${JSON.stringify({ namedBy, shapes: Object.fromEntries(shapes) }, null, 2)} as const;\n`,
    `/** What webhooks send, by their event. */\nexport interface WebhookPayloads {\n${payloads.join('\n\n')}\n}\n`,
  ].join('\n');
}

/** The required field whose known values are those of one webhook alone. */
function namingField(webhooks: readonly Webhook[]): string {
  const [first, ...others] = webhooks.map(({ schema }) => schema.required ?? []);
  const shared = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  const naming = shared.filter((name) => webhooks.every(({ schema }) => namesIn(schema, name).length > 0));
  const [name] = naming;
  if (naming.length !== 1 || name === undefined)
    throw new Error(`Webhooks need one required field that names the event; they have ${naming.length}.`);
  const all = webhooks.flatMap(({ schema }) => namesIn(schema, name));
  const repeated = all.find((value, index) => all.indexOf(value) !== index);
  if (repeated !== undefined) throw new Error(`Two webhooks have the ${name} '${repeated}'.`);
  return name;
}

const namesIn = (schema: Schema, field: string): string[] =>
  (openValuesOf(schema.properties?.[field] ?? {}) ?? []).map((value) => String(value).toLowerCase());

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
};

/** The kinds of the required fields, but of those that can be of several. */
function fieldsOf(document: Document, schema: Schema): Record<string, string> {
  const fields = (schema.required ?? []).flatMap((name) => {
    const { type } = resolve<Schema>(document, schema.properties?.[name] ?? {});
    const kind = typeof type === 'string' && kinds[type];
    return kind ? [[name, kind]] : [];
  });
  return Object.fromEntries(fields);
}
