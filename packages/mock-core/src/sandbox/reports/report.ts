import type { Answer, ChatFact, Json } from '@comm100-openapi/description';
import { ServiceError } from '../../exchange.ts';
import type { Activity } from './activity.ts';
import type { Reported, ReportQuery, Survey } from './company.ts';
import { type Filter, filterOf, groupedReports, groupedRows, type Row } from './grouped.ts';
import { customMetrics, Moment, realTimeAgents, realTimeQueues, rightNow, today } from './realtime.ts';
import { Scene } from './scope.ts';
import { type Period, Zone } from './time.ts';

/** What a report is computed from. */
interface ReportRequest {
  readonly activity: Activity;
  readonly reported: Reported;
  readonly query: ReportQuery;
  readonly version: 'v1' | 'v2';
  readonly zone: Zone;
  readonly filter: Filter | undefined;
}

/** The reports without groups, by the names of their operations. */
const others: Readonly<Record<string, (request: ReportRequest) => Json>> = {
  getChatSourceRequestPageReport: requestPages,
  getAgentStatusReport: agentStatuses,
  getPostChatSurveyReport: (request) => surveys(request, 'postchat'),
  getPreChatSurveyReport: (request) => surveys(request, 'prechat'),
  getWrapupSurveyReport: (request) => surveys(request, 'wrapup'),
  getCannedMessageReport: cannedMessages,
  getRealTimeRightNow: (request) => rightNow(momentOf(request)),
  getRealTimeToday: (request) => today(momentOf(request), request.zone, request.version),
  getRealTimeCustomMetrics: (request) => customMetrics(momentOf(request), request.zone),
  getRealTimeAgents: (request) =>
    realTimeAgents(momentOf(request), request.zone, request.query.filterName ? request.filter?.value : undefined),
  getRealTimeQueue: (request) => realTimeQueues(momentOf(request)),
};

/** Whether an operation is a report that can be computed: all 27 of a version are. */
export function isReport(operation: string): boolean {
  return operation in others || operation in groupedReports;
}

/**
 * A report of what happened in a company, in the shape that its operation documents. Both versions have the same
 * numbers; what they call differently follows the version.
 *
 * Reports of a range count every fact in it, those after `now` too if there are any; real-time reports show what was
 * the case at `now`.
 *
 * @param operation The id of the operation, such as `getChatVolumeReport`. See `isReport`.
 * @throws {ServiceError} 400 for a time or a time zone that does not exist, a range with too many periods, or one of
 * `filterName` and `filterValue` without the other.
 */
export function report(
  operation: string,
  version: 'v1' | 'v2',
  activity: Activity,
  reported: Reported,
  query: ReportQuery,
): Json {
  const { filterName, filterValue, group = 'day' } = query;
  if ((filterName === undefined) !== (filterValue === undefined)) {
    const [missing, given] = filterName === undefined ? ['filterName', 'filterValue'] : ['filterValue', 'filterName'];
    throw new ServiceError(400, `Parameter '${missing}' is required together with '${given}'.`);
  }
  const zone = new Zone(query.timezone ?? '+00:00');
  const filter = filterOf(filterName, filterValue);
  const request = { activity, reported, query, version, zone, filter };
  const definition = groupedReports[operation];
  if (!definition) {
    const other = others[operation];
    if (!other) throw new Error(`${operation} is not a report.`);
    return other(request);
  }
  const scene = new Scene(activity, reported, rangeOf(request), query.now);
  return groupedRows(definition, group, filter, zone, scene, (row, by) => ({
    ...(operation === 'getAvailabilityReport' && (by === 'agent' || filter?.name === 'agent')
      ? { statusDistribution: statusDistribution(row, version) }
      : {}),
    ...(by === 'autoInvitation' ? campaignOf(row.head.autoInvitationId, request) : {}),
  }));
}

function rangeOf({ zone, query }: ReportRequest): Period {
  return { from: zone.parse('timeFrom', query.timeFrom ?? ''), to: zone.parse('timeTo', query.timeTo ?? '') };
}

function momentOf({ activity, reported, query }: ReportRequest): Moment {
  return new Moment(activity, reported, query.now);
}

/** The requests for chats in the range. */
function chatsOf(request: ReportRequest): readonly ChatFact[] {
  const { from, to } = rangeOf(request);
  return request.activity.chats.between(from, to);
}

