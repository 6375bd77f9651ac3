import {
  type ChatFact,
  type Facts,
  type Json,
  openValuesOf,
  operationsOf,
  resolve,
  type Schema,
} from '@comm100-openapi/description';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Activity } from '../src/sandbox/reports/activity.ts';
import type { Reported, ReportQuery } from '../src/sandbox/reports/company.ts';
import { evaluate } from '../src/sandbox/reports/expression.ts';
import { report } from '../src/sandbox/reports/report.ts';
import { bundles } from './helpers.ts';
import { localText, modelOther, modelRows } from './reports-model.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How many random companies; `REPORT_RUNS=20000` takes longer and looks further, `REPORT_SEED=7` looks elsewhere. */
const runs = Number(process.env.REPORT_RUNS ?? 1000);
const seed = Number(process.env.REPORT_SEED ?? 1);

const hour = 60 * minute;

/** Places and times at which clocks change, and some where they never do. The days of a company begin 13 hours before. */
const scenes = [
  ['America/New_York', '2025-03-09T07:00Z'],
  ['America/New_York', '2025-11-02T06:00Z'],
  ['Europe/Berlin', '2025-03-30T01:00Z'],
  ['Europe/Berlin', '2025-10-26T01:00Z'],
  ['Africa/Cairo', '2025-04-24T22:00Z'],
  ['Africa/Cairo', '2025-10-30T21:00Z'],
  ['America/Havana', '2025-03-09T05:00Z'],
  ['America/Havana', '2025-11-02T05:00Z'],
  ['Australia/Lord_Howe', '2025-04-05T15:00Z'],
  ['Australia/Lord_Howe', '2025-10-04T15:30Z'],
  ['+00:00', '2025-03-03T13:00Z'],
  ['+08:00', '2024-12-31T16:00Z'],
  ['-03:30', '2024-02-29T03:30Z'],
  ['+05:45', '2025-07-05T18:15Z'],
].map(([zone = '', time = '']) => ({ zone, start: Date.parse(time) - 13 * hour }));

const [v2] = bundles.slice(1);
const reports = v2 ? operationsOf(v2).filter(({ id }) => /^get(RealTime|.*Report$)/.test(id)) : [];

/** The values of a parameter of a report, by the description; none where it has no such parameter. */
function valuesOf(id: string, name: string): string[] {
  const parameter = reports.find((each) => each.id === id)?.parameters.find((each) => each.name === name);
  const schema = v2 && parameter ? resolve<Schema>(v2, parameter.schema ?? {}) : undefined;
  return (schema?.enum ?? (schema && openValuesOf(schema)) ?? []).map(String);
}

const grouped = reports.map(({ id }) => id).filter((id) => valuesOf(id, 'group').length > 0);
const others = reports.map(({ id }) => id).filter((id) => !grouped.includes(id));

const reported: Reported = {
  agents: [
    { id: 1, departments: [1], maxChats: 2 },
    { id: 2, departments: [1, 2], maxChats: 3 },
    { id: 3, departments: [], maxChats: 1 },
  ],
  departments: [
    { id: 1, name: 'Support' },
    { id: 2, name: 'Sales' },
  ],
  campaigns: [1, 2],
  visitorSegments: [1, 2],
  autoInvitations: [
    { id: 1, campaign: 1 },
    { id: 2, campaign: 2 },
  ],
  conversionActions: [1, 2],
  cannedMessages: [
    { id: 1, category: 1 },
    { id: 2, category: 2 },
  ],
  surveys: [
    { form: 'prechat', campaign: 1, field: 12, name: 'Product', options: ['Tents', 'Boots'] },
    { form: 'postchat', campaign: 2, field: 31, name: 'Solved?', options: ['Yes', 'No'] },
    {
      form: 'wrapup',
      campaign: 1,
      field: 21,
      name: 'Category',
      options: ['Advice'],
      groups: [{ name: 'Sales', options: ['Advice'] }],
    },
  ],
  customMetrics: [],
  isEnterprise: true,
  hasAutoAllocation: true,
  hasChatbot: true,
};

/** Minutes from the start of a company: most are near the change of clocks, many of them at full quarters. */
const at = fc.oneof(
  fc.integer({ min: 0, max: 4 * 24 * 60 }),
  fc.integer({ min: 11 * 60, max: 15 * 60 }),
  fc.integer({ min: 11 * 4, max: 15 * 4 }).map((count) => count * 15),
);
const id = (most: number) => fc.integer({ min: 1, max: most });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const minutes = (most: number) => fc.integer({ min: 0, max: most }).map((count) => count * minute);

