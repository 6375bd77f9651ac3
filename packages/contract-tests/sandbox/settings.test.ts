import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flatten, type Node, type Operation, operationsOf } from '../src/description.ts';
import { sandbox, World } from './harness.ts';

// More runs: SANDBOX_RUNS=1000. Other ones: SANDBOX_SEED=7, or the seed that a failure has printed.
const runs = Number(process.env.SANDBOX_RUNS ?? 12);
const seed = { seed: Number(process.env.SANDBOX_SEED ?? 1) };

const operations = operationsOf('v2');
const mock = sandbox();
let worlds = 0;

/** What is read with GET and changed with PUT at one path, and is not an item of a collection. */
const settings = operations
  .filter(
    ({ method, path, body }) => method === 'put' && body && !path.endsWith('}') && !/\/me|paying|unlock/.test(path),
  )
  .flatMap((update) => {
    const read = operations.find(({ method, path }) => method === 'get' && path === update.path);
    return read ? [{ name: update.path, update, read }] : [];
  });

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values that a request can have for a field; none where the test has none to try: lists, ids, texts of a form. */
function valuesOf(schema: Node | undefined): fc.Arbitrary<unknown> | undefined {
  const { type, enum: values, pattern, format, properties, minimum, maximum, title } = flatten('v2', schema);
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' && title !== 'Id')
    return fc.integer({ min: Number(minimum ?? 0), max: Number(maximum ?? 500) });
  if (type === 'string' && !pattern && !format) return fc.string({ maxLength: 12 });
  return isObject(properties) && Object.keys(properties).length > 0 ? bodyOf(schema) : undefined;
}

/** Bodies with some of the fields that a schema has, and with all that it needs. */
function bodyOf(schema: Node | undefined): fc.Arbitrary<Fields> {
  const { properties = {}, required = [] } = flatten('v2', schema);
  const known = Object.entries(properties as Record<string, Node>).flatMap(([name, property]) => {
    const values = /id$/i.test(name) ? undefined : valuesOf(property);
    return values ? [[name, values] as const] : [];
  });
  return fc.record(Object.fromEntries(known), {
    requiredKeys: known.map(([name]) => name).filter((name) => (required as string[]).includes(name)),
  });
}

/** One object over another, at any depth: what the documents call leaving out what does not change. */
function over(before: unknown, sent: unknown): unknown {
  if (!isObject(before) || !isObject(sent)) return sent;
  const names = Object.keys({ ...before, ...sent });
  return Object.fromEntries(names.map((name) => [name, name in sent ? over(before[name], sent[name]) : before[name]]));
}

function pathOf({ parameters }: Operation) {
  return Object.fromEntries(
    parameters.filter((each) => each.in === 'path').map(({ name, example }) => [name, example]),
  );
}

async function sendTo(world: World, operation: Operation, body?: unknown): Promise<unknown> {
  const outcome = await world.send(operation, { path: pathOf(operation), ...(body === undefined ? {} : { body }) });
  const { status, violations } = outcome;
  expect({ body, status, violations, got: status === 200 ? '' : outcome.body }).toEqual({
    body,
    status: 200,
    violations: '',
    got: '',
  });
  return outcome.body;
}

describe('settings keep what is left out, at any depth', () => {
  test('of the site, of campaigns, and of agents and groups', () => {
    expect(settings.length).toBeGreaterThan(14);
  });

  test.each(settings.filter(({ name }) => !name.endsWith('/agentWrapup')))('$name', async ({ update, read }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(bodyOf(update.body), { minLength: 1, maxLength: 5 }), async (bodies) => {
        const world = new World(mock, `settings ${worlds++}`);
        let known = await sendTo(world, read);
        for (const body of bodies) {
          known = over(known, body);
          expect(await sendTo(world, update, body)).toEqual(known);
          expect(await sendTo(world, read)).toEqual(known);
        }
      }),
      { numRuns: Math.ceil(runs / 5), ...seed },
    );
  });
});
