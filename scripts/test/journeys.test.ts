import { describe, expect, test } from 'vitest';
import { operationOf, runJourneys, workflows } from '../journeys/respect.ts';

test('there are ten journeys or more, and each of both versions has steps in five or more', () => {
  expect(workflows.length).toBeGreaterThanOrEqual(10);
  for (const version of ['v1.', 'v2.']) {
    const having = workflows.filter(({ steps }) => steps.some((step) => operationOf(step).startsWith(version)));
    expect(having.length).toBeGreaterThanOrEqual(5);
  }
});

test('every journey passes on the sandbox', { timeout: 120_000 }, async () => {
  const results = await runJourneys();
  expect(results.filter(({ failure }) => failure)).toEqual([]);
  expect(results.map(({ id }) => id)).toEqual(workflows.map(({ workflowId }) => workflowId));
  // More checks than steps: each step has its own, beside status, content type and schema.
  for (const [index, { checks }] of results.entries())
    expect(checks).toBeGreaterThanOrEqual((workflows[index]?.steps.length ?? 0) * 3);
});

describe('a journey names what is broken', () => {
  test.for([
    {
      given: 'a PUT that responds as documented and changes nothing',
      broken: { operation: 'v2.updateBan', response: 'visitor' },
      want: { id: 'banVisitor', step: 'read', reason: "$response.body#/comment == 'Lift it on Monday', status 200" },
    },
  ])('$given', { timeout: 60_000 }, async ({ broken, want: { id, ...failure } }) => {
    expect(await runJourneys([id], broken)).toEqual([expect.objectContaining({ id, failure })]);
  });
});
