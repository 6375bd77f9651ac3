import type { Document, Schema } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { publish } from '../build/publish.ts';
import { addressOf, anchorOf } from '../build/source-address.ts';

/** A document with one operation, whose request body and response are the given schemas. */
function documentOf({ sent = {}, received = {}, schemas = {} }: Case): Document {
  return {
    openapi: '3.1.1',
    info: { title: 'Birds', version: '1.0' },
    servers: [{ url: 'https://birds.example' }],
    tags: [],
    paths: {
      '/birds': {
        post: {
          operationId: 'createBird',
          summary: 'Create a bird',
          tags: [],
          requestBody: { content: { 'application/json': { schema: sent } } },
          responses: { 200: { description: 'The bird.', content: { 'application/json': { schema: received } } } },
        },
      },
    },
    components: { schemas },
  };
}

interface Case {
  readonly sent?: Schema;
  readonly received?: Schema;
  readonly schemas?: Record<string, Schema>;
}

/** What of a published document the tables below are about. */
function published(given: Case): Required<Case> {
  const { paths, components } = publish(documentOf(given));
  const post = paths['/birds']?.post;
  const bodyOf = (holder: unknown) => (holder as Case & { content: Record<string, { schema: Schema }> }).content;
  return {
    sent: bodyOf(post?.requestBody)['application/json']?.schema ?? {},
    received: bodyOf(post?.responses[200])['application/json']?.schema ?? {},
    schemas: components?.schemas ?? {},
  };
}

/** Objects to choose from: in a report, the parameter `by` decides; in a request and its response, the field `kind`. */
const rows: Record<string, Schema> = {
  ByDay: {
    title: 'ByDay',
    type: 'object',
    description: 'A day.',
    properties: {
      eggs: { type: 'number', description: 'Eggs.' },
      time: {
        title: 'Day',
        type: 'object',
        properties: { from: { type: 'string', pattern: '-', description: 'Day.' } },
      },
    },
    required: ['eggs', 'time'],
    'x-when': { by: ['day'] },
  },
  ByHour: {
    title: 'ByHour',
    type: 'object',
    description: 'An hour.',
    properties: {
      eggs: { type: 'number', description: 'Eggs.' },
      time: {
        title: 'Hour',
        type: 'object',
        properties: { from: { type: 'string', pattern: ':', description: 'Hour.' } },
      },
    },
    required: ['eggs', 'time'],
    'x-when': { by: ['hour'] },
  },
  ByNest: {
    title: 'ByNest',
    type: 'object',
    description: 'A nest.',
    properties: {
      eggs: { type: 'number', description: 'All eggs.' },
      nest: { type: 'string', description: 'The nest.' },
    },
    required: ['eggs'],
    'x-when': { by: ['nest'] },
  },
};
const kinds: Record<string, Schema> = {
  Owl: {
    title: 'Owl',
    type: 'object',
    description: 'An owl.',
    properties: {
      kind: { type: 'string', const: 'owl', description: 'It is an owl.' },
      at: { type: 'null', description: 'Nowhere.' },
    },
    required: ['kind'],
    additionalProperties: false,
  },
  Duck: {
    title: 'Duck',
    type: 'object',
    description: 'A duck.',
    properties: {
      kind: { type: 'string', const: 'duck', description: 'It is a duck.' },
      at: {
        type: 'array',
        items: { type: 'string' },
        description: 'Its ponds.',
        'x-evidence': 'sample',
        'x-evidence-note': 'Seen.',
      },
    },
    required: ['kind', 'at'],
    additionalProperties: false,
  },
};
const joinedKinds: Schema = {
  type: 'object',
  description: 'A bird.\n\nIt has the fields of one of these:\n\n- `Owl`: An owl.\n- `Duck`: A duck.',
  required: ['kind'],
  properties: {
    kind: {
      type: 'string',
      'x-extensible-enum': ['owl', 'duck'],
      examples: ['owl', 'duck'],
      'x-enum-descriptions': ['It is an owl.', 'It is a duck.'],
      description:
        'Known values, to which the service may add others:\n\n- `owl`: It is an owl.\n- `duck`: It is a duck.',
    },
    at: {
      type: ['array', 'null'],
      items: { type: 'string' },
      description: '- In `Owl`: Nowhere.\n- In `Duck`: Its ponds.',
      'x-evidence': 'sample',
      'x-evidence-note': 'In `Duck`: Seen.',
    },
  },
};

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const colour: Schema = { type: 'string', title: 'Colour', enum: ['red', 'blue'] };
const knownColour: Schema = {
  type: 'string',
  'x-extensible-enum': ['red', 'blue'],
  examples: ['red', 'blue'],
  description: 'Known values, to which the service may add others: `red`, `blue`.',
};

