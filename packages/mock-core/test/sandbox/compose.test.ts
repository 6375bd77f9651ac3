import type { ChatFact } from '@comm100-openapi/description';
import { expect, test } from 'vitest';
import {
  type Cast,
  composeChat,
  composeMissed,
  composeOfflineMessage,
  composeVisitor,
} from '../../src/sandbox/life/compose.ts';
import { makeHistory } from '../../src/sandbox/life/history.ts';
import { problemsOf } from './schemas.ts';

const { facts } = makeHistory({
  chats: 300,
  until: Date.UTC(2025, 2, 3),
  seed: 1,
  workers: [
    { id: 1, departments: [1, 2], maxChats: 5 },
    { id: 2, departments: [1], maxChats: 2 },
  ],
  departments: [1, 2],
  campaigns: [1],
  conversionActions: [],
  awayStatus: 'Lunch',
  templates: [
    {
      campaign: 1,
      page: 'https://www.larkspur.example/',
      source: 'visitor',
      rating: 4,
      prechat: [[12, 'Tents']],
      postchat: [[31, 'Yes']],
      wrapup: [
        [21, 'Advice'],
        [22, 'Call back'],
      ],
    },
    { campaign: 1, page: 'https://www.larkspur.example/', source: 'auto' },
  ],
});
const visit = {
  first: 0,
  time: 1000,
  visits: 2,
  chats: 1,
  status: 11,
  department: 1,
  page: 'https://www.larkspur.example/',
};
const customVariables = [
  { id: 1, name: 'basket_value', type: 'decimal' },
  { id: 2, name: 'membership', type: 'text' },
];
const fields: Record<number, string> = {
  12: 'Product service',
  21: 'Category',
  22: 'Follow-up',
  31: 'Did we solve it?',
};
const cast: Cast = {
  agent: (id) => ({ name: ['', 'Maya', 'Tom'][id] ?? '', email: `agent${id}@larkspur.example` }),
  department: (id) => ['', 'Support', 'Sales'][id],
  visitor: (id) => composeVisitor(id, visit, { customVariables }),
  field: (id) => fields[id],
  isCategory: (id) => id === 21,
  group: (category) => (category === 'Advice' ? 'Sales' : undefined),
  customVariables,
};
const withoutV1 = ({ v1: _, ...fields }: Record<string, unknown>) => fields;
const held = facts.chats.filter(({ outcome }) => outcome === 'chat');
const missed = facts.chats.filter(({ outcome }) => outcome !== 'chat');

