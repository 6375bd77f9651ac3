/**
 * What the compiler must reject, and which types it must infer. `npm run typecheck` compiles this file; nothing runs it.
 * Each `@ts-expect-error` fails the check where the compiler accepts the line below it.
 */
import {
  type AchievedConversionCode,
  type Chat,
  type ChatPage,
  type Comm100Error,
  createClient,
  createPathClient,
  type Department,
  type DepartmentCreate,
  type DistributionTime,
  type ForbiddenError,
  formatDate,
  isOneOf,
  knownValue,
  type ListChatsQuery,
  type LocalDateTime,
  offsetAt,
  parseDate,
  parseDuration,
  type parseTimeOfWeek,
  parseWebhook,
  sameValue,
  type WebhookDelivery,
  type WebhookEvent,
} from '../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(..._equal: Equal<A, B> extends true ? [] : [never]): void {}

const client = createClient({ auth: { type: 'token', token: 'x' } });

export async function rejected(): Promise<void> {
  await client.get(
    // @ts-expect-error the path does not exist; the error is at the path, not at the number of arguments
    '/api/v2/livechat/department',
  );
  // @ts-expect-error the path is in lower case
  await client.get('/api/v2/livechat/Departments');
  // @ts-expect-error the path has no DELETE
  await client.delete('/api/v2/livechat/departments');

  // @ts-expect-error the path parameter is missing
  await client.get('/api/v2/livechat/departments/{id}');
  // @ts-expect-error the path parameter is missing among the options
  await client.get('/api/v2/livechat/departments/{id}', {});
  // @ts-expect-error the path parameter has another name
  await client.get('/api/v2/livechat/departments/{id}', { path: { departmentId: 1 } });
  // @ts-expect-error the path parameter is a number
  await client.get('/api/v2/livechat/departments/{id}', { path: { id: '1' } });

  // @ts-expect-error the body is missing
  await client.post('/api/v2/livechat/departments');
  // @ts-expect-error `name` is missing from the body
  await client.post('/api/v2/livechat/departments', { body: { description: 'x' } });
  // @ts-expect-error the field is misspelt
  await client.post('/api/v2/livechat/departments', { body: { name: 'x', agent: [1] } });
  // @ts-expect-error the value is not one of the enum
  await client.post('/api/v2/livechat/departments', { body: { name: 'x', allocationRule: 'roundRobin' } });
  // @ts-expect-error the list holds numbers
  await client.post('/api/v2/livechat/departments', { body: { name: 'x', agents: ['1'] } });
  // @ts-expect-error a GET takes no body
  await client.get('/api/v2/livechat/departments', { body: {} });

  const range = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00' };
  // @ts-expect-error `group` is missing from the query
  await client.get('/api/v2/livechat/reports/chatVolume', { query: range });
  // @ts-expect-error the chat volume does not group by agent
  await client.get('/api/v2/livechat/reports/chatVolume', { query: { ...range, group: 'agent' } });
  // @ts-expect-error the query parameter does not exist
  await client.get('/api/v2/livechat/chats', { query: { page: 1 } });

  // @ts-expect-error the list has no pages
  client.pages('/api/v2/livechat/departments');

  // @ts-expect-error the domain is text
  createClient({ domain: 1, auth: { type: 'token', token: 'x' } });
  // @ts-expect-error a number of the environment is text
  createClient({ auth: { type: 'token', token: 'x' }, timeout: process.env.TIMEOUT });
  // @ts-expect-error the option is true or false
  createClient({ auth: { type: 'token', token: 'x' }, dangerouslyAllowBrowser: 'yes' });
  // @ts-expect-error there are no credentials
  createClient({ domain: 'hosted.comm100.com' });
  // @ts-expect-error a token needs the site
  createClient({ auth: { type: 'jwt', email: 'a', password: 'b' } });
}

/** Text of the environment needs no cast; where a variable is not set, the client is not created. */
export function fromEnvironment({ DOMAIN, BASE_URL, EMAIL, API_KEY, PASSWORD, SITE, TOKEN }: NodeJS.ProcessEnv): void {
  createClient({ domain: DOMAIN, auth: { type: 'basic', email: EMAIL, apiKey: API_KEY } });
  createClient({ baseUrl: BASE_URL, auth: { type: 'jwt', email: EMAIL, password: PASSWORD, siteId: SITE } });
  createClient({ auth: { type: 'oauth', email: EMAIL, password: PASSWORD } });
  createClient({ auth: { type: 'token', token: TOKEN }, retries: undefined, hooks: undefined, fetch: undefined });
}