/** A chat, with its times from the start of a company. */
const chat = fc
  .record({
    time: at.map((count) => count * minute),
    outcome: fc.constantFrom<ChatFact['outcome'][]>(
      'waiting',
      'chat',
      'chat',
      'chat',
      'abandoned',
      'switched',
      'refused',
    ),
    wait: minutes(40),
    isQueued: fc.boolean(),
    length: maybe(minutes(200)),
    campaign: id(2),
    department: maybe(id(2)),
    agent: maybe(id(4)),
    stages: fc.array(fc.record({ agent: id(3), department: maybe(id(2)), minutes: minutes(30) }), { maxLength: 2 }),
    routedTo: maybe(id(3)),
    visitor: fc.constantFrom('a', 'b', 'c', 'd'),
    visitorSegment: maybe(id(3)),
    page: fc.constantFrom('/tents', '/boots', '/help'),
    source: fc.constantFrom<ChatFact['source'][]>('visitor', 'manual', 'auto'),
    counts: fc.tuple(id(9), id(9), id(9), minutes(9)),
    isLastByAgent: fc.boolean(),
    cannedMessages: maybe(fc.array(id(2), { maxLength: 3 })),
    rating: maybe(id(5)),
    answers: fc.tuple(
      maybe(fc.constantFrom('Tents', 'Boots')),
      maybe(fc.constantFrom('Yes', 'No')),
      maybe(fc.constant('Advice')),
    ),
  })
  .map(({ length, stages, counts, answers, ...fact }): ChatFact => {
    const [agentMessages, visitorMessages, responses, responseTime] = counts;
    const [prechat, postchat, wrapup] = answers;
    const base = { ...fact, id: '', ...{ agentMessages, visitorMessages, responses, responseTime } };
    const { wait, agent, rating, ...rest } = base;
    const asked = compact({ ...rest, prechat: prechat && ([[12, prechat]] as const) });
    if (fact.outcome === 'waiting') return asked;
    if (fact.outcome !== 'chat') return { ...asked, wait };
    let until = fact.time + wait;
    const earlier = stages.map((stage) => {
      until += stage.minutes;
      return compact({ agent: stage.agent, department: stage.department, until });
    });
    return compact({
      ...asked,
      wait,
      agent,
      rating,
      earlier: earlier.length > 0 ? earlier : undefined,
      end: length === undefined ? undefined : until + length,
      postchat: postchat && ([[31, postchat]] as const),
      wrapup: wrapup && ([[21, wrapup]] as const),
    });
  });

const many = <Fact>(fact: fc.Arbitrary<Fact>, maxLength: number) => fc.array(fact, { maxLength });
const time = at.map((count) => count * minute);

const company: fc.Arbitrary<Facts> = fc.record({
  chats: many(chat, 16),
  visits: many(
    fc
      .record({ time, campaign: id(3), count: maybe(id(9)), stay: maybe(minutes(60)) })
      .map(({ stay, ...visit }) => compact({ ...visit, until: stay === undefined ? undefined : visit.time + stay })),
    8,
  ),
  // An agent does not change twice at once.
  statuses: fc.uniqueArray(
    fc.record({ time, agent: id(4), status: fc.constantFrom('Online', 'Online', 'Away', 'Offline', 'Lunch') }),
    { maxLength: 12, selector: ({ time, agent }) => `${time} ${agent}` },
  ),
  invitations: many(
    fc
      .record({ time, isAccepted: fc.boolean(), agent: maybe(id(4)), autoInvitation: id(3) })
      .map(({ autoInvitation, ...invitation }) =>
        compact(
          invitation.agent ? invitation : { ...invitation, autoInvitation, campaign: 1 + ((autoInvitation + 1) % 2) },
        ),
      ),
    10,
  ),
  offlineMessages: many(
    fc
      .record({
        id: fc.constant(''),
        time,
        department: maybe(id(2)),
        campaign: id(3),
        visitorSegment: maybe(id(2)),
        isFromQueue: fc.boolean(),
      })
      .map(compact),
    8,
  ),
  conversions: many(
    fc
      .record({
        time,
        conversionAction: id(3),
        visitor: fc.constantFrom('a', 'b', 'e'),
        value: id(90),
        department: maybe(id(2)),
        agent: maybe(id(4)),
      })
      .map(compact),
    8,
  ),
  botChats: many(
    fc
      .record({ time, stay: maybe(minutes(30)), answers: id(5), confidentAnswers: id(5), isHandedOver: fc.boolean() })
      .map(({ stay, ...bot }) => compact({ ...bot, end: stay === undefined ? undefined : bot.time + stay })),
    4,
  ),
});

