import {
  type Document,
  operationsOf,
  propertiesOf,
  resolve,
  type Schema,
  successOf,
} from '@comm100-openapi/description';
import { type Actions, operationName } from '../actions.ts';

/** What a file of a company has of each kind of entity. */
export interface KindSchema {
  readonly kind: string;
  /** The fields of an item, by name: those of version 2.0, and what only the file has. */
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** The kind of the entity that an item belongs to, such as `campaigns`. */
  readonly owner?: string;
  /** Whether its ids are GUIDs; otherwise they are numbers. */
  readonly hasGuids: boolean;
}

const id: Schema = { type: 'integer', minimum: 1, maximum: 999_999_999 };
const text: Schema = { type: 'string', maxLength: 10_000 };
const time: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?$',
  description: 'A time in UTC, such as 2025-03-07T09:12:45.',
};
const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** What a file has beside the fields of version 2.0, by kind. */
const extras: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  agents: {
    password: described(text, 'The password, to get a token. Made up where it is absent: demo-password-1 for agent 1.'),
    apiKey: {
      type: 'string',
      pattern: '^[0-9a-f]{32}$',
      description: 'The API key: 32 hexadecimal digits. Where it is absent it is the id with zeros in front.',
    },
    permissions: {
      anyOf: [
        { type: 'string', const: 'all' },
        { type: 'array', items: { type: 'string' }, maxItems: 100 },
      ],
      description: 'The names of the permissions that the agent has, or all. An administrator has all.',
    },
    departments: { type: 'array', items: id, maxItems: 1000, description: 'The ids of the departments of the agent.' },
    isLocked: { type: 'boolean', description: 'Whether the agent cannot log in.' },
  },
  groups: {
    agents: { type: 'array', items: id, maxItems: 1000, description: 'The ids of the agents of the group.' },
  },
  chats: {
    visitor: described(text, 'The id, the name or the email of the visitor.'),
    agent: described(id, 'The id of the agent. Absent for a chat that was missed or refused.'),
    department: {
      anyOf: [id, text],
      description: 'The id or the name of the department.',
    },
    campaign: described(id, 'The id of the campaign. The first one where it is absent.'),
    start: described(time, 'When the visitor asked for the chat, in UTC.'),
    end: described(time, 'When the chat ended, in UTC.'),
    waited: { type: 'number', minimum: 0, maximum: 86_400, description: 'How long the visitor waited, in seconds.' },
    rating: { type: 'integer', minimum: 1, maximum: 5, description: 'The rating of the visitor.' },
    missed: { type: 'boolean', description: 'Whether nobody answered.' },
    refused: { type: 'boolean', description: 'Whether an agent refused it.' },
    messages: {
      type: 'array',
      maxItems: 500,
      description: 'What was said, at even intervals. Made up where it is absent.',
      items: {
        type: 'object',
        required: ['from', 'text'],
        additionalProperties: false,
        properties: {
          from: {
            type: 'string',
            enum: ['visitor', 'agent', 'note'],
            description: 'Who wrote it; agents write notes for each other.',
          },
          text,
        },
      },
    },
  },
  offlineMessages: {
    visitor: described(text, 'The id, the name or the email of the visitor.'),
    department: { anyOf: [id, text], description: 'The id or the name of the department.' },
    campaign: described(id, 'The id of the campaign. The first one where it is absent.'),
    subject: text,
  },
};

/** What an item cannot be without. */
const required: Readonly<Record<string, readonly string[]>> = {
  agents: ['email'],
  departments: ['name'],
  campaigns: ['name'],
  visitors: ['name'],
  webhooks: ['event', 'targetUrl'],
  offlineMessages: ['time', 'content'],
};

/** What follows from the rest of a company, or has another form in a file. */
const derived: Readonly<Record<string, readonly string[]>> = {
  agents: ['groups', 'ongoingChats'],
};

/** Lists that a file does not have: missed and refused chats are chats in it, and the others are of the demo company only. */
const unlisted: readonly string[] = ['missedAndRefusedChats', 'agentChats', 'auditLogs', 'chatting'];

