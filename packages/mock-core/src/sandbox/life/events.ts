import type { ChatFact, Json } from '@comm100-openapi/description';
import type { Change, Entity, Store } from '../store.ts';

/** What happened, as a webhook is told. */
export interface CompanyEvent {
  /** As a webhook has it, such as `chatEnded`. */
  readonly event: string;
  readonly body: Json;
}

/** The codes of a visitor's status, as in the description of `Visitor`. */
const status = { waiting: 0, chatting: 2, ended: 9, inSite: 10 };

/** What changes when something happens of which webhooks are told. */
export const eventKinds = ['facts.chats', 'offlineMessages', 'agents'];

/**
 * What a change of a store means to webhooks. What only goes back to what it was means nothing.
 *
 * @param time When it happened, in milliseconds since 1970 UTC.
 */
export function eventsOf({ kind, key, before, after, isRestored }: Change, store: Store, time: number): CompanyEvent[] {
  if (isRestored || !after) return [];
  if (kind === 'facts.chats')
    return chatEvents(before as ChatFact | undefined, after as unknown as ChatFact, store, time);
  if (kind === 'offlineMessages' && !before) return [offlineMessageEvent(after, store)];
  if (kind === 'agents' && before) return agentEvents(key, before, after);
  return [];
}

function chatEvents(before: ChatFact | undefined, fact: ChatFact, store: Store, time: number): CompanyEvent[] {
  const chat = store.get('chats', fact.id);
  const visitorAs = (code: number) => visitorOf(store, fact.visitor, fact.id, fact.department, code);
  const events: CompanyEvent[] = [];
  if (!before)
    events.push({ event: 'chatRequested', body: { event: 'chat_requested', visitor: visitorAs(status.waiting) } });
  if (fact.outcome === 'chat' && before?.outcome !== 'chat') {
    events.push({ event: 'chatStarted', body: { event: 'chat_started', visitor: visitorAs(status.chatting) } });
  }
  if ((fact.earlier?.length ?? 0) > (before?.earlier?.length ?? 0)) {
    const body = { event: 'chat_transferred', chat: ongoingChat(fact, store), visitor: visitorAs(status.chatting) };
    events.push({ event: 'chatTransferred', body });
  }
  if (chat && fact.end !== undefined && before?.end === undefined) {
    const ended = { ...chatOf(chat), wrap_up: null };
    events.push({ event: 'chatEnded', body: { event: 'chat_ended', chat: ended, visitor: visitorAs(status.ended) } });
  }
  if (chat && fact.wrapup && before && !before.wrapup) {
    const wrapup = wrapupOf(chat.wrapup as unknown as Wrapup, time);
    const body = { event: 'chat_wrapped_up', chat_id: fact.id, wrapup, visitor: visitorAs(status.chatting) };
    events.push({ event: 'chatWrappedUp', body });
  }
  return events;
}

function offlineMessageEvent(message: Entity, store: Store): CompanyEvent {
  const { visitor } = (message.secret ?? {}) as { visitor?: string };
  const { phone = '', company = '', subject = '' } = (message.v1 ?? {}) as Record<string, Json>;
  const { id, name, email, department, content, time, fields, customVariables, attachment } = message;
  const [file] = attachment as { name: string; uri: string }[];
  const departmentId = store.list('departments').find((each) => each.name === department)?.id;
  const shown = {
    ...{ id, name, email, phone, company, department, subject, content },
    time: jsonDate(String(time)),
    attachment: { name: file?.name ?? '', uri: file?.uri ?? '' },
    custom_fields: fields,
    custom_variable: variablesOf(customVariables),
  } as Json;
  const person = visitorOf(store, visitor ?? '', String(id), departmentId as number | undefined, status.inSite);
  return {
    event: 'offlineMessageSubmitted',
    body: { event: 'offline_message_submitted', offline_message: shown, visitor: person },
  };
}

function agentEvents(id: string, before: Entity, after: Entity): CompanyEvent[] {
  if (before.status === after.status || typeof after.status !== 'string') return [];
  const event =
    after.status === 'offline'
      ? 'logout'
      : before.status === 'offline'
        ? 'login'
        : after.status === 'online'
          ? 'online'
          : 'away';
  return [{ event: 'operatorEventNotification', body: { event, operator_id: Number(id) } }];
}