/** `03/07/2025 09:12:57` as milliseconds. */
function instant(text: string): number {
  const [, month, day, year, clock] = /^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${clock}Z`);
}

interface Message {
  time: string;
  sender: string;
  type: string;
  content: string;
}

test('what is composed is valid', () => {
  expect(held.flatMap((fact) => problemsOf('Chat', withoutV1(composeChat(fact, cast))))).toEqual([]);
  expect(missed.length).toBeGreaterThan(10);
  for (const fact of missed) {
    const { type, chat } = composeMissed(fact, cast);
    const valid = { type, chat: withoutV1(chat as Record<string, unknown>) };
    expect(problemsOf('MissedAndRefusedChat', valid)).toEqual([]);
    expect(type).toBe(fact.outcome === 'refused' ? 'Refused' : 'Missed');
  }
  const visitor = held[0]?.visitor ?? '';
  expect(problemsOf('Visitor', composeVisitor(visitor, visit, cast))).toEqual([]);
  expect(facts.offlineMessages.length).toBeGreaterThan(0);
  for (const fact of facts.offlineMessages) {
    expect(problemsOf('OfflineMessage', withoutV1(composeOfflineMessage(fact, visitor, cast)))).toEqual([]);
  }
});

test('a transcript agrees with what its fact counts', () => {
  for (const fact of held) {
    const chat = composeChat(fact, cast);
    const messages = chat.chatTranscript as unknown as Message[];
    const count = (type: string) => messages.filter((message) => message.type === type).length;
    expect([count('enumAgent'), count('enumVisitor')]).toEqual([fact.agentMessages, fact.visitorMessages]);
    expect(messages.at(-1)?.type === 'enumAgent').toBe(fact.isLastByAgent);
    const times = messages.map(({ time }) => instant(time));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const answered = Math.floor((fact.time + (fact.wait ?? 0)) / 1000) * 1000;
    expect(times[0]).toBe(answered);
    expect(Math.max(...times)).toBeLessThanOrEqual(fact.end ?? 0);
    expect(responseTimeOf(messages)).toBeCloseTo(fact.responseTime / 1000, -1.2);
    const names = (chat.agents as { display_name: string }[]).map(({ display_name }) => display_name);
    const senders = new Set(messages.filter(({ type }) => type === 'enumAgent').map(({ sender }) => sender));
    expect(names).toEqual(expect.arrayContaining([...senders]));
  }
});

/** How long agents took to respond to visitors, in seconds. */
function responseTimeOf(messages: Message[]): number {
  let time = 0;
  const said = messages.filter(({ type }) => type !== 'enumSystem');
  said.forEach((message, index) => {
    const before = said[index - 1];
    if (message.type === 'enumAgent' && before?.type === 'enumVisitor')
      time += instant(message.time) - instant(before.time);
  });
  return time / 1000;
}

test('the rest of a chat is what its fact says, in words', () => {
  const fact: ChatFact = {
    id: 'c8a4e1d1-2f6b-4d39-9b15-00004e200001',
    time: Date.UTC(2025, 2, 7, 9, 12, 45, 27),
    wait: 12_000,
    end: Date.UTC(2025, 2, 7, 9, 31, 10, 400),
    outcome: 'chat',
    isQueued: false,
    campaign: 1,
    department: 2,
    agent: 2,
    earlier: [{ agent: 1, department: 1, until: Date.UTC(2025, 2, 7, 9, 15) }],
    visitor: 'v',
    page: '',
    source: 'visitor',
    agentMessages: 2,
    visitorMessages: 1,
    responses: 1,
    responseTime: 5000,
    isLastByAgent: true,
    rating: 4,
    prechat: [[12, 'Tents']],
    wrapup: [
      [21, 'Advice'],
      [22, 'Call back'],
    ],
  };
  const chat = composeChat(fact, { ...cast, visitor: () => ({ name: 'Grace Hall', email: 'grace.hall@example.com' }) });
  expect(chat).toMatchObject({
    id: fact.id,
    name: 'Grace Hall',
    email: 'grace.hall@example.com',
    department: 'Sales',
    agents: [
      { id: 1, display_name: 'Maya', email: 'agent1@larkspur.example' },
      { id: 2, display_name: 'Tom', email: 'agent2@larkspur.example' },
    ],
    prechatFields: [{ id: 12, name: 'Product service', value: 'Tents' }],
    requestTime: '2025-03-07T09:12:45.027',
    waitingTime: '00:00:12',
    endTime: '2025-03-07T09:31:10.4',
    postChat: { ratingGrade: '4', fields: [] },
    wrapup: {
      category: [{ category: 'Advice', group: 'Sales' }],
      comment: '',
      fields: [{ id: 22, name: 'Follow-up', value: 'Call back' }],
    },
  });
  const transcript = chat.chatTranscript as unknown as Message[];
  expect(transcript.filter(({ type }) => type === 'enumSystem')).toMatchObject([
    { time: '03/07/2025 09:12:57', content: 'Maya has joined the chat.' },
    { time: '03/07/2025 09:15:00', content: 'Tom has joined the chat.' },
  ]);
  const said = transcript.filter(({ type }) => type === 'enumAgent');
  expect(said.map(({ sender }) => sender)).toEqual(['Maya', 'Tom']);
});