/** The kinds of entities that a company has, with the fields of version 2.0. */
export function kindsOf(document: Document, actions: Actions): KindSchema[] {
  const found = new Map<string, { properties: Map<string, Schema>; owner?: string }>();
  for (const operation of operationsOf(document)) {
    const action = actions.get(operationName(document, operation.id));
    if (!action || !['list', 'get', 'create', 'update'].includes(action.verb)) continue;
    const { kind, owner } = action;
    if (unlisted.includes(kind)) continue;
    const schema =
      action.verb === 'update' || action.verb === 'create'
        ? operation.body?.media[0]?.schema
        : entitySchema(operation, action);
    const known = found.get(kind) ?? { properties: new Map() };
    found.set(kind, { ...known, ...(owner && { owner: owner.kind }) });
    for (const [name, { schemas }] of schema ? propertiesOf(document, schema) : []) {
      const [property] = schemas;
      // Responses come first: they have more of what an entity is.
      if (property && (!known.properties.has(name) || action.verb === 'get')) known.properties.set(name, property);
    }
  }
  return [...found].map(([kind, { properties, owner }]) => {
    for (const name of derived[kind] ?? []) properties.delete(name);
    const guid = properties.get('id');
    return {
      kind,
      properties: {
        ...Object.fromEntries(properties),
        ...extras[kind],
        ...(owner && { campaign: described(id, 'The id of the campaign that it belongs to.') }),
        v1: { type: 'object', description: 'Fields that only version 1.0 has.' },
      },
      required: [...(required[kind] ?? []), ...(owner ? ['campaign'] : [])],
      hasGuids: guid !== undefined && resolve<Schema>(document, guid).format === 'uuid',
      ...(owner && { owner }),
    };
  });
}

function entitySchema(
  operation: Parameters<typeof successOf>[0],
  { verb, list }: { verb: string; list?: string },
): Schema | undefined {
  const schema = successOf(operation)?.media[0]?.schema;
  if (!schema || verb === 'get') return schema;
  const [found] = list ? (propertiesOf(operation.document, schema).get(list)?.schemas ?? []) : [schema];
  return found && resolve<Schema>(operation.document, found).items;
}

/** The most entities of one kind in a file. */
export const mostItems = 20_000;

/**
 * The JSON Schema of a file of a company. It has the schemas that it refers to, under `components`.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function companySchema(document: Document, kinds: readonly KindSchema[]): Schema & { components: object } {
  const lists = kinds.map(({ kind, properties, required: names }): [string, Schema] => [
    kind,
    {
      type: 'array',
      maxItems: mostItems,
      items: { type: 'object', properties, required: [...names], additionalProperties: false },
    },
  ]);
  const properties: Record<string, Schema> = {
    site: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        id: described(id, 'The id of the site. 10001 where it is absent.'),
        name: described(text, 'The name of the company.'),
        edition: described(text, 'The edition of the product. enterprise where it is absent.'),
        website: described(text, 'The address of the website.'),
        today: {
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          description: 'The day on which the clock stands, at two in the afternoon in UTC. Today where it is absent.',
        },
      },
    },
    partner: {
      type: 'object',
      required: ['email', 'password'],
      additionalProperties: false,
      description: 'The partner who can log in to the operations of partners.',
      properties: { email: text, password: text },
    },
    ...Object.fromEntries(lists),
    settings: {
      type: 'object',
      description: 'Settings by kind and id, such as campaigns.chatButton: { 1: … }. Those of the site have the id "".',
      additionalProperties: { type: 'object', additionalProperties: { type: 'object' } },
    },
    facts: {
      type: 'object',
      description: 'What reports count, as an export writes it. Where it is absent, the chats of this file.',
    },
  };
  const body: Schema = { type: 'object', required: ['site', 'agents'], additionalProperties: false, properties };
  return { ...body, components: { schemas: reachable(document, body) } };
}

/** The schemas of a document that a schema refers to, directly or not. */
function reachable(document: Document, from: Schema): Record<string, Schema> {
  const all = document.components?.schemas ?? {};
  const found: Record<string, Schema> = {};
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const [, name] =
        key === '$ref' && typeof inner === 'string' ? (/^#\/components\/schemas\/(.+)$/.exec(inner) ?? []) : [];
      const schema = name === undefined ? undefined : all[name];
      if (name !== undefined && schema && !found[name]) {
        found[name] = schema as Schema;
        visit(schema);
      } else if (name === undefined) visit(inner);
    }
  };
  visit(from);
  return found;
}
