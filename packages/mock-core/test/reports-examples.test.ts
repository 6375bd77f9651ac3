import { type Operation, operationsOf, successOf } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { isReport, report } from '../src/sandbox/reports/report.ts';
import { bundles, company } from './helpers.ts';
import { demoActivity, demoReported } from './reports-demo.ts';

/** When the examples of real-time reports are: the company's file says so. */
const { week } = company as unknown as { week: { now: string; queueAt: string } };
const [now, queueAt] = [week.now, week.queueAt].map((text) => Date.parse(`${text}Z`)) as [number, number];

/** What the features and the edition are in an example that shows fewer. */
const without: Record<string, Partial<typeof demoReported>> = {
  plain: { hasAutoAllocation: false, hasChatbot: false },
  business: { isEnterprise: false, hasChatbot: false },
};

describe.each(bundles.map((document, index) => ({ document, version: (['v1', 'v2'] as const)[index] ?? 'v2' })))(
  'the examples of the reports of $version',
  ({ document, version }) => {
    const reports = operationsOf(document).filter(({ tags }) => tags.some((tag) => /report/i.test(tag)));

    it('are of 27 reports, and each can be computed', () => {
      expect(reports.filter(({ id }) => isReport(id)).length).toBe(27);
      expect(reports.filter(({ id }) => !isReport(id)).map(({ id }) => id)).toEqual([]);
    });

    const examples = reports.flatMap((operation) =>
      (successOf(operation)?.media[0]?.examples ?? []).map((example) => ({
        name: `${operation.id}, ${example.name}`,
        operation,
        example,
      })),
    );

    it.each(examples)('$name is what happened in the week of the demo company', ({ operation, example }) => {
      const { group = [] } = example.when ?? {};
      const usual = given(operation, 'group');
      const query = {
        timeFrom: given(operation, 'timeFrom'),
        timeTo: given(operation, 'timeTo'),
        timezone: given(operation, 'timezone'),
        group: group.includes(usual ?? '') ? usual : group[0]?.toString(),
        now: operation.id === 'getRealTimeQueue' ? queueAt : now,
      };
      const reported = { ...demoReported, ...without[example.name] };
      const computed = report(operation.id, version, demoActivity, reported, query);
      if (query.group?.includes('Distribution')) expect(computed).toEqual(expect.arrayContaining(example.value as []));
      else expect(computed).toEqual(example.value);
    });
  },
);

/** The value that the description gives as an example of a parameter. */
function given({ parameters }: Operation, name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.example?.toString();
}
