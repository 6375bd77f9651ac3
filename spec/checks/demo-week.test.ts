import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatFact } from '@comm100-openapi/description';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readWeek } from '../build/week.ts';
import { isNode, listOf, type Node } from '../lib/values.ts';

const demo = join(import.meta.dirname, '..', 'demo');
const company: Node = parse(readFileSync(join(demo, 'company.yaml'), 'utf8'));
const { chats } = readWeek(join(demo, 'week'), company);

describe('the week of the demo company', () => {
  const week = isNode(company.week) ? company.week : {};
  const perDay = (count: (chat: ChatFact) => number) =>
    [3, 4, 5, 6, 7].map((day) =>
      chats.filter(({ time }) => new Date(time).getUTCDate() === day).reduce((sum, chat) => sum + count(chat), 0),
    );
  const asOne = (...outcomes: string[]) => perDay(({ outcome }) => (outcomes.includes(outcome) ? 1 : 0));

  it.each([
    { name: 'chatRequests', of: perDay(() => 1) },
    { name: 'chats', of: asOne('chat') },
    { name: 'missedChats', of: asOne('abandoned', 'switched') },
    { name: 'refusedChats', of: asOne('refused') },
    // The chat that goes on at the end of the week has no length yet, but for the time before it was handed over.
    {
      name: 'totalChatTime',
      of: perDay(({ outcome, time, wait = 0, end, earlier }) =>
        outcome === 'chat' ? ((end ?? earlier?.at(-1)?.until ?? time + wait) - time - wait) / 1000 : 0,
      ),
    },
  ])('has the $name that company.yaml states', ({ name, of }) => expect(of).toEqual(week[name]));

  it.each(listOf(company.chats).filter(isNode))('has the chat $id as company.yaml states it', (stated) => {
    const chat = chats.find(({ id }) => id === stated.id);
    const visitor = listOf(company.visitors).find((it) => isNode(it) && it.name === stated.visitor);
    const waited = typeof stated.waited === 'string' ? Number.parseInt(stated.waited, 10) * 1000 : undefined;
    expect(chat).toMatchObject({
      outcome: stated.refused ? 'refused' : stated.missed ? 'abandoned' : 'chat',
      time: Date.parse(`${stated.start}Z`),
      department: stated.department,
      visitor: isNode(visitor) ? visitor.id : undefined,
      ...(waited === undefined ? {} : { wait: waited }),
    });
    expect([chat?.agent, chat?.end, chat?.rating]).toEqual([
      stated.agent,
      stated.end && Date.parse(`${stated.end}Z`),
      stated.rating,
    ]);
    expect(chat?.wrapup?.map(([, option]) => option)).toEqual(stated.filedUnder && [stated.filedUnder]);
  });

  it('has each chat once', () => expect(new Set(chats.map(({ id }) => id)).size).toBe(100));
});

describe('a table of the week that is wrong', () => {
  const files = ['chats', 'visits', 'stays', 'statuses', 'invitations', 'offline-messages', 'conversions', 'chatbot'];

  it.each([
    {
      file: 'statuses',
      from: ',1,Online',
      to: ',9,Online',
      want: /statuses\.csv, line 2, agent: 9 is not one of demo/,
    },
    {
      file: 'statuses',
      from: 'T09:00:00,1',
      to: ' 9:00,1',
      want: /line 2, time: '2025-03-03 9:00' is not a time such/,
    },
    { file: 'statuses', from: ',1,Online', to: ',1', want: /line 2 has 2 values; the first line names 3 columns/ },
    { file: 'statuses', from: ',1,Online', to: ',1,"Online"', want: /line 2: remove the quotes/ },
    {
      file: 'stays',
      from: 'until',
      to: 'untill',
      want: /stays\.csv, line 2: the first line of the file names no column/,
    },
    { file: 'invitations', from: ',no', to: ',maybe', want: /line 2, accepted: 'maybe' is not one of yes, no/ },
    { file: 'chats', from: '3/2:90', to: '3:90', want: /earlier: 3:90 is not agent\/department:seconds/ },
    { file: 'conversions', from: '.', to: 'x', want: /line 2, value: '\d+x\d+' is not a number from 0 to 1000000/ },
  ])('gives an error that names the place: $want', ({ file, from, to, want }) => {
    const folder = mkdtempSync(join(tmpdir(), 'week-'));
    for (const name of files) {
      const text = readFileSync(join(demo, 'week', `${name}.csv`), 'utf8');
      writeFileSync(join(folder, `${name}.csv`), name === file ? text.replace(from, to) : text);
    }
    expect(() => readWeek(folder, company)).toThrow(want);
  });
});
