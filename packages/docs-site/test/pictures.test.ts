/** The pictures: what they show, against what the documents say, and that they can be read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { successOf } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { reportCharts } from '../src/html/chart.ts';
import { html } from '../src/html/html.ts';
import { readSite } from '../src/model/site.ts';
import { DIST } from '../src/serve.ts';
import { at, documented, versions } from './expected.ts';
import { textOf } from './rendered.ts';

describe.each(versions)('The map of %s', (version) => {
  const source = derive(`map ${version}`).source;
  const rows = [...source.matchAll(/<tr><td[^>]*>(.*?)<\/td><td[^>]*>(.*?)<\/td><\/tr>/g)].map(
    ([, from = '', to = '']) => [textOf(from), textOf(to)] as const,
  );

  test('leads to the page of each resource', () => {
    const links = new Set([...source.matchAll(/href="\/(\w+)\/[^"]+">([^<]+)</g)].map(([, of, tag]) => `${of} ${tag}`));
    const tags = new Set(documented(version).map(({ tag }) => `${version} ${tag}`));
    expect([...links].toSorted()).toEqual([...tags].toSorted());
  });

  test('has a dot for each reference of its table, and an arrow for each target', () => {
    const targets = new Set(rows.flatMap(([, to]) => to.split(/ \([^)]*\)(?:, |$)/).filter(Boolean)));
    const references = rows.flatMap(([, to]) => to.split(/ \([^)]*\)(?:, |$)/).filter(Boolean));
    const [, lines = ''] = /<svg[^>]*>(.*?)<\/svg><\/div>/.exec(source) ?? [];
    expect(lines.match(/class="map-dot/g)).toHaveLength(references.length);
    expect(lines.match(/class="map-head"/g)).toHaveLength(targets.size);
    expect(source.match(/class="(map-part )?map-target/g)).toHaveLength(targets.size);
  });

  test('names what the documents say is an id of another thing', () => {
    const table = Object.fromEntries(rows);
    for (const [from, to] of EXPECTED[version]) expect(table[from]).toBe(to);
  });
});

/** Read in the documents of each version, and not from the description. */
const EXPECTED: Record<(typeof versions)[number], [from: string, to: string | undefined][]> = {
  v2: [
    ['Departments', 'Agents (agents), Agent groups (groups), Departments (backupDepartmentId)'],
    ['Agents', 'Agent groups (groups)'],
    ['Canned messages', 'Canned message categories (categoryId)'],
    ['Canned message categories', 'Canned message categories (parentId)'],
    ['Audit log', 'Agents (parameter agentId)'],
    ['Chats', 'Agents (parameter agentId), Departments (parameter departmentId), Visitors (parameter visitorId)'],
    ['Visitor SSO', 'Campaigns (campaignSSOOptions.campaignId)'],
    ['IP restriction', undefined],
  ],
  v1: [
    ['Agents', 'Departments (departments)'],
    ['Departments', 'Agents (members)'],
    ['Chats', 'Departments (parameter department), Agents (parameter operator)'],
    ['Site status', undefined],
  ],
};

/** The charts of an operation, in the order of its examples. */
function chartsOf(version: (typeof versions)[number], id: string): string[] {
  const views = readSite(version).resources.flatMap(({ operations }) => operations);
  const view = views.find(({ operation }) => operation.id === id);
  const examples = view ? (successOf(view.operation)?.media[0]?.examples ?? []) : [];
  return examples
    .map(({ value }) => (view ? html`${reportCharts(view.operation, value)}`.source : ''))
    .flatMap((source) => source.match(/(?<=<figure class="chart">).*?(?=<\/figure>)/gs) ?? []);
}

/** The height of each column of a path, in per cent of the highest. */
const heightsOf = (chart: string) =>
  [...chart.matchAll(/ d="([^"]*)"/g)].map(([, path = '']) =>
    [...path.matchAll(/v-([\d.]+)h/g)].map(([, height]) => Number(height)),
  );

