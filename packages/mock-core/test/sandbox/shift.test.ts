import type { ChatFact, Facts } from '@comm100-openapi/description';
import { expect, test } from 'vitest';
import { daysBetween, shiftFacts, shiftSeed, shiftText } from '../../src/sandbox/life/shift.ts';

test.each([
  { given: '2025-03-07T09:12:45.027', want: '2025-03-17T09:12:45.027' },
  { given: '2025-02-25', want: '2025-03-07' },
  { given: '03/07/2025 09:12:57', want: '03/17/2025 09:12:57' },
  { given: '12/25/2025 23:59:59', want: '01/04/2026 23:59:59' },
  { given: '/Date(1741338765000)/', want: '/Date(1742202765000)/' },
  { given: '/Date(1741338765)/', want: '/Date(1742202765)/' },
  { given: 'Ordered 2025-03-01, arrived 2025-03-07.', want: 'Ordered 2025-03-11, arrived 2025-03-17.' },
  { given: '/Date(-62135596800000)/', want: '/Date(-62135596800000)/' },
  { given: '0001-01-01T00:00:00', want: '0001-01-01T00:00:00' },
  { given: '+81-3-5555-0102', want: '+81-3-5555-0102' },
  { given: '3b6f0c52-9d1e-4057-8020-5a1d7e4f0001', want: '3b6f0c52-9d1e-4057-8020-5a1d7e4f0001' },
  { given: 'MM/dd/yyyy HH:mm:ss', want: 'MM/dd/yyyy HH:mm:ss' },
])('ten days after $given is $want', ({ given, want }) => {
  expect(shiftText(given, 10)).toBe(want);
  expect(shiftText(want, -10)).toBe(given);
});

test('a seed is shifted at any depth, and each entity is the same one each time', () => {
  const chat = { id: 'a', time: '2025-03-07T09:00:00', transcript: [{ time: '03/07/2025 09:00:00' }], rating: null };
  const seed = shiftSeed(new Map([['chats', new Map([['a', chat]])]]), 1);
  const chats = seed.get('chats');
  expect(chats?.get('a')).toEqual({
    id: 'a',
    time: '2025-03-08T09:00:00',
    transcript: [{ time: '03/08/2025 09:00:00' }],
    rating: null,
  });
  expect(chats?.get('a')).toBe(chats?.get('a'));
  expect([chats?.size, chats?.has('a'), chats?.has('b'), [...(chats?.keys() ?? [])]]).toEqual([1, true, false, ['a']]);
});

test('facts are shifted in all their times, and in no length of time', () => {
  const chat = { id: 'a', time: 1000, wait: 5, end: 2000, responseTime: 7, earlier: [{ agent: 1, until: 1500 }] };
  const none = { visits: [], statuses: [], invitations: [], offlineMessages: [], conversions: [], botChats: [] };
  const facts: Facts = { ...none, chats: [chat as unknown as ChatFact], visits: [{ time: 1, until: 2, campaign: 3 }] };
  const day = 86_400_000;
  expect(shiftFacts(facts, 2)).toEqual({
    ...none,
    chats: [{ ...chat, time: 1000 + 2 * day, end: 2000 + 2 * day, earlier: [{ agent: 1, until: 1500 + 2 * day }] }],
    visits: [{ time: 1 + 2 * day, until: 2 + 2 * day, campaign: 3 }],
  });
});

test('days are those of UTC', () => {
  expect(daysBetween(Date.UTC(2025, 2, 7, 14), Date.UTC(2025, 2, 8, 0, 1))).toBe(1);
  expect(daysBetween(Date.UTC(2025, 2, 7, 14), Date.UTC(2025, 2, 7, 23, 59))).toBe(0);
  expect(daysBetween(Date.UTC(2025, 2, 7), Date.UTC(2025, 2, 6, 23))).toBe(-1);
});
