import type { ChatFact, Json } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { expect, test } from 'vitest';
import { type CompanyEvent, eventsOf } from '../../src/sandbox/life/events.ts';
import { advance } from '../../src/sandbox/life/live.ts';
import { followFacts, recordFact } from '../../src/sandbox/life/record.ts';
import { Activity } from '../../src/sandbox/reports/activity.ts';
import { type Entity, Store } from '../../src/sandbox/store.ts';
import { problemsOf } from './schemas.ts';

const strict = readDocument(import.meta.resolve('@comm100-openapi/spec/strict/v2.json'));
const examples = strict.components?.examples as unknown as Record<string, { value: Record<string, Entity> }>;
const example = (name: string) => examples[name]?.value ?? {};

const list = (entities: Entity[]) => new Map(entities.map((entity) => [String(entity.id), entity]));
const tom = { id: 2, displayName: 'Tom', email: 'tom.okafor@larkspur.example', status: 'online' };
const tent: Entity = {
  ...(example('chat-tent') as unknown as Entity),
  v1: { phone: '+1-555-0101', company: 'Hall Climbing Club', product_service: 'Tents' },
};
const grace = example('visitor-grace') as unknown as Entity;
const fact: ChatFact = {
  id: String(tent.id),
  time: Date.parse('2025-03-07T09:12:45.027Z'),
  wait: 12_000,
  outcome: 'waiting',
  isQueued: false,
  campaign: 1,
  department: 1,
  visitor: String(grace.id),
  page: '',
  source: 'visitor',
  agentMessages: 3,
  visitorMessages: 2,
  responses: 2,
  responseTime: 0,
  isLastByAgent: false,
};
const end = Date.parse('2025-03-07T09:31:10.4Z');

function company(extra: [string, Map<string, Entity>][] = []) {
  const seed = new Map([
    ['agents', list([tom, { id: 1, displayName: 'Maya', email: 'maya.brooks@larkspur.example', status: 'offline' }])],
    ['departments', list([{ id: 1, name: 'Support' }])],
    ['campaigns', list([{ id: 1 }])],
    ['visitors', list([grace])],
    ...extra,
  ]);
  const store = new Store(seed);
  const events: CompanyEvent[] = [];
  store.onChange((change) => events.push(...eventsOf(change, store, Date.parse('2025-03-07T09:33:05Z'))));
  return { store, events };
}

test('the course of a chat is what the examples of the events show', () => {
  const { store, events } = company();
  const put = (fields: Partial<ChatFact>) => recordFact(store, 'chats', fact.id, { ...fact, ...fields });
  put({});
  put({ outcome: 'chat', agent: 2 });
  store.put('chats', fact.id, tent);
  put({ outcome: 'chat', agent: 2, end });
  put({ outcome: 'chat', agent: 2, end, wrapup: [[21, 'Damaged goods']] });
  expect(events.map(({ event }) => event)).toEqual(['chatRequested', 'chatStarted', 'chatEnded', 'chatWrappedUp']);
  const [, , ended, wrappedUp] = events.map(({ body }) => body as Record<string, Json>);
  const { visitor: _, ...chatEnded } = example('event-chat-ended');
  expect(ended).toMatchObject(chatEnded);
  const { visitor: __, ...chatWrappedUp } = example('event-chat-wrapped-up');
  expect(wrappedUp).toMatchObject(chatWrappedUp);
  // The example is of an earlier visit of hers.
  const { visit_time, visits, page_views, current_browsing, ...visitor } = example('event-chat-ended').visitor ?? {};
  expect(ended?.visitor).toMatchObject(visitor);
});

test.each([
  { name: 'logs in', given: ['offline', 'online'], want: 'login' },
  { name: 'logs out', given: ['away', 'offline'], want: 'logout' },
  { name: 'comes back', given: ['Lunch', 'online'], want: 'online' },
  { name: 'goes to lunch', given: ['online', 'Lunch'], want: 'away' },
  { name: 'stays', given: ['online', 'online'], want: undefined },
])('an agent who $name is an event: $want', ({ given: [before = '', after = ''], want }) => {
  const { store, events } = company([['agents', list([{ ...tom, status: before }])]]);
  store.put('agents', '2', { ...tom, status: after });
  expect(events.map(({ body }) => body)).toEqual(want ? [{ event: want, operator_id: 2 }] : []);
});

test('what goes back to what it was, is removed or is of the seed is no event', () => {
  const { store, events } = company();
  store.put('agents', '2', { ...tom, status: 'away' });
  events.length = 0;
  store.restore();
  store.remove('agents', '2');
  store.restore({ agents: { 2: { ...tom, status: 'offline' } } });
  expect(events).toEqual([]);
});

test('all that happens in a company makes valid events', () => {
  const agents = list([1, 2, 3].map((id) => ({ ...tom, id, maxChatsCount: 1, departments: [1] })));
  const { store, events } = company([
    ['agents', agents],
    ['customVariables', list([{ id: 1, name: 'basket_value', type: 'decimal' }])],
  ]);
  const template: ChatFact = { ...fact, outcome: 'chat', end, agent: 2, rating: 5, wrapup: [[21, 'Advice']] };
  const activity = new Activity({ chats: [template] });
  followFacts(store, activity);
  advance({ store, activity }, end, end + 9 * 3_600_000);
  const found = new Map<string, number>();
  for (const { event, body } of events) {
    found.set(event, (found.get(event) ?? 0) + 1);
    const place = `/webhooks/${event}/post/requestBody/content/application~1json/schema`;
    expect(problemsOf(place, body), event).toEqual([]);
  }
  expect([...found.keys()].sort()).toEqual([
    'chatEnded',
    'chatRequested',
    'chatStarted',
    'chatTransferred',
    'chatWrappedUp',
    'offlineMessageSubmitted',
    'operatorEventNotification',
  ]);
  const chats = activity.chats.all().slice(1);
  expect(found.get('chatRequested')).toBe(chats.length);
  expect(found.get('chatEnded')).toBe(chats.filter((chat) => chat.end !== undefined).length);
});
