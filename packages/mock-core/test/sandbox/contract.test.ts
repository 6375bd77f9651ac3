import { readMigration } from '@comm100-openapi/description/files';
import { describe, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { actionsOf } from '../../src/sandbox/actions.ts';
import { orderOf } from '../../src/sandbox/order.ts';
import { Store } from '../../src/sandbox/store.ts';
import { bundles, company } from '../helpers.ts';

const migration = readMigration(import.meta.resolve('@comm100-openapi/spec/migration.json'));

describe('what an operation does follows from its path, its schemas and the map', () => {
  const actions = actionsOf(bundles, migration);

  test.each<{ given: string; want: object | undefined }>([
    { given: '2 listDepartments', want: { verb: 'list', kind: 'departments' } },
    { given: '2 listAgents', want: { verb: 'list', kind: 'agents', list: 'agents' } },
    { given: '2 listAuditLogs', want: { verb: 'list', kind: 'auditLogs', list: 'logs' } },
    { given: '2 listAgentChats', want: { verb: 'list', kind: 'agentChats', list: 'agentChats' } },
    { given: '2 createBan', want: { verb: 'create', kind: 'bans' } },
    { given: '2 getPartnerSite', want: { verb: 'get', kind: 'sites', key: 'site_id' } },
    { given: '2 updateLiveChatAgent', want: { verb: 'update', kind: 'agents', key: 'id' } },
    { given: '2 deleteChats', want: { verb: 'delete', kind: 'chats' } },
    { given: '2 getSiteProfile', want: { verb: 'getSettings', kind: 'site.profile' } },
    { given: '2 listIpRanges', want: { verb: 'list', kind: 'ipRanges' } },
    {
      given: '2 updateCampaignAgentWrapup',
      want: { verb: 'updateSettings', kind: 'campaigns.agentWrapup', key: 'id' },
    },
    {
      given: '2 updateCampaignManualInvitation',
      want: { verb: 'updateSettings', kind: 'campaigns.invitation', key: 'id', part: 'manualInvitation' },
    },
    {
      given: '2 deleteCustomRule',
      want: {
        verb: 'delete',
        kind: 'customRules',
        key: 'custom_rule_id',
        owner: { kind: 'campaigns', parameter: 'id' },
      },
    },
    { given: '1 getAgent', want: { verb: 'get', kind: 'agents', key: 'email' } },
    { given: '1 listOfflineMessages', want: { verb: 'list', kind: 'offlineMessages', list: 'offline_messages' } },
    { given: '1 getPreChatForm', want: { verb: 'getSettings', kind: 'campaigns.preChat', key: 'id' } },
    {
      given: '1 listAutoInvitations',
      want: { verb: 'list', kind: 'autoInvitations', owner: { kind: 'campaigns', parameter: 'id' } },
    },
    // Version 2.0 has nothing like it.
    { given: '1 listCustomMetrics', want: { verb: 'list', kind: 'customMetrics' } },
    { given: '2 getChatVolumeReport', want: undefined },
    { given: '2 getAgentToken', want: undefined },
  ])('$given', ({ given, want }) => {
    expect(actions.get(given)).toEqual(want);
  });
});

test('what the description refers to are collections', () => {
  const kinds = new Set([...actionsOf(bundles, migration).values()].map(({ kind }) => kind));
  const referred = [...JSON.stringify(bundles).matchAll(/"x-refers-to":"([^"]*)"/g)].map(([, kind = '']) => kind);
  expect(new Set(referred).size).toBeGreaterThan(3);
  expect(referred.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test.each([
  { name: 'version 1.0 without the map', given: { bundles }, want: /needs the map/ },
  {
    name: 'version 1.0 alone',
    given: { bundles: bundles.slice(0, 1), migration },
    want: /needs the bundle of version 2\.0/,
  },
])('the sandbox cannot be $name', ({ given, want }) => {
  expect(() => createMock({ company, ...given })).toThrow(want);
});

describe('the keys of a kind in the order of a time', () => {
  const at = (hour: number) => ({ start: `2025-03-07T${String(hour).padStart(2, '0')}:00:00` });
  const time = (hour: number) => Date.UTC(2025, 2, 7, hour);
  const seed = new Map([['chats', new Map([11, 9, 13].map((hour) => [`c${hour}`, at(hour)]))]]);

  test('follow every change', () => {
    const store = new Store(seed);
    const keys = (from: number, to: number) => orderOf(store, 'chats', 'start').between(time(from), time(to)).slice();
    expect(keys(0, 24)).toEqual(['c9', 'c11', 'c13']);
    expect(keys(9, 11)).toEqual(['c9']);
    store.put('chats', 'c10', at(10));
    store.remove('chats', 'c13');
    store.put('chats', 'c9', at(12));
    expect(keys(0, 24)).toEqual(['c10', 'c11', 'c9']);
    expect(keys(24, 0)).toEqual([]);
  });

  test('are cut without leaving the range', () => {
    const found = orderOf(new Store(seed), 'chats', 'start').between(time(10), time(24));
    expect([found.length, found.slice(0, 1), found.slice(1, 9), found.slice(5, 9)]).toEqual([2, ['c11'], ['c13'], []]);
  });
});