describe('The chart of a report', () => {
  test.each([
    {
      name: 'stacks what adds up, and says the sum',
      given: { id: 'getChatVolumeReport', place: 0 },
      // The chats and the missed and refused chats of the demo company: 24 on Monday, of which 20 became chats.
      want: {
        text: 'chatRequests by timechatsmissedChatsrefusedChats24 Mon 3 Mar21 Tue 4 Mar19 Wed 5 Mar22 Thu 6 Mar14 Fri 7 Mar',
        first: [83, 75, 71, 79, 46],
        paths: 3,
      },
    },
    {
      name: 'stacks the ratings',
      given: { id: 'getRatingReport', place: 4 },
      want: {
        text: 'score by departmentIdscore5score4score3score2score119 112 23 3',
        first: [58, 42, 11],
        paths: 5,
      },
    },
    {
      name: 'draws measures of different units apart',
      given: { id: 'getWrapupCompletionReport', place: 2 },
      want: { text: 'by departmentIdwrapups39 127 27 3chats46 130 29 3', first: [100, 69, 18], paths: 2 },
    },
    {
      name: 'shows a distribution by its own times',
      given: { id: 'getVisitsReport', place: 2 },
      want: {
        text: 'visits by time38 Mon. 11:0027 Fri. 09:0033 Fri. 13:000 Sat. 23:00',
        first: [100, 71, 87],
        paths: 1,
      },
    },
  ])('$name', ({ given, want }) => {
    const chart = chartsOf('v2', given.id)[given.place] ?? '';
    const heights = heightsOf(chart);
    expect(textOf(chart).replaceAll('\u00a0', ' ')).toBe(want.text);
    expect(heights).toHaveLength(want.paths);
    expect(heights[0]).toEqual(want.first);
  });

  test('has bars where the labels are long, and one chart for each question of a survey', () => {
    expect(textOf(chartsOf('v2', 'getChatSourceRequestPageReport')[0] ?? '')).toContain(
      'https://www.larkspur.example/tents 19',
    );
    expect(chartsOf('v2', 'getWrapupSurveyReport').map((chart) => textOf(chart).slice(0, 24))).toEqual([
      'Category (campaignId 1)L',
      'Follow-up (campaignId 1)',
      'Category (campaignId 2)L',
      'Follow-up (campaignId 2)',
    ]);
  });

  test.each(versions)('is on the pages of %s at every report, except those that are no rows of figures', (version) => {
    const reports = documented(version).filter(({ path }) => path.includes('/reports/'));
    const charts = reports.map(({ id }) => ({ id, charts: chartsOf(version, id) }));
    const without = charts.filter((report) => report.charts.length === 0).map(({ id }) => id);
    expect(reports).toHaveLength(27);
    expect(without).toEqual(['getAgentStatusReport', 'getRealTimeRightNow', 'getRealTimeToday', 'getRealTimeQueue']);
    const pages = readdirSync(join(DIST, version), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    );
    const shown = pages.flatMap(
      (file) => readFileSync(join(DIST, version, file), 'utf8').match(/<figure class="chart">/g) ?? [],
    );
    expect(shown).toHaveLength(charts.flatMap((report) => report.charts).length);
  });
});

describe('The life of a chat', () => {
  const source = derive('chat-life v2').source;
  const steps = [...source.matchAll(/<li>(.*?)<\/li>/gs)].map(([, step = '']) => textOf(step));

  test('has every event that a webhook can have, at its step', () => {
    // The events of `Webhooks` in the documents, and what the help pages say about when each is sent.
    const events = {
      chatRequested: 'Waiting',
      chatStarted: 'In a chat',
      chatTransferred: 'Transferred',
      chatEnded: 'Chat ended',
      chatWrappedUp: 'Wrapped up',
      offlineMessageSubmitted: 'Offline message',
    };
    for (const [event, title] of Object.entries(events)) {
      const places = steps.filter((step) => step.includes(`Webhook: ${event}`));
      expect(places.map((step) => step.slice(0, title.length))).toEqual([title]);
    }
    expect(textOf(source)).toContain('operatorEventNotification sample is sent when an agent logs in');
  });

  test('marks what is known of an event, as its description does', () => {
    const marks = Object.fromEntries(
      Object.entries(at('v2', 'webhooks')).map(([event, item]) => [
        event,
        (item as { post: { 'x-evidence': string } }).post['x-evidence'],
      ]),
    );
    for (const [event, mark] of Object.entries(marks)) expect(textOf(source)).toContain(`${event} ${mark}`);
  });

  test('has the same steps in the picture as in the list', () => {
    const titles = [...source.matchAll(/class="life-title"[^>]*>([^<]+)</g)].map(([, title = '']) =>
      title.replace(/^\d+\. /, ''),
    );
    expect(titles).toEqual(steps.map((step) => step.split('.')[0]));
    expect(source.match(/class="life-head"/g)).toHaveLength(titles.length - 1);
  });
});