describe('the published form', () => {
  it.each<{ rule: string; given: Case; want: Partial<Required<Case>> }>([
    {
      rule: 'merges an allOf and drops the part',
      given: {
        sent: { allOf: [ref('BirdFields')], required: ['name'], unevaluatedProperties: false },
        schemas: { BirdFields: { type: 'object', properties: { name: { type: 'string' } } } },
      },
      want: {
        sent: {
          type: 'object',
          properties: { name: { type: 'string' } },
          required: ['name'],
          additionalProperties: false,
        },
        schemas: {},
      },
    },
    {
      rule: 'gives a composition the marks of its parts, of which the least certain counts',
      given: {
        sent: { allOf: [ref('BirdFields')], 'x-evidence': 'sample', 'x-evidence-note': 'Seen.' },
        schemas: { BirdFields: { type: 'object', 'x-evidence': 'inferred', 'x-evidence-note': 'Only named.' } },
      },
      want: { sent: { type: 'object', 'x-evidence': 'inferred', 'x-evidence-note': 'Seen. Only named.' } },
    },
    {
      rule: 'opens the objects of a response, and not those of a request',
      given: {
        sent: { type: 'object', additionalProperties: false },
        received: { type: 'object', properties: { wing: { type: 'object', additionalProperties: false } } },
      },
      want: {
        sent: { type: 'object', additionalProperties: false },
        received: { type: 'object', properties: { wing: { type: 'object' } } },
      },
    },
    {
      rule: 'keeps the values of a map',
      given: { received: { type: 'object', additionalProperties: { type: 'string' } } },
      want: { received: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    {
      rule: 'opens an enum of a response, and keeps the enum for requests and for its constants',
      given: { sent: ref('Colour'), received: ref('Colour'), schemas: { Colour: colour } },
      want: { sent: ref('Colour'), received: knownColour, schemas: { Colour: colour } },
    },
    {
      rule: 'keeps an enum that only responses use, for its constants',
      given: { received: ref('Colour'), schemas: { Colour: colour } },
      want: { received: knownColour, schemas: { Colour: colour } },
    },
    {
      rule: 'says beside a reference what is said there, and the values',
      given: { received: { ...ref('Colour'), description: 'Of the wing.' }, schemas: { Colour: colour } },
      want: { received: { ...knownColour, description: `Of the wing.\n\n${knownColour.description}` } },
    },
    {
      rule: 'writes the names and meanings of values into the description',
      given: {
        sent: {
          type: 'integer',
          enum: [0, 1],
          'x-enum-varnames': ['out', 'home'],
          'x-enum-descriptions': ['In the air.', 'In the nest.'],
        },
      },
      want: {
        sent: {
          type: 'integer',
          format: 'int32',
          enum: [0, 1],
          'x-enum-varnames': ['out', 'home'],
          'x-enum-descriptions': ['In the air.', 'In the nest.'],
          description: 'Values:\n\n- `0` (out): In the air.\n- `1` (home): In the nest.',
        },
      },
    },
    {
      rule: 'opens a constant that is text, and not one that is a boolean',
      given: { received: { type: 'object', properties: { a: { type: 'string', const: 'x' }, b: { const: true } } } },
      want: {
        received: {
          type: 'object',
          properties: {
            a: {
              type: 'string',
              'x-extensible-enum': ['x'],
              examples: ['x'],
              description: 'Known values, to which the service may add others: `x`.',
            },
            b: { const: true },
          },
        },
      },
    },
    {
      rule: 'lets a response fit two branches, and a request one',
      given: {
        sent: { oneOf: [ref('A'), ref('B')] },
        received: { oneOf: [ref('A'), ref('B')] },
        schemas: { A: { type: 'object' }, B: { type: 'object' } },
      },
      want: { sent: { oneOf: [ref('A'), ref('B')] }, received: { anyOf: [ref('A'), ref('B')] } },
    },
    {
      rule: 'joins the objects of a response, and names the field that chooses in a request',
      given: {
        sent: { oneOf: [ref('Owl'), ref('Duck')] },
        received: { description: 'A bird.', oneOf: [ref('Owl'), ref('Duck')] },
        schemas: kinds,
      },
      want: {
        sent: {
          oneOf: [ref('OwlInput'), ref('DuckInput')],
          discriminator: {
            propertyName: 'kind',
            mapping: { owl: '#/components/schemas/OwlInput', duck: '#/components/schemas/DuckInput' },
          },
        },
        received: { ...joinedKinds, 'x-alternatives': [ref('Owl'), ref('Duck')] },
      },
    },
    {
      rule: 'joins objects of a request of which more than one can fit, and keeps them closed',
      given: { sent: { description: 'A bird.', anyOf: [ref('Owl'), ref('Duck')] }, schemas: kinds },
      want: {
        sent: {
          ...joinedKinds,
          properties: {
            ...joinedKinds.properties,
            kind: {
              type: 'string',
              enum: ['owl', 'duck'],
              'x-enum-descriptions': ['It is an owl.', 'It is a duck.'],
              description: 'Values:\n\n- `owl`: It is an owl.\n- `duck`: It is a duck.',
            },
          },
          additionalProperties: false,
          'x-alternatives': [ref('Owl'), ref('Duck')],
        },
      },
    },
    {
      rule: 'says which fields of joined rows belong to which value of a parameter',
      given: { received: { anyOf: [ref('ByDay'), ref('ByHour'), ref('ByNest')] }, schemas: rows },
      want: {
        received: {
          type: 'object',
          description:
            'It has the fields of one of these:\n\n- `ByDay`, where `by` is `day`: A day.\n' +
            '- `ByHour`, where `by` is `hour`: An hour.\n- `ByNest`, where `by` is `nest`: A nest.',
          required: ['eggs'],
          properties: {
            eggs: {
              type: 'number',
              description: '- Where `by` is `day` or `hour`: Eggs.\n- Where `by` is `nest`: All eggs.',
            },
            time: { ...ref('DayOrHour'), description: 'Not where `by` is `nest`.' },
            nest: { type: 'string', description: 'The nest. Only where `by` is `nest`.' },
          },
          'x-alternatives': [ref('ByDay'), ref('ByHour'), ref('ByNest')],
        },
      },
    },
    {
      rule: 'joins enums to one enum, each value once',
      given: {
        sent: { anyOf: [ref('Colour'), { type: 'string', enum: ['blue', 'green'] }] },
        schemas: { Colour: colour },
      },
      want: { sent: { type: 'string', enum: ['red', 'blue', 'green'] } },
    },
    {
      rule: 'joins an enum and any text to text with known values, in requests too',
      given: { sent: { anyOf: [ref('Colour'), { type: 'string', minLength: 1 }] }, schemas: { Colour: colour } },
      want: { sent: { ...knownColour, minLength: 1 } },
    },
    {
      rule: 'gives joined texts the marks of each',
      given: {
        sent: {
          anyOf: [
            { type: 'string', enum: ['red'], 'x-evidence': 'sample', 'x-evidence-note': 'Seen.' },
            { type: 'string', enum: ['blue'], 'x-evidence': 'inferred', 'x-evidence-note': 'Only named.' },
          ],
        },
      },
      want: {
        sent: {
          type: 'string',
          enum: ['red', 'blue'],
          'x-evidence': 'inferred',
          'x-evidence-note': 'Seen. Only named.',
        },
      },
    },
    {
      rule: 'gives a field of several forms what the schema of each form says, its mark too',
      given: {
        received: { anyOf: [ref('Morning'), ref('Night')] },
        schemas: {
          Morning: { title: 'Morning', type: 'object', description: 'AM.', properties: { at: ref('Clock') } },
          Night: { title: 'Night', type: 'object', description: 'PM.', properties: { at: ref('Star') } },
          Clock: { title: 'Clock', type: 'string', description: 'A time.', pattern: ':' },
          Star: {
            title: 'Star',
            type: 'string',
            description: 'A star.',
            format: 'star',
            'x-evidence': 'sample',
            'x-evidence-note': 'Seen.',
          },
        },
      },
      want: {
        received: {
          type: 'object',
          description: 'It has the fields of one of these:\n\n- `Morning`: AM.\n- `Night`: PM.',
          properties: {
            at: {
              type: 'string',
              description: '- In `Morning`: A time.\n- In `Night`: A star.',
              'x-evidence': 'sample',
              'x-evidence-note': 'In `Night`: Seen.',
            },
          },
          'x-alternatives': [ref('Morning'), ref('Night')],
        },
      },
    },
    {
      rule: 'keeps apart words and text of a form in a request, and joins them in a response',
      given: {
        sent: { anyOf: [ref('Colour'), { type: 'string', pattern: '^#' }] },
        received: { anyOf: [ref('Colour'), { type: 'string', pattern: '^#' }, { type: 'null' }] },
        schemas: { Colour: colour },
      },
      want: {
        sent: { anyOf: [ref('Colour'), { type: 'string', pattern: '^#' }] },
        received: { ...knownColour, type: ['string', 'null'] },
      },
    },
    {
      rule: 'keeps apart texts of two forms',
      given: {
        received: {
          anyOf: [
            { type: 'string', format: 'ipv4' },
            { type: 'string', format: 'ipv6' },
          ],
        },
      },
      want: {
        received: {
          anyOf: [
            { type: 'string', format: 'ipv4' },
            { type: 'string', format: 'ipv6' },
          ],
        },
      },
    },
    {
      rule: 'keeps defaults in requests only',
      given: { sent: { type: 'string', default: '' }, received: { type: 'string', default: '' } },
      want: { sent: { type: 'string', default: '' }, received: { type: 'string' } },
    },
    {
      rule: 'gives what is sent and received two schemas, through what refers to it',
      given: {
        sent: ref('Nest'),
        received: ref('Nest'),
        schemas: {
          Nest: { title: 'Nest', type: 'array', items: ref('Egg') },
          Egg: { title: 'Egg', type: 'object', additionalProperties: false },
        },
      },
      want: {
        sent: ref('NestInput'),
        received: ref('Nest'),
        schemas: {
          Egg: { title: 'Egg', type: 'object' },
          EggInput: { title: 'EggInput', type: 'object', additionalProperties: false },
          Nest: { title: 'Nest', type: 'array', items: ref('Egg') },
          NestInput: { title: 'NestInput', type: 'array', items: ref('EggInput') },
        },
      },
    },
    {
      rule: 'keeps one schema for both where they are alike',
      given: { sent: ref('Id'), received: ref('Id'), schemas: { Id: { type: 'string' } } },
      want: { sent: ref('Id'), received: ref('Id'), schemas: { Id: { type: 'string' } } },
    },
  ])('$rule', ({ given, want }) => {
    const before = structuredClone(given);
    expect(published(given)).toMatchObject(want);
    if (want.schemas) expect(Object.keys(published(given).schemas)).toEqual(Object.keys(want.schemas));
    for (const place of ['sent', 'received'] as const)
      if (want[place]) expect(published(given)[place]).toEqual(want[place]);
    expect(given).toEqual(before);
  });

  it('rejects a name that it needs itself', () => {
    const closed: Schema = { type: 'object', additionalProperties: false };
    const given = {
      sent: { ...ref('Egg'), anyOf: [ref('EggInput')] },
      received: ref('Egg'),
      schemas: { Egg: closed, EggInput: closed },
    };
    expect(() => published(given)).toThrow("needs the name 'EggInput'");
  });

  it('writes a list of objects in a query as the parameters that travel', () => {
    const document = documentOf({});
    const conditions = {
      name: 'conditions',
      in: 'query',
      style: 'deepObject',
      explode: true,
      description: 'What a bird must have.',
      schema: {
        type: 'array',
        items: {
          type: 'object',
          properties: { field: { type: 'string', description: 'A field.' }, value: { type: 'string' } },
        },
      },
    } as const;
    Object.assign(document.paths['/birds']?.post ?? {}, { parameters: [conditions] });
    const parameters = publish(document).paths['/birds']?.post?.parameters ?? [];
    expect(parameters.slice(0, 2)).toEqual([
      {
        name: 'conditions[0][field]',
        in: 'query',
        description: 'What a bird must have.\n\nA field.',
        schema: { type: 'string' },
      },
      { name: 'conditions[0][value]', in: 'query', description: '', schema: { type: 'string' } },
    ]);
    expect(parameters).toHaveLength(6);
  });

  it('puts an address before one with a variable', () => {
    const servers = [
      { url: 'https://{domain}', description: 'Yours.', variables: { domain: { default: 'a.example' } } },
    ];
    expect(publish({ ...documentOf({}), servers }).servers).toEqual([
      { url: 'https://a.example', description: 'The Hosted platform' },
      {
        url: 'https://{domain}',
        description: 'The domain of your Control Panel',
        variables: { domain: { default: 'a.example' } },
      },
    ]);
  });
});

describe('the address of a source', () => {
  it.each([
    {
      document: 'v2/Livechat.md',
      heading: 'Get chats list',
      want: 'https://github.com/jamyzhang/APIDesign/blob/master/v2/Livechat.md#get-chats-list',
    },
    {
      document: 'v2/Bot-api - v2.md',
      heading: 'Bots',
      want: 'https://github.com/jamyzhang/APIDesign/blob/master/v2/Bot-api%20-%20v2.md#bots',
    },
    { document: 'v2/introduction', heading: 'Any', want: 'https://www.comm100.com/doc/api/introduction.htm' },
    { document: 'Comm100 help pages', heading: 'Any', want: undefined },
  ])('of $document is $want', ({ document, heading, want }) => {
    expect(addressOf({ document, heading })).toBe(want);
  });

  // As github.com shows them.
  it.each([
    { heading: "Admin sets an agent's password", want: 'admin-sets-an-agents-password' },
    { heading: 'Real Time – Right Now', want: 'real-time--right-now' },
    { heading: 'Account, Livechat & Report API', want: 'account-livechat--report-api' },
    { heading: 'Post-Chat', want: 'post-chat' },
    { heading: 'reset_api_key', want: 'reset_api_key' },
    { heading: 'Größe', want: 'größe' },
  ])('has for $heading the anchor $want', ({ heading, want }) => {
    expect(anchorOf(heading)).toBe(want);
  });
});
