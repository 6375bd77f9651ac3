import type { Document, Parameter, Schema } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { typesOf } from '../src/types.ts';

/** The types of a document with these schemas and these query parameters, without indentation. */
async function typesWith(schemas: Record<string, Schema>, parameters: Parameter[] = []): Promise<string> {
  const document: Document = {
    openapi: '3.1.1',
    info: { title: 'Birds', version: '1.0' },
    servers: [],
    tags: [],
    paths: {
      '/birds': {
        get: {
          operationId: 'listBirds',
          summary: 'List birds',
          tags: [],
          parameters,
          responses: { 200: { description: 'Birds.' } },
        },
      },
    },
    components: { schemas },
  };
  return (await typesOf(document)).replaceAll(/^ +/gm, '');
}

const bird = (properties: Record<string, Schema>): Record<string, Schema> => ({ Bird: { type: 'object', properties } });

describe('a type', () => {
  test.each<{ name: string; property: Schema; want: string }>([
    {
      name: 'has the known texts, and any other',
      property: { type: 'string', 'x-extensible-enum': ['red', 'blue'], examples: ['red', 'blue'] },
      want: '{\nwing?: "red" | "blue" | (string & {});',
    },
    {
      name: 'has the known numbers, any other, and null',
      property: { type: ['integer', 'null'], format: 'int32', 'x-extensible-enum': [0, 1] },
      want: '{\nwing?: 0 | 1 | (number & {}) | null;',
    },
    {
      name: 'has only the values of a closed enum',
      property: { enum: ['red', 'blue'] },
      want: 'wing?: "red" | "blue";',
    },
    {
      name: 'has in its comment what is uncertain',
      property: { type: 'string', description: 'Its colour.', 'x-evidence': 'sample', 'x-evidence-note': 'Seen once.' },
      want: '/**\n* Its colour.\n*\n* Seen in a sample only. Seen once.\n*/\nwing?: string;',
    },
    {
      name: 'has what is said of the schema that it refers to',
      property: { $ref: '#/components/schemas/Wing' },
      want: '/** Left or right. */\nwing?: Wing;',
    },
    {
      name: 'has what is said beside a reference instead',
      property: { $ref: '#/components/schemas/Wing', description: 'The better one.' },
      want: '/** The better one. */\nwing?: Wing;',
    },
    {
      name: 'has the format of a text, and says what reads it',
      property: { type: 'string', description: 'When it was hurt.', 'x-format': 'yyyy-MM-dd' },
      want: '* When it was hurt.\n*\n* Read it with `parseDate`, and make it with `formatDate`.\n*/\nwing?: Formatted<"yyyy-MM-dd">;',
    },
    {
      name: 'has the format of a date of the standard, and null',
      property: { type: ['string', 'null'], format: 'date-time' },
      want: 'wing?: Formatted<"date-time"> | null;',
    },
    {
      name: 'of a boolean or its text says what reads it',
      property: { anyOf: [{ type: 'boolean' }, { type: 'string', 'x-extensible-enum': ['true', 'false'] }] },
      want: '/** Read it with `parseBoolean`. */\nwing?: boolean | ("true" | "false" | (string & {}));',
    },
    {
      name: 'is text for a format that says nothing about time',
      property: { type: 'string', format: 'uri' },
      want: 'wing?: string;',
    },
    {
      name: 'says no size of an integer, and no title, twice',
      property: { type: 'integer', format: 'int32', title: 'Wing', description: 'How many.' },
      want: '/** How many. */\nwing?: number;',
    },
  ])('$name', async ({ property, want }) => {
    const schemas = { ...bird({ wing: property }), Wing: { type: 'string', description: 'Left or right.' } };
    expect(await typesWith(schemas)).toContain(want);
  });

  test('has the name of its schema, everywhere', async () => {
    const types = await typesWith({
      ...bird({ wings: { type: 'array', items: { $ref: '#/components/schemas/Wing' } } }),
      Wing: { type: 'string', description: 'Left or right.', enum: ['left', 'right'] },
    });
    expect(types).toContain('schemas: {\nBird: Bird;\nWing: Wing;\n};');
    expect(types).toContain('\nexport interface Bird {\nwings?: Wing[];\n}\n');
    expect(types).toContain('/**\n* Left or right.\n* @enum {string}\n*/\nexport type Wing = "left" | "right";\n');
  });

  test.each(['paths', 'two words', '1st'])('cannot be called %j', async (name) => {
    await expect(typesWith({ [name]: { type: 'string' } })).rejects.toThrow(`'${name}' is not a name for a type.`);
  });

  test('keeps fields with the names of keywords', async () => {
    const names = ['title', 'format', 'examples', 'default', 'description', 'properties'];
    const types = await typesWith(
      bird(Object.fromEntries(names.map((name) => [name, { type: 'string', title: 'A' }]))),
    );
    for (const name of names) expect(types).toContain(`${name}?: string;`);
  });

  test('has one list for numbered parameters', async () => {
    const parameter = (name: string, description: string): Parameter => ({
      name,
      in: 'query',
      description,
      schema: { type: 'string' },
    });
    const types = await typesWith({}, [
      parameter('limit', 'How many.'),
      parameter('where[0][field]', 'What to look for.\n\nThe field.'),
      parameter('where[0][value]', 'The value.'),
      parameter('where[1][field]', 'The field.'),
      parameter('where[1][value]', 'The value.'),
    ]);
    expect(types).toContain(
      [
        '/** How many. */',
        'limit?: string;',
        '/** What to look for. */',
        'where?: {',
        '/** The field. */',
        'field: string;',
        '/** The value. */',
        'value: string;',
        '}[];',
      ].join('\n'),
    );
  });
});
