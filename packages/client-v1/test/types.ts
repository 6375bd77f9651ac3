/**
 * What the compiler must reject, and which types it must infer. `npm run typecheck` compiles this file; nothing runs it.
 * Each `@ts-expect-error` fails the check where the compiler accepts the line below it.
 */
import {
  type Agent,
  AgentStatus,
  type Chat,
  createClient,
  type Department,
  type DistributionTime,
  type LocalDateTime,
  parseBoolean,
  parseDate,
  parseDuration,
} from '../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(..._equal: Equal<A, B> extends true ? [] : [never]): void {}

const client = createClient({ auth: { type: 'basic', email: 'a', apiKey: 'b' } });

export async function rejected(): Promise<void> {
  // @ts-expect-error the path does not exist
  await client.get('/api/v1/livechat/agents');
  // @ts-expect-error agents are found by email, not by id
  await client.get('/api/v1/livechat/operators/{email}', { path: { id: 1 } });
  // @ts-expect-error the path parameter is missing
  await client.put('/api/v1/livechat/operators/{email}/reset_api_key');
  const incomplete = { email: 'a', password: 'b', display_name: 'c', first_name: 'd' };
  // @ts-expect-error `last_name` is missing from the body
  await client.post('/api/v1/livechat/operators', { body: incomplete });
  // @ts-expect-error the value is a list; the client joins it
  await client.put('/api/v1/livechat/departments/{id}', { path: { id: 1 }, body: { members: '1,2' } });
  // @ts-expect-error a rating report does not group by campaign
  await client.get('/api/v1/livechat/reports/rating', { query: { timeFrom: 'x', timeTo: 'y', group: 'campaign' } });
  // @ts-expect-error the parameter is called `page`
  await client.get('/api/v1/livechat/chats', { query: { pageIndex: 0 } });
  // @ts-expect-error the list has no pages
  client.pages('/api/v1/livechat/departments');
  // @ts-expect-error version 1.0 has no tokens
  createClient({ auth: { type: 'token', token: 'x' } });
  // @ts-expect-error the domain is text
  createClient({ domain: 1, auth: { type: 'basic', email: 'a', apiKey: 'b' } });
}

export async function inferred(): Promise<void> {
  const agent = await client.get('/api/v1/livechat/operators/{email}', { path: { email: 'a' } });
  // The known values, and any other number: the service may add some.
  same<typeof agent.status, 0 | 1 | 2 | (number & {})>();
  same<0 | 1 | 2, (typeof AgentStatus)[keyof typeof AgentStatus]>();
  // @ts-expect-error there is no such status
  AgentStatus.busy;
  same<typeof agent.departments, number[]>();
  const department = await client.get('/api/v1/livechat/departments/{id}', { path: { id: 1 } });
  same<typeof department.status, 0 | 2 | (number & {})>();
  const removed = await client.delete('/api/v1/livechat/departments/{id}', { path: { id: 1 } });
  same<typeof removed.result, string>();
  const nothing = await client.delete('/api/v1/livechat/cannedMessages/{id}', { path: { id: 1 } });
  same<typeof nothing, undefined>();
  for await (const page of client.pages('/api/v1/livechat/chats', { query: { page: 2 } })) {
    same<typeof page.pages, number>();
    same<(typeof page.chats)[number]['rating'], string>();
  }
}

/** The rows of a report are a union that one of their own fields narrows. */
export async function reportRows(): Promise<void> {
  const query = { timeFrom: 'x', timeTo: 'y' };
  for (const row of await client.get('/api/v1/livechat/reports/chatTransfer', {
    query: { ...query, group: 'department' },
  })) {
    // @ts-expect-error not every row has a department
    row.departmentId;
    if ('departmentId' in row) {
      same<typeof row.departmentTransferredInChats, number>();
      // @ts-expect-error only rows of time have the total
      row.totalTransferredChats;
    } else same<typeof row.totalTransferredChats, number>();
  }
  for (const row of await client.get('/api/v1/livechat/reports/queue', {
    query: { ...query, group: 'halfHourDistribution' },
  })) {
    if ('avgMmaxQueueSize' in row) same<typeof row.time.to, DistributionTime>();
    else if ('departmentId' in row) same<typeof row.departmentId, number>();
    else same<typeof row.time.from, DistributionTime | LocalDateTime>();
  }
}

/** With `report`, the group chooses the row. */
export async function reportsByGroup(): Promise<void> {
  const range = { timeFrom: 'x', timeTo: 'y' };
  // @ts-expect-error a visits report does not group by agent
  await client.report('/api/v1/livechat/reports/visits', { query: { ...range, group: 'agent' } });
  // @ts-expect-error `timeTo` is missing
  await client.report('/api/v1/livechat/reports/visits', { query: { timeFrom: 'x', group: 'day' } });
  // @ts-expect-error the report has no groups; `get` calls it
  await client.report('/api/v1/livechat/reports/agentStatus', { query: range });

  const [campaign] = await client.report('/api/v1/livechat/reports/chatVolume', {
    query: { ...range, group: 'campaign' },
  });
  if (campaign) same<typeof campaign.campaignId, number>();
  const [day] = await client.report('/api/v1/livechat/reports/chatVolume', { query: { ...range, group: 'day' } });
  if (day) same<typeof day.time.from | typeof day.chats, LocalDateTime | number>();
  // @ts-expect-error a day has no campaign
  day?.campaignId;
  const [average] = await client.report('/api/v1/livechat/reports/waitTime', {
    query: { ...range, group: '24*7Distribution' },
  });
  // @ts-expect-error a distribution has no department
  average?.departmentId;
}

/** By name: the values of the path, then the body or the query, then the settings of the call. */
export async function byName(): Promise<void> {
  // @ts-expect-error an agent is found by email, which is text
  await client.agents.get(1);
  // @ts-expect-error the parameter is called `page`
  await client.chats.list({ pageIndex: 0 });
  // @ts-expect-error version 1.0 has no agent groups
  client.agentGroups;
  // @ts-expect-error the value is a list; the client joins it
  await client.departments.update(1, { members: '1,2' });

  same<Awaited<ReturnType<typeof client.agents.get>>, Agent>();
  same<Awaited<ReturnType<typeof client.departments.list>>, Department[]>();
  for await (const chat of client.chats.list({ date_from: '2025-03-07' })) same<typeof chat, Chat>();
  const [campaign] = await client.reports.chatVolume({ timeFrom: 'x', timeTo: 'y', group: 'campaign' });
  if (campaign) same<typeof campaign.campaignId, number>();
  // A type and its values have one name.
  const status: AgentStatus = AgentStatus.away;
  same<AgentStatus, 0 | 1 | 2>();
  console.log(status);
}

/** A text knows its format, and so do the functions that read it. */
export async function formats(): Promise<void> {
  const [chat] = (await client.chats.list()).chats;
  if (!chat) return;
  same<ReturnType<typeof parseDate>, Date>();
  parseDate(chat.start_time);
  same<number, ReturnType<typeof parseDuration>>();
  parseDuration(chat.waiting_time);
  // @ts-expect-error a duration is not a date
  parseDate(chat.waiting_time);
  // @ts-expect-error a date of a response of version 1.0 is not one of its requests
  await client.chats.list({ date_from: chat.start_time });
  await client.chats.list({ date_from: '2025-03-07' });
  const { is_admin } = await client.agents.resetApiKey('tom.okafor@larkspur.example');
  // @ts-expect-error it can be text, and the text `False` is true for an `if`
  const isAdmin: boolean = is_admin;
  same<typeof isAdmin, ReturnType<typeof parseBoolean>>();
  parseBoolean(is_admin);
}