export async function inferred(): Promise<void> {
  const department = await client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } });
  same<typeof department.name, string>();
  // The known values, and any other text: the service may add some.
  same<typeof department.allocationRule, 'load balancing' | 'round robin' | 'capability weighted' | (string & {})>();
  // @ts-expect-error only the service sets the id
  department.id = 2;
  // @ts-expect-error the field does not exist
  department.members;

  const removed = await client.delete('/api/v2/livechat/departments/{id}', { path: { id: 1 } });
  same<typeof removed, string>();
  const nothing = await client.delete('/api/v2/account/agents/{id}', { path: { id: 1 } });
  same<typeof nothing, undefined>();

  const { chats } = await client.get('/api/v2/livechat/chats', {
    query: { conditions: [{ field: 'email', operate: 'contains', value: 'example.org' }] },
  });
  const [chat] = chats;
  if (chat)
    same<
      Exclude<typeof chat.chatTranscript, null>[number]['type'],
      'enumAgent' | 'enumVisitor' | 'enumSystem' | (string & {})
    >();

  for await (const page of client.pages('/api/v2/livechat/chats')) same<typeof page.total, number>();
  for await (const page of client.pages('/api/v2/account/auditLogs', { query: { dateFrom: 'x', dateTo: 'y' } })) {
    same<typeof page.nextPage, string | null>();
  }
}

/** The rows of a report are a union that one of their own fields narrows. */
export async function reportRows(): Promise<void> {
  const rows = await client.get('/api/v2/livechat/reports/chatVolume', {
    query: { timeFrom: 'x', timeTo: 'y', group: 'campaign' },
  });
  for (const row of rows) {
    // @ts-expect-error not every row has a campaign
    row.campaignId;
    // @ts-expect-error only distributions have averages
    row.avgChats;
    if ('campaignId' in row) {
      same<typeof row.campaignId, number>();
      same<typeof row.chats, number>();
      // @ts-expect-error a campaign's row has no time
      row.time;
    } else if ('avgChats' in row) {
      same<typeof row.avgChats, number>();
      same<typeof row.time.from, DistributionTime>();
      // @ts-expect-error a distribution has averages only
      row.chats;
    }
  }
}

export function errors(error: Comm100Error): void {
  switch (error.code) {
    case 'forbidden':
      return;
    // @ts-expect-error the code does not exist
    case 'quota_exceeded':
      return;
  }
}

/** With `report`, the group chooses the row. */
export async function reportsByGroup(): Promise<void> {
  const range = { timeFrom: 'x', timeTo: 'y' };
  // @ts-expect-error a visits report does not group by agent
  await client.report('/api/v2/livechat/reports/visits', { query: { ...range, group: 'agent' } });
  // @ts-expect-error `timeTo` is missing
  await client.report('/api/v2/livechat/reports/visits', { query: { timeFrom: 'x', group: 'day' } });
  // @ts-expect-error the report has no groups; `get` calls it
  await client.report('/api/v2/livechat/reports/agentStatus', { query: range });

  const [campaign] = await client.report('/api/v2/livechat/reports/chatVolume', {
    query: { ...range, group: 'campaign' },
  });
  if (campaign) same<typeof campaign.campaignId, number>();
  const [day] = await client.report('/api/v2/livechat/reports/chatVolume', { query: { ...range, group: 'day' } });
  if (day) same<typeof day.time.from | typeof day.chats, LocalDateTime | number>();
  // @ts-expect-error a day has no campaign
  day?.campaignId;
  const [average] = await client.report('/api/v2/livechat/reports/waitTime', {
    query: { ...range, group: '24*7Distribution' },
  });
  // @ts-expect-error a distribution has no department
  average?.departmentId;
}

/** By name: the values of the path, then the body or the query, then the settings of the call. */
export async function rejectedByName(): Promise<void> {
  // @ts-expect-error there is no such group
  client.department;
  // @ts-expect-error chats are not created by a call
  client.chats.create;
  // @ts-expect-error the id is missing
  await client.departments.get();
  // @ts-expect-error the id is a number
  await client.departments.get('1');
  // @ts-expect-error the body is missing
  await client.departments.update(1);
  // @ts-expect-error `name` is missing from the body
  await client.departments.create({ description: 'x' });
  // @ts-expect-error the field is misspelt
  await client.departments.create({ name: 'x', agent: [1] });
  // @ts-expect-error settings of the call come after the query
  await client.chats.list({ timeout: 5000 });
  // @ts-expect-error the setting does not exist
  await client.departments.get(1, { retry: 1 });
  // @ts-expect-error a date is text
  await client.chats.list({ timeFrom: new Date() });
  // @ts-expect-error `dateTo` is missing
  await client.auditLog.list({ dateFrom: 'x' });
  // @ts-expect-error a list without pages is no list of items
  for await (const _ of client.departments.list());
  // @ts-expect-error and has none
  client.departments.list().pages();

  const range = { timeFrom: 'x', timeTo: 'y' };
  // @ts-expect-error `group` is missing
  await client.reports.chatVolume(range);
  // @ts-expect-error the chat volume does not group by agent
  await client.reports.chatVolume({ ...range, group: 'agent' });

  // @ts-expect-error a client by path has no names
  createPathClient({ auth: { type: 'token', token: 'x' } }).departments;
}