/** What is asked of a report. */
const question = fc.record({
  scene: fc.constantFrom(...scenes),
  from: fc.integer({ min: -8, max: 96 }),
  quarters: fc.integer({ min: 1, max: 3 * 96 }),
  isLong: fc.boolean(),
  pick: fc.nat(),
  filter: maybe(fc.tuple(fc.nat(), id(4))),
  now: at,
});

type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

/** The facts at the time of a question, in the order of their times. */
function placed(facts: Facts, start: number): Facts {
  const shift = <Fact extends { time: number }>(fact: Fact): Fact => {
    const times = Object.fromEntries(
      ['time', 'end', 'until'].flatMap((name) => {
        const value = fact[name as keyof Fact];
        return typeof value === 'number' ? [[name, value + start]] : [];
      }),
    );
    return { ...fact, ...times };
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, list]) => [
      name,
      (list as ChatFact[])
        .map(shift)
        .map((fact) =>
          fact.earlier
            ? { ...fact, earlier: fact.earlier.map((stage) => ({ ...stage, until: stage.until + start })) }
            : fact,
        )
        .sort((one, other) => one.time - other.time),
    ]),
  ) as unknown as Facts;
}

function queryOf(
  { scene, from, quarters, isLong, now, filter }: Question,
  operation: string,
  group?: string,
): ReportQuery {
  const { zone, start } = scene;
  const isWide = isLong && group !== 'hour' && !/Workload|Availability|Queue|Status/.test(operation);
  const timeFrom = localText(zone, start + from * 15 * minute - (isWide ? 9 * day : 0));
  const timeTo = localText(zone, start + (from + quarters) * 15 * minute + (isWide ? 20 * day : 0));
  const filters = valuesOf(operation, 'filterName');
  const filterName = filter && filters.length > 0 ? filters[filter[0] % filters.length] : undefined;
  return {
    timeFrom,
    timeTo,
    timezone: zone,
    group,
    now: start + now * minute,
    ...(filterName ? { filterName, filterValue: filter?.[1] } : {}),
  };
}

/** Fails where two reports differ by more than the last decimal of what is computed. */
function expectSame(computed: unknown, model: unknown, path = ''): void {
  if (typeof model === 'number' || model === undefined) {
    const isRough = /^avg(?!Messages|Concurrent).*(Time|Chats|Messages)$|^avgWait|^avgMax|^max.*Time/.test(
      path.split('.').at(-1) ?? '',
    );
    const isRatio = /chats\b/i.test(path) && !/Messages/.test(path);
    const tolerance = isRough && !isRatio ? 0.0501 : 0.00501;
    expect(Math.abs(Number(computed) - (model ?? 0)), `${path}: ${computed}, but ${model} is right`).toBeLessThan(
      tolerance,
    );
  } else if (typeof model === 'object' && model !== null) {
    const names = Object.keys(model);
    expect(Object.keys(computed as object).sort(), path).toEqual(names.sort());
    for (const name of names) {
      expectSame(
        (computed as Record<string, unknown>)[name],
        (model as Record<string, unknown>)[name],
        `${path}.${name}`,
      );
    }
  } else expect(computed, path).toEqual(model);
}

function compact<Value extends object>(value: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}

const rowsOf = (...given: Parameters<typeof report>) => report(...given) as Record<string, Json>[];

