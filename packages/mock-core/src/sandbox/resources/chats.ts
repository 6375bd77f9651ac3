import type { Json } from '@comm100-openapi/description';
import { secretOf } from '../entities.ts';
import { invalid } from '../errors.ts';
import { textIn } from '../keywords.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource, Test } from '../resource.ts';
import type { Entity } from '../store.ts';

/**
 * Chats, and what lists of them filter by. Under `secret` an entity has the ids that responses do not show: `department`,
 * `campaign`, `visitor` and `segment` (of the visitor), and `time`, the time of the wrap-up.
 */
export const chats: Resource = {
  seed: withCompany,
  time: 'requestTime',
  filters: {
    agentId: byAgent,
    operator: byAgent,
    departmentId: bySecret('department'),
    department: bySecret('department'),
    visitorId: bySecret('visitor'),
    categoryId: byCategory,
    rating: (value) =>
      value === 0 ? undefined : ({ postChat }) => isRecord(postChat) && postChat.ratingGrade === String(value),
    conditions: (value) => {
      const tests = (Array.isArray(value) ? value : []).filter(isRecord).map(conditionOf);
      return (entity, key) => tests.every((test) => test(entity, key));
    },
  },
  v1: {
    'Chat.operators': ({ agents }) =>
      listed(agents)
        .map(({ display_name, name }) => display_name ?? name)
        .join(', '),
    'Chat.chat_transcript': (entity) => messagesOf(entity, false).map(lineOf).join('\n'),
    'Chat.operator_comment': (entity) =>
      messagesOf(entity, true)
        .map(({ content }) => content)
        .join('\n'),
    'Chat.attachment': ({ attachments }, { accounts }) => oldFile(attachments, accounts.site.id),
    'Chat.note_attachment': ({ noteAttachments }, { accounts }) => oldFile(noteAttachments, accounts.site.id),
    'Chat.wrap_up': ({ wrapup, ...entity }) =>
      isRecord(wrapup) ? { ...wrapup, time: wrapupTime(wrapup, entity) } : undefined,
    'WrapUp.category': ({ category }) =>
      listed(category)
        .map((each) => each.category)
        .join(', '),
    'WrapUp.time': ({ time }) => time,
    'OfflineMessage.attachment': ({ attachment }, { accounts }) => oldFile(attachment, accounts.site.id),
  },
};

export const missedAndRefusedChats: Resource = {
  seed: (entity, key, company) => withSecretsOf(entity, withCompany({}, key, company)),
  time: 'chat.requestTime',
  filters: {
    type: (value) => (entity) => String(entity.type).toLowerCase() === value,
    departmentId: bySecret('department'),
    campaignId: bySecret('campaign'),
    visitorSegmentation: bySecret('segment'),
  },
};

export const offlineMessages: Resource = {
  seed: withCompany,
  time: 'time',
  filters: {
    campaignId: bySecret('campaign'),
    departmentId: bySecret('department'),
    department: bySecret('department'),
    visitorSegment: bySecret('segment'),
    agentId: (value, { world }) => {
      const agent = world.store.get('agents', String(value));
      return (entity) => agent !== undefined && entity.agent === agent.displayName;
    },
  },
};

export const agentChats: Resource = {
  time: 'transcript.0.time',
  filters: {
    agentId: (value, { world }) => {
      const agent = world.store.get('agents', String(value));
      return ({ agents }) => agent !== undefined && Array.isArray(agents) && agents.includes(agent.displayName ?? null);
    },
  },
};

export const auditLogs: Resource = {
  time: 'actionTime',
  isNewestFirst: true,
  filters: {
    product: (value) => (entity) =>
      String(entity.product).replace(' ', '').toLowerCase() === String(value).toLowerCase(),
    type: (value) => (entity) => String(entity.actionType).toLowerCase() === String(value).toLowerCase(),
    agentId: (value, { world }) => {
      const agent = world.store.get('agents', String(value));
      // The rows of the sandbox know who it was; those of the examples have the name alone.
      return (entity) => {
        const { agent: id } = secretOf(entity);
        return id === undefined ? agent !== undefined && entity.agentName === agent.displayName : id === value;
      };
    },
  },
};