export async function inferredByName(): Promise<void> {
  same<Awaited<ReturnType<typeof client.departments.get>>, Department>();
  same<Awaited<ReturnType<typeof client.departments.list>>, Department[]>();
  same<Parameters<typeof client.departments.create>[0], DepartmentCreate>();
  same<Awaited<ReturnType<typeof client.departments.delete>>, string>();
  same<Awaited<ReturnType<typeof client.agents.delete>>, undefined>();
  same<Parameters<typeof client.chats.list>[0], ListChatsQuery | undefined>();
  const page = await client.chats.list({ pageSize: 50 }, { timeout: 5000, headers: { 'x-trace': undefined } });
  same<typeof page, ChatPage>();
  for await (const chat of client.chats.list()) same<typeof chat, Chat>();
  for await (const inner of client.chats.list().pages()) same<typeof inner, ChatPage>();

  const [campaign] = await client.reports.chatVolume({ timeFrom: 'x', timeTo: 'y', group: 'campaign' });
  if (campaign) same<typeof campaign.campaignId, number>();
  // @ts-expect-error the row of a campaign has no time
  campaign?.time;

  const { data, response } = await client.departments.get(1).withResponse();
  same<typeof data, Department>();
  same<typeof response.status, number>();
  const byPath = await client.get('/api/v2/livechat/departments/{id}', { path: { id: 1 } }).withResponse();
  same<typeof byPath.data, Department>();
  // A type and its values have one name.
  same<AchievedConversionCode, 0 | 1 | 2 | 3>();
}

export function reasons(error: ForbiddenError): Date | undefined {
  // @ts-expect-error the reason does not exist
  if (error.reason === 'limit') return undefined;
  return error.reason === 'quota' ? error.resetsAt : undefined;
}

/** A text knows its format, and so do the functions that read and make it. */
export async function formats(): Promise<void> {
  const chat = await client.chats.get('x');
  same<typeof chat.requestTime, LocalDateTime>();
  parseDate(chat.requestTime);
  parseDuration(chat.waitingTime);
  // @ts-expect-error a duration is not a date
  parseDate(chat.waitingTime);
  // @ts-expect-error a date is not a duration
  parseDuration(chat.requestTime);
  // @ts-expect-error the chat may have no transcript
  parseDate(chat.chatTranscript[0].time);

  const timezone = offsetAt(new Date(), 'Europe/Berlin');
  const timeFrom = formatDate(new Date(), 'yyyy-MM-ddTHH:mm:ss', timezone);
  // Any text can be sent, such as one from a form.
  await client.reports.chatVolume({ timeFrom, timeTo: String(timeFrom), timezone, group: 'day' });
  // @ts-expect-error reports take another format
  await client.reports.chatVolume({ timeFrom: formatDate(new Date(), 'yyyy-MM-dd'), timeTo: timeFrom, group: 'day' });
  // @ts-expect-error the format does not exist
  formatDate(new Date(), 'dd.MM.yyyy');
  // @ts-expect-error an offset is not a time
  await client.chats.list({ timeFrom: timezone });
  // @ts-expect-error a time of the week is not a moment
  parseDate({} as DistributionTime);
  same<ReturnType<typeof parseTimeOfWeek>['minutes'], number>();
}

/** A comparison that ignores the case completes to the known values, and narrows to them. */
export function values(department: Department): void {
  const rule = department.allocationRule;
  // @ts-expect-error the value is not known
  sameValue(rule, 'roundRobin');
  // @ts-expect-error one of the values is not known
  isOneOf(rule, ['round robin', 'random']);
  if (sameValue(rule, 'round robin')) same<typeof rule, 'round robin'>();
  if (isOneOf(rule, ['round robin', 'load balancing'])) same<typeof rule, 'round robin' | 'load balancing'>();
  const known = knownValue(rule, ['round robin', 'load balancing']);
  same<typeof known, 'round robin' | 'load balancing' | undefined>();
  // A text without known values can be compared with any.
  sameValue(department.name, 'support');
}

/** What a webhook sent is told apart by the event of the webhook. */
export async function webhooks(request: Request): Promise<void> {
  // @ts-expect-error a number is no body
  await parseWebhook(7);
  // @ts-expect-error the event does not exist
  await parseWebhook(request, { event: 'chat_ended' });
  const delivery = await parseWebhook(request);
  // @ts-expect-error not every event has a chat
  delivery.payload.chat;
  // @ts-expect-error the event is that of the webhook, not the one in the payload
  if (delivery.event === 'chat_ended') return;
  switch (delivery.event) {
    case 'chatEnded':
      same<typeof delivery.payload.chat.chat_transcript, string>();
      parseDate(delivery.payload.visitor.visit_time);
      break;
    case 'operatorEventNotification':
      same<typeof delivery.payload.operator_id, number>();
      // @ts-expect-error an event of an agent has no visitor
      delivery.payload.visitor;
      break;
  }
  const { payload } = await parseWebhook(request, { event: 'chatWrappedUp' });
  same<typeof payload.chat_id, string>();
  // Every event that a webhook can have.
  same<WebhookDelivery['event'], WebhookEvent>();
}