/** The pages that chats came from, those with most chats first, as in the sample. */
function requestPages(request: ReportRequest): Json {
  const pages = new Map<string, number>();
  for (const { page, outcome } of chatsOf(request)) {
    if (outcome === 'chat') pages.set(page, (pages.get(page) ?? 0) + 1);
  }
  return [...pages]
    .map(([requestPage, chats]) => ({ requestPage, chats }))
    .sort((one, other) => other.chats - one.chats || (one.requestPage < other.requestPage ? -1 : 1));
}

/** Each agent's status at the beginning of the range, then every change. */
function agentStatuses(request: ReportRequest): Json {
  const { activity, reported, filter, version, zone } = request;
  const { from, to } = rangeOf(request);
  const key = version === 'v1' ? 'name' : 'status';
  return reported.agents
    .filter((agent) => isIn(agent, filter))
    .map(({ id }) => {
      const own = activity.statuses.all().filter(({ agent, time }) => agent === id && time < to);
      const changes = own.filter(
        ({ time, status }, index) => time > from && status !== (own[index - 1]?.status ?? 'Offline'),
      );
      const first = own.findLast(({ time }) => time <= from)?.status ?? 'Offline';
      return {
        agentId: id,
        changeLogs: [{ time: from, status: first }, ...changes].map(({ time, status }) => ({
          time: zone.text(time),
          [key]: status,
        })),
      };
    });
}

function isIn({ id, departments }: Reported['agents'][number], filter: Filter | undefined): boolean {
  if (filter?.name === 'agent') return id === filter.value;
  return filter?.name !== 'department' || departments.includes(filter.value);
}

/** How often each option of each form was selected, by campaign. */
function surveys(request: ReportRequest, form: Survey['form']): Json {
  const { reported, filter, version } = request;
  const chats = chatsOf(request);
  return reported.campaigns
    .filter((campaign) => !filter || campaign === filter.value)
    .map((campaign) => {
      const answers = chats.filter((chat) => chat.campaign === campaign).flatMap((chat) => chat[form] ?? []);
      const fields = reported.surveys.filter((each) => each.form === form && each.campaign === campaign);
      return { campaignId: campaign, fields: fields.map((field) => surveyField(field, answers, version)) };
    });
}

function surveyField(
  { form, field, name, options, groups }: Survey,
  answers: readonly Answer[],
  version: string,
): Json {
  const counts = (texts: readonly string[]) =>
    texts.map((text) => ({
      name: text,
      count: answers.filter(([id, option]) => id === field && option === text).length,
    }));
  const head = { fieldId: field, fieldName: name };
  if (groups) return { ...head, groups: groups.map((group) => ({ name: group.name, options: counts(group.options) })) };
  return { ...head, options: counts(options), ...(form === 'prechat' && version === 'v2' ? { groups: null } : {}) };
}

/** The canned messages that there are, and others that were used. */
function cannedMessages(request: ReportRequest): Json {
  const { reported, query } = request;
  const category = query.filterName === undefined ? undefined : query.filterValue;
  const listed = reported.cannedMessages.filter((message) => category === undefined || message.category === category);
  const uses = new Map(listed.map(({ id }) => [id, { times: 0, agents: new Set<number>() }]));
  for (const { cannedMessages = [], agent } of chatsOf(request)) {
    for (const id of cannedMessages) {
      const use = uses.get(id) ?? { times: 0, agents: new Set<number>() };
      if (category === undefined) uses.set(id, use);
      use.times++;
      if (agent !== undefined) use.agents.add(agent);
    }
  }
  return [...uses].map(([id, { times, agents }]) => ({ id, usedTimes: times, agentsUsedIt: agents.size }));
}

/** How long an agent was logged in, online and away in the periods of a row. */
function statusDistribution({ cells }: Row, version: 'v1' | 'v2'): Json {
  const time = (fits: (status: string) => boolean) =>
    cells.reduce((sum, { scope, periods }) => {
      const spans = scope.inStatus(fits);
      return sum + periods.reduce((all, period) => all + spans.within(period), 0) / 1000;
    }, 0);
  const times = [
    { status: 'Logged-in', time: time((status) => status !== 'Offline') },
    { status: 'Online', time: time((status) => status === 'Online') },
    { status: 'Total Away', time: time((status) => status !== 'Offline' && status !== 'Online') },
  ];
  return version === 'v1' ? times : times.map((each) => ({ timeStr: null, ...each }));
}

function campaignOf(invitation: Json | undefined, { activity, reported }: ReportRequest): Record<string, Json> {
  const known = reported.autoInvitations.find(({ id }) => id === invitation)?.campaign;
  const campaign = known ?? activity.invitations.find(({ autoInvitation }) => autoInvitation === invitation)?.campaign;
  return campaign === undefined ? {} : { campaignId: campaign };
}