describe('reports of random companies', () => {
  it('found the reports of the description', () => expect([grouped.length, others.length]).toEqual([16, 11]));

  it('with groups are as an independent computation has them', () => {
    const property = fc.property(company, question, (facts, ask) => {
      const operation = grouped[ask.pick % grouped.length] ?? '';
      const groups = valuesOf(operation, 'group');
      const group = groups[Math.floor(ask.pick / grouped.length) % groups.length] ?? '';
      const placedFacts = placed(facts, ask.scene.start);
      const query = queryOf(ask, operation, group);
      const model = modelRows(operation, placedFacts, reported, query as Required<ReportQuery>);
      for (const version of ['v1', 'v2'] as const) {
        const computed = rowsOf(operation, version, new Activity(placedFacts), reported, query);
        const bare = computed.map(({ statusDistribution, time, ...row }) =>
          group.includes('Distribution') ? row : { ...(time ? { time } : {}), ...row },
        );
        expectSame(bare, model, `${operation} by ${group}`);
      }
    });
    fc.assert(property, { seed, numRuns: runs });
  }, 120_000);

  it('without groups, and in real time, are so too', () => {
    const property = fc.property(company, question, (facts, ask) => {
      const known = others.filter((each) => !/CustomMetrics/.test(each));
      const operation = known[ask.pick % known.length] ?? '';
      const placedFacts = placed(facts, ask.scene.start);
      const query = queryOf(ask, operation);
      for (const version of ['v1', 'v2'] as const) {
        const computed = report(operation, version, new Activity(placedFacts), reported, query);
        expectSame(computed, modelOther(operation, version, placedFacts, reported, query), operation);
      }
    });
    fc.assert(property, { seed, numRuns: runs / 2 });
  }, 120_000);

  it('add up: the rows of all periods, and of all parts, are the whole', () => {
    const additive: Record<string, { names: string[]; parts: string[] }> = {
      getChatVolumeReport: {
        names: ['chatRequests', 'chats', 'missedChats', 'refusedChats'],
        parts: ['campaign'],
      },
      getVisitsReport: { names: ['visits'], parts: ['campaign'] },
      getAvailabilityReport: { names: ['online'], parts: [] },
      getWorkloadReport: { names: ['linearChatTime', 'idleTime', 'totalChatTime', 'chats'], parts: [] },
      getConversionsReport: { names: ['conversions', 'value'], parts: ['conversionAction'] },
      getOfflineMessageReport: { names: ['messages', 'fromOfflineButton', 'fromChatQueue'], parts: ['campaign'] },
      getAutoInvitationReport: { names: ['sent', 'accepted'], parts: ['campaign', 'autoInvitation'] },
      getManualInvitationReport: { names: ['sent', 'accepted'], parts: ['agent'] },
    };
    const all = Object.entries(additive);
    const property = fc.property(company, question, (facts, ask) => {
      const [operation, { names, parts }] = all[ask.pick % all.length] ?? ['', { names: [], parts: [] }];
      const activity = new Activity(placed(facts, ask.scene.start));
      const query = queryOf({ ...ask, filter: undefined }, operation, 'hour');
      const totals = (group: string) =>
        names.map((name) =>
          rowsOf(operation, 'v2', activity, reported, { ...query, group }).reduce(
            (sum, row) => sum + Number(row[name]),
            0,
          ),
        );
      const whole = totals('month');
      for (const group of ['hour', 'day', 'week', ...parts]) {
        totals(group).forEach((total, index) => {
          expect(total, `${operation}, ${names[index]} by ${group}`).toBeCloseTo(whole[index] ?? 0, 2);
        });
      }
    });
    fc.assert(property, { seed, numRuns: runs / 4 });
  }, 120_000);
});

describe('the periods of a time zone whose clocks change', () => {
  const times = (timezone: string, group: string, timeFrom: string, timeTo: string) =>
    rowsOf('getVisitsReport', 'v2', new Activity(), reported, { timezone, group, timeFrom, timeTo, now: 0 }).map(
      ({ time }) => {
        const { from, to } = time as { from: string; to: string };
        return `${from.slice(5, 16)} ${to.slice(5, 16)}`;
      },
    );

  it.each([
    {
      given: ['America/New_York', 'hour', '2025-03-09T00:00:00', '2025-03-09T05:00:00'],
      want: [
        '03-09T00:00 03-09T01:00',
        '03-09T01:00 03-09T03:00',
        '03-09T03:00 03-09T04:00',
        '03-09T04:00 03-09T05:00',
      ],
    },
    {
      given: ['America/New_York', 'hour', '2025-11-02T00:00:00', '2025-11-02T03:00:00'],
      want: [
        '11-02T00:00 11-02T01:00',
        '11-02T01:00 11-02T01:00',
        '11-02T01:00 11-02T02:00',
        '11-02T02:00 11-02T03:00',
      ],
    },
    // Cairo has no midnight on 25 April: the day begins at one.
    {
      given: ['Africa/Cairo', 'day', '2025-04-24T00:00:00', '2025-04-26T00:00:00'],
      want: ['04-24T00:00 04-25T01:00', '04-25T01:00 04-26T00:00'],
    },
    // On Lord Howe Island, clocks go back by half an hour.
    {
      given: ['Australia/Lord_Howe', 'hour', '2025-04-06T01:00:00', '2025-04-06T03:00:00'],
      want: ['04-06T01:00 04-06T01:30', '04-06T01:30 04-06T02:00', '04-06T02:00 04-06T03:00'],
    },
    // The first and the last period end with the range; weeks begin on Sunday.
    {
      given: ['+05:45', 'week', '2025-03-05T10:20:00', '2025-03-17T08:00:00'],
      want: ['03-05T10:20 03-09T00:00', '03-09T00:00 03-16T00:00', '03-16T00:00 03-17T08:00'],
    },
    {
      given: ['+00:00', 'month', '2024-12-15T00:00:00', '2025-03-01T00:00:00'],
      want: ['12-15T00:00 01-01T00:00', '01-01T00:00 02-01T00:00', '02-01T00:00 03-01T00:00'],
    },
    { given: ['+00:00', 'day', '2025-03-05T00:00:00', '2025-03-05T00:00:00'], want: [] },
  ] as { given: [string, string, string, string]; want: string[] }[])('$given', ({ given, want }) => {
    expect(times(...given)).toEqual(want);
  });

  it.each([
    { given: { timezone: 'Nowhere/Else' }, want: /^timezone "Nowhere\/Else" is not an offset such as \+08:00\.$/ },
    { given: { timezone: '+99:00' }, want: /timezone "\+99:00"/ },
    { given: { timeFrom: '2025-02-30T00:00:00' }, want: /^timeFrom is not a time: write it as yyyy-MM-ddTHH:mm:ss\.$/ },
    { given: { timeTo: '2025-03-03' }, want: /^timeTo is not a time/ },
    { given: { timeFrom: '0001-01-01T00:00:00' }, want: /too long for its group/ },
    { given: { filterName: 'campaign' }, want: /^Parameter 'filterValue' is required together with 'filterName'\.$/ },
  ])('$given is an error', ({ given, want }) => {
    const query = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00', group: 'hour', now: 0, ...given };
    expect(() => report('getVisitsReport', 'v1', new Activity(), reported, query)).toThrow(want);
  });
});

