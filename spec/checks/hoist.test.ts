import { describe, expect, it } from 'vitest';
import { hoist } from '../build/hoist.ts';
import type { Node } from '../lib/values.ts';

const colour = { title: 'Colour', enum: ['red', 'green'] };
const toColour = { $ref: '#/components/schemas/Colour' };

/** A document of one schema, `Bird`. */
const bird = (schema: Node) => ({ components: { schemas: { Bird: schema } } });
/** A document of one operation, whose query parameter has a schema. */
const query = (schema: Node, more: Node = {}) => ({
  paths: { '/birds': { get: { parameters: [{ name: 'of', in: 'query', schema, ...more }] } } },
});
const none = { components: { schemas: {} } };

describe('hoist', () => {
  it.each([
    {
      given: 'two different schemas of one title',
      document: bird({ properties: { back: colour, crown: { title: 'Colour', type: 'string' } } }),
      want: "title 'Colour': #/components/schemas/Bird/properties/back and #/components/schemas/Bird/properties/crown",
    },
    {
      given: 'the title of another component',
      document: { ...bird({ type: 'object' }), ...query({ title: 'Bird', type: 'string' }) },
      want: "title 'Bird': #/components/schemas/Bird and #/paths/~1birds/get/parameters/0/schema",
    },
  ])('rejects $given', ({ document, want }) => {
    expect(() => hoist(document)).toThrow(want);
  });

  it.each([
    { given: 'a property', from: bird({ properties: { back: colour } }), want: { properties: { back: toColour } } },
    { given: 'the items of a list', from: bird({ items: colour }), want: { items: toColour } },
    {
      given: 'a branch',
      from: bird({ anyOf: [{ type: 'null' }, colour] }),
      want: { anyOf: [{ type: 'null' }, toColour] },
    },
    {
      given: 'the same schema twice',
      from: bird({ properties: { back: colour, crown: { ...colour } } }),
      want: { properties: { back: toColour, crown: toColour } },
    },
  ])('makes a component of $given', ({ from, want }) => {
    expect(hoist(from)).toEqual({ components: { schemas: { Bird: want, Colour: colour } } });
  });

  it.each([
    {
      given: 'a parameter',
      from: query(colour),
      want: { ...query(toColour), components: { schemas: { Colour: colour } } },
    },
    {
      given: 'a schema in a schema, each',
      from: query({ title: 'Wings', items: colour }),
      want: {
        ...query({ $ref: '#/components/schemas/Wings' }),
        components: { schemas: { Colour: colour, Wings: { title: 'Wings', items: toColour } } },
      },
    },
    { given: 'no title', from: query({ type: 'string' }), want: { ...query({ type: 'string' }), ...none } },
    {
      given: 'a property called title',
      from: query({ properties: { title: { type: 'string' } } }),
      want: { ...query({ properties: { title: { type: 'string' } } }), ...none },
    },
    {
      given: 'a title in data',
      from: query({ type: 'object' }, { example: { schema: colour } }),
      want: { ...query({ type: 'object' }, { example: { schema: colour } }), ...none },
    },
  ])('reads $given', ({ from, want }) => {
    const before = structuredClone(from);
    expect(hoist(from)).toEqual(want);
    expect(from).toEqual(before);
  });
});