type Filter = (value: Json, call: Call) => Test | undefined;

/** The ids of the company's chats and messages. */
function withCompany(entity: Entity, key: string, company: object): Entity {
  const lists = company as Readonly<Record<string, Json>>;
  const known = [...listed(lists.chats), ...listed(lists.offlineMessages)].find(({ id }) => id === key);
  const visitor = listed(lists.visitors).find(({ name }) => name === known?.visitor);
  if (!known) return entity;
  const { department = 0, campaign = 1 } = known;
  return { ...entity, secret: { department, campaign, visitor: visitor?.id ?? '', segment: 0 } };
}

function withSecretsOf(entity: Entity, { secret }: Entity): Entity {
  return secret === undefined ? entity : { ...entity, secret };
}

function listed(value: Json | undefined): Record<string, Json>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** 0 is any, as in version 1.0. */
function bySecret(name: string): Filter {
  return (value) =>
    value === 0 ? undefined : (entity) => String(secretOf(entity)[name]) === String(value).toLowerCase();
}

function byAgent(value: Json): Test | undefined {
  return value === 0 ? undefined : ({ agents }) => listed(agents).some(({ id }) => id === value);
}

/** Categories of wrap-ups have no ids in any response, so a chat has the id in `secret.category`. */
function byCategory(value: Json): Test {
  return (entity) => String(secretOf(entity).category) === String(value);
}

/** How two texts are compared, in lower case. Documented is `contains`; the others are concluded. */
const comparisons: Readonly<Record<string, (found: string, wanted: string) => boolean>> = {
  contains: (found, wanted) => found.includes(wanted),
  notcontains: (found, wanted) => !found.includes(wanted),
  is: (found, wanted) => found === wanted,
  equals: (found, wanted) => found === wanted,
  isnot: (found, wanted) => found !== wanted,
  notequals: (found, wanted) => found !== wanted,
  startswith: (found, wanted) => found.startsWith(wanted),
  endswith: (found, wanted) => found.endsWith(wanted),
};

/** A chat must meet all conditions: concluded. The fields are the texts of a chat. */
function conditionOf({ field, operate, value }: Readonly<Record<string, Json>>): Test {
  const compare = comparisons[String(operate).toLowerCase().replaceAll(/[\s_]/g, '')];
  if (!compare) throw invalid('conditions.operate', `must be one of ${Object.keys(comparisons).join(', ')}.`);
  const name = String(field).toLowerCase();
  const wanted = String(value).toLowerCase();
  return (entity) => {
    const [, found = ''] = Object.entries(entity).find(([known]) => known.toLowerCase() === name) ?? [];
    return compare(textIn(found).toLowerCase(), wanted);
  };
}

function messagesOf({ chatTranscript }: Entity, areNotes: boolean): Record<string, Json>[] {
  return listed(chatTranscript).filter(({ isNoteMessage }) => (isNoteMessage === true) === areNotes);
}

/** `[09:12:57] Tom: Good morning`; what the service says has no time. */
function lineOf({ time, sender, type, content }: Record<string, Json>): string {
  return type === 'enumSystem' ? String(content) : `[${String(time).slice(-8)}] ${sender}: ${content}`;
}

/** The first file, with the address that version 1.0 has for it. */
function oldFile(files: Json | undefined, site: number): Json | undefined {
  const [file] = listed(files);
  if (!file || typeof file.uri !== 'string' || !URL.canParse(file.uri)) return file;
  const { origin, searchParams } = new URL(file.uri);
  const type =
    searchParams.get('downloadtype') === 'offlinemessage' ? 'MessageAttachment' : searchParams.get('downloadtype');
  const uri = `${origin}/livechatreport/download.ashx?siteId=${site}&downloadtype=${type}&id=${searchParams.get('id')}`;
  return { ...file, uri };
}

/** When an agent submitted the wrap-up; where nothing says, when the chat ended. */
function wrapupTime({ v1 }: Entity, { secret, endTime }: Entity): Json {
  const { time } = isRecord(v1) ? v1 : {};
  return secretOf({ secret: secret ?? {} }).time ?? time ?? endTime ?? '';
}