describe('a copy of what happened', () => {
  const fact = (time: number, campaign = 1) => ({ time, campaign });
  const visits = (activity: Activity) => {
    const query = { timeFrom: '1970-01-01T00:00:00', timeTo: '1970-01-02T00:00:00', group: 'day', now: 0 };
    return rowsOf('getVisitsReport', 'v2', activity, reported, query)[0]?.visits;
  };

  it('changes without the other, and the other without it', () => {
    const one = new Activity({ visits: [fact(1000), fact(2000, 2)] });
    const other = one.copy();
    other.visits.add(fact(1500));
    one.visits.remove(({ campaign }) => campaign === 2);
    const third = one.copy();
    one.visits.replace(({ time }) => time === 1000, { ...fact(3000), campaign: 2 });
    expect([visits(one), visits(other), visits(third)]).toEqual([1, 3, 1]);
    expect([one, other, third].map(({ visits }) => visits.all().map(({ time }) => time))).toEqual([
      [3000],
      [1000, 1500, 2000],
      [1000],
    ]);
  });
});

describe('the expression of a custom metric', () => {
  const chats = [
    { 'Prechat.Department': 'Sales', 'Prechat.Name': 'Ann', 'Wrapup.Category': 'Junk' },
    { 'Prechat.Department': 'Sales', 'Prechat.Name': 'Ben', 'Postchat.Rating': '5' },
    { 'Prechat.Department': 'R and D', 'Prechat.Name': 'Cy', 'Postchat.Rating': '1' },
  ].map((fields: Record<string, string>) => (name: string) => fields[name] ?? '');
  const count = (condition: string) => `Compute("count({!Prechat.Name})","${condition}")`;

  it.each([
    { given: count("{!Prechat.Department}='Sales'"), want: 2 },
    { given: `${count("{!Wrapup.Category}<>'Junk'")}/${count('true')}`, want: 2 / 3 },
    { given: count("{!Prechat.Department}='R and D' or {!Postchat.Rating}='5' and {!Prechat.Name}='Ann'"), want: 1 },
    { given: `2 * (${count('true')} - 1) - 1 / 2`, want: 3.5 },
    // What cannot be computed or read is 0, as an empty dashboard shows it.
    { given: `1 / ${count("{!Prechat.Name}='Zoe'")}`, want: 0 },
    { given: count('{!Prechat.Name}=Ann'), want: 0 },
    { given: 'Compute("sum({!Prechat.Name})","true")', want: 0 },
    { given: `${count('true')} 1`, want: 0 },
    { given: `${'('.repeat(10_000)}`, want: 0 },
    { given: '', want: 0 },
  ])('$given is $want', ({ given, want }) => expect(evaluate(given, chats)).toBeCloseTo(want, 9));
});