/** A chat with the fields of its event. */
function chatOf(chat: Entity): Record<string, Json> {
  const { phone = '', company = '', product_service = '' } = (chat.v1 ?? {}) as Record<string, Json>;
  const { id, name, email, department, agents, prechatFields, customVariables, postChat, attachments } = chat;
  const { ratingGrade = '', ratingComment = '' } = (postChat ?? {}) as Record<string, Json>;
  return {
    ...({ id, name, email, phone, company, product_service, department } as Record<string, Json>),
    operators: (agents as { display_name: string }[]).map(({ display_name }) => display_name).join(','),
    custom_fields: prechatFields ?? [],
    custom_variable: variablesOf(customVariables),
    start_time: jsonDate(String(chat.requestTime)),
    waiting_time: `${secondsOf(String(chat.waitingTime))}s`,
    end_time: jsonDate(String(chat.endTime)),
    chat_transcript: messagesOf(chat, false).map(lineOf).join(''),
    attachment: attachments ?? [],
    rating: ratingGrade,
    rating_comment: ratingComment,
    operator_comment: messagesOf(chat, true)
      .map(({ content }) => content)
      .join('\n'),
    wrap_up: null,
  };
}

/** A chat that goes on is in no list yet; what is known of it. */
function ongoingChat({ id, time, wait = 0, visitor, department, agent, earlier = [] }: ChatFact, store: Store): Json {
  const person = store.get('visitors', visitor);
  const text = (name: string) => String(person?.[name] ?? '');
  const names = [...earlier.map((stage) => stage.agent), agent].map((each) =>
    String(store.get('agents', String(each))?.displayName ?? ''),
  );
  return {
    id,
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    company: text('company'),
    product_service: text('product_service'),
    department: String(store.get('departments', String(department))?.name ?? ''),
    operators: names.join(','),
    custom_fields: [],
    custom_variable: variablesOf(person?.custom_variables),
    start_time: `/Date(${Math.floor(time / 1000)}000)/`,
    waiting_time: `${Math.round(wait / 1000)}s`,
    chat_transcript: names.map((name) => `${name} has joined the chat.⊙`).join(''),
    attachment: [],
  };
}

function visitorOf(store: Store, id: string, chat: string, department: number | undefined, code: number): Json {
  const { first_visit_time, visit_time, custom_fields, custom_variables, ...visitor } = store.get('visitors', id) ?? {
    id,
  };
  return {
    ...(visitor as Record<string, Json>),
    chat_id: chat,
    department: department ?? -1,
    status: code,
    first_visit_time: jsonDate(String(first_visit_time)),
    visit_time: jsonDate(String(visit_time)),
    custom_fields: custom_fields ?? [],
    custom_variables: variablesOf(custom_variables),
  };
}

interface Wrapup {
  readonly category: readonly { readonly category: string }[];
  readonly comment: string;
  readonly fields: Json;
}

function wrapupOf({ category: [first], comment, fields }: Wrapup, time: number): Json {
  return { category: first?.category ?? '', comment, fields, time: `/Date(${Math.floor(time / 1000)}000)/` };
}

function variablesOf(variables: Json | undefined): Json {
  return ((variables ?? []) as { name: string; value: string }[]).map(({ name, value }) => ({ name, value }));
}

/** `2025-03-07T09:12:45.027`, which is UTC, in whole seconds. */
function jsonDate(text: string): string {
  const time = Date.parse(/Z$/.test(text) ? text : `${text}Z`);
  return `/Date(${Number.isNaN(time) ? 0 : Math.floor(time / 1000) * 1000})/`;
}

/** `00:01:50` in seconds. */
function secondsOf(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

interface Message {
  readonly time: string;
  readonly sender: string;
  readonly type: string;
  readonly content: string;
  readonly isNoteMessage: boolean;
}

/** The messages of a chat, or the notes that agents wrote for each other. */
function messagesOf({ chatTranscript }: Entity, areNotes: boolean): Message[] {
  return ((chatTranscript ?? []) as unknown as Message[]).filter(({ isNoteMessage }) => isNoteMessage === areNotes);
}

function lineOf({ time, sender, type, content }: Message): string {
  return type === 'enumSystem' ? `${content}⊙` : `[${time.slice(-8)}] ${sender}: ${content}⊙`;
}
