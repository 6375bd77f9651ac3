import type { Answer, ChatFact, Json, OfflineMessageFact } from '@comm100-openapi/description';
import { type Random, randomFrom } from '../../answers/random.ts';
import type { Entity } from '../store.ts';
import { topics } from './topics.ts';

/** What the content of a chat is made of beside its facts. */
export interface Cast {
  agent(id: number): { readonly name: string; readonly email: string } | undefined;
  department(id: number): string | undefined;
  visitor(id: string): Entity | undefined;
  /** The name of a field of a form. */
  field(id: number): string | undefined;
  /** Whether a field is the category of a wrap-up. */
  isCategory(id: number): boolean;
  /** The name of the group that a category is in. */
  group(category: string): string | undefined;
  readonly customVariables: readonly { readonly id: number; readonly name: string; readonly type: string }[];
}

/** A chat that was held, with all that can be read of it. The same for the same fact. */
export function composeChat(fact: ChatFact, cast: Cast): Entity {
  const { time, wait = 0, end = time + wait, agent, earlier = [], wrapup, postchat, rating } = fact;
  const random = randomFrom(fact.id);
  const ids = [...new Set([...earlier.map((stage) => stage.agent), ...(agent === undefined ? [] : [agent])])];
  const agents = ids.flatMap((id) => {
    const found = cast.agent(id);
    return found ? [{ id, display_name: found.name, email: found.email }] : [];
  });
  const { topic, transcript } = transcriptOf(fact, cast, random);
  return {
    ...commonOf(fact, cast, end),
    agents,
    chatTranscript: transcript,
    attachments: [],
    noteAttachments: [],
    postChat: {
      ratingGrade: String(rating ?? -1),
      ratingComment: rating === undefined ? '' : random.pick(topic.ratings[rating >= 4 ? 'good' : 'bad']),
      fields: answersOf(postchat, cast),
    },
    wrapup: wrapup ? wrapupOf(wrapup, cast) : null,
  };
}

/** What no response shows of a chat or a message, but lists filter by. */
export function secretOf({ visitor, department = 0, campaign, visitorSegment = 0, end, wrapup }: ChatFact): Entity {
  const time = end !== undefined && wrapup ? { time: localTime(end + 40_000) } : {};
  return { visitor, department, campaign, segment: visitorSegment, ...time };
}

/** A request for a chat that agents missed or refused. */
export function composeMissed(fact: ChatFact, cast: Cast): Entity {
  const { time, wait = 0 } = fact;
  const chat = {
    ...commonOf(fact, cast, time + wait),
    agents: [],
    chatTranscript: null,
    attachments: [],
    postChat: { ratingGrade: '-1', ratingComment: '', fields: [] },
    wrapup: null,
  };
  return { type: fact.outcome === 'refused' ? 'Refused' : 'Missed', chat };
}

/** @param visitor The id of who left it. */
export function composeOfflineMessage(fact: OfflineMessageFact, visitor: string, cast: Cast): Entity {
  const random = randomFrom(fact.id);
  const { question, subject } = random.pick(topics);
  const { name, email, phone, company } = personOf(visitor, cast);
  return {
    id: fact.id,
    time: localTime(fact.time),
    ssoUserId: '',
    name,
    email,
    department: nameOf(fact.department, cast),
    agent: '',
    content: question,
    fields: [],
    customVariables: variablesOf(visitor, cast),
    attachment: [],
    v1: { phone, company, subject },
  };
}

const firstNames =
  'Ada Ben Carla Daniel Emma Farid Greta Hugo Ines Jakub Kira Leo Mei Nina Omar Paula Quentin Rosa Sven Tara Umar Vera Wim Xenia Yusuf Zoe'.split(
    ' ',
  );
const lastNames =
  'Abbott Berger Costa Dubois Evans Farkas Garcia Hansen Ivanova Jansen Kowalski Larsen Moreau Novak Oliveira Petrov Quinn Rossi Schmidt Tanaka Usman Varga Weber Young Zhang'.split(
    ' ',
  );
const places = [
  { city: 'Denver', state: 'Colorado', country: 'United States', language: 'en-US', time_zone: 'GMT -07:00' },
  { city: 'Bristol', state: 'England', country: 'United Kingdom', language: 'en-GB', time_zone: 'GMT +00:00' },
  { city: 'Lyon', state: 'Auvergne-Rhone-Alpes', country: 'France', language: 'fr-FR', time_zone: 'GMT +01:00' },
  { city: 'Hamburg', state: 'Hamburg', country: 'Germany', language: 'de-DE', time_zone: 'GMT +01:00' },
  { city: 'Osaka', state: 'Osaka', country: 'Japan', language: 'ja-JP', time_zone: 'GMT +09:00' },
] as const;
const devices = [
  { browser: 'Safari 18.3', operating_system: 'macOS 15', screen_resolution: '1440x900' },
  { browser: 'Firefox 136.0', operating_system: 'Windows 11', screen_resolution: '1920x1080' },
  { browser: 'Chrome 134.0', operating_system: 'Android 15', screen_resolution: '412x915' },
] as const;

/** A visit, as far as it is not in the visitor's id. */
export interface Visit {
  readonly first: number;
  readonly time: number;
  readonly visits: number;
  readonly chats: number;
  /** As `status` of a visitor has it: 2 is chatting, 10 in site, 11 out of site. */
  readonly status: number;
  readonly department: number;
  readonly page: string;
}

/** A visitor who was made up. The person depends on the id alone. */
export function composeVisitor(id: string, visit: Visit, cast: Pick<Cast, 'customVariables'>): Entity {
  const random = randomFrom(id);
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const number = random.below(254) + 1;
  return {
    id,
    name,
    // With a number, so that two visitors with one name have two addresses.
    email: `${name.toLowerCase().replace(' ', '.')}.${random.below(10_000)}@example.com`,
    status: visit.status,
    page_views: 1 + random.below(12),
    chats: visit.chats,
    company: '',
    current_browsing: visit.page,
    custom_fields: null,
    custom_variables: variablesOf(id, { customVariables: cast.customVariables, visitor: () => undefined }).map(
      ({ name, value }) => ({ name, value, url: '' }),
    ),
    department: visit.department,
    first_visit_time: utcTime(visit.first),
    flash_version: '',
    ip: `203.0.113.${number}`,
    keywords: '',
    landing_page: visit.page,
    phone: `+1-555-01${String(random.below(100)).padStart(2, '0')}`,
    product_service: '',
    referrer_url: '',
    search_engine: '',
    visit_time: utcTime(visit.time),
    visits: visit.visits,
    ...random.pick(places),
    ...random.pick(devices),
  };
}

function commonOf({ id, time, wait = 0, department, visitor, prechat }: ChatFact, cast: Cast, end: number) {
  const { name, email, phone, company, product } = personOf(visitor, cast);
  return {
    id,
    ssoUserId: '',
    name,
    email,
    department: nameOf(department, cast),
    prechatFields: answersOf(prechat, cast),
    customVariables: variablesOf(visitor, cast),
    requestTime: localTime(time),
    waitingTime: new Date(Math.round(wait / 1000) * 1000).toISOString().slice(11, 19),
    endTime: localTime(end),
    v1: { phone, company, product_service: product },
  };
}

function personOf(visitor: string, cast: Cast) {
  const person = cast.visitor(visitor);
  const text = (name: string) => String(person?.[name] ?? '');
  return {
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    company: text('company'),
    product: text('product_service'),
  };
}

function nameOf(department: number | undefined, cast: Cast): string {
  return department === undefined ? '' : (cast.department(department) ?? '');
}

function answersOf(answers: readonly Answer[] | undefined, cast: Cast) {
  return (answers ?? []).flatMap(([id, value]) => {
    const name = cast.field(id);
    return name === undefined ? [] : [{ id, name, value }];
  });
}

/** The first category is the one of the chat; what else was selected is in fields. */
function wrapupOf(answers: readonly Answer[], cast: Cast) {
  const isCategory = ([id]: Answer) => cast.isCategory(id);
  return {
    category: answers.filter(isCategory).map(([, category]) => ({ category, group: cast.group(category) ?? '' })),
    comment: '',
    fields: answersOf(
      answers.filter((answer) => !isCategory(answer)),
      cast,
    ),
  };
}

function variablesOf(visitor: string, { customVariables, visitor: find }: Pick<Cast, 'customVariables' | 'visitor'>) {
  const own = find(visitor)?.custom_variables;
  const known = new Map(
    (Array.isArray(own) ? (own as { name: string; value: string }[]) : []).map(({ name, value }) => [name, value]),
  );
  const random = randomFrom(`${visitor} variables`);
  return customVariables.map(({ id, name, type }) => {
    const madeUp = { decimal: `${random.below(400)}.00`, integer: String(40_000 + random.below(1000)) }[type] ?? '';
    return { id, name, value: known.get(name) ?? madeUp };
  });
}

interface Message {
  readonly time: number;
  readonly sender: string;
  readonly type: 'enumSystem' | 'enumAgent' | 'enumVisitor';
  readonly content: string;
}

/** A transcript with as many messages as the fact counts, at times that fit its response times. */
function transcriptOf(fact: ChatFact, cast: Cast, random: Random) {
  const { time, wait = 0, end = 0, agent, earlier = [], responses, responseTime } = fact;
  const topic = random.pick(topics);
  const visitor = personOf(fact.visitor, cast).name;
  const answered = time + wait;
  const stages = [...earlier, { agent: agent ?? 0, until: end }];
  const senderAt = (at: number) => {
    const stage = stages.find(({ until }) => at < until) ?? stages.at(-1);
    return cast.agent(stage?.agent ?? 0)?.name ?? '';
  };
  const joins = [answered, ...earlier.map(({ until }) => until)].map(
    (at): Message => ({ time: at, sender: '', type: 'enumSystem', content: `${senderAt(at)} has joined the chat.` }),
  );
  const turns = turnsOf(fact);
  // Responses take as long as the fact says, and what is left is when others wrote, with as much at the end.
  const isResponse = (index: number) => turns[index] === 'agent' && turns[index - 1] === 'visitor';
  const count = turns.filter((_, index) => isResponse(index)).length;
  const response = Math.min(responses > 0 ? responseTime / responses : 0, (end - answered) / (2 * count || 1));
  const pauses = turns.length - count - (turns[0] === 'agent' ? 1 : 0);
  const pause = (end - answered - response * count) / (pauses + 1);
  let at = answered;
  let round = -1;
  const said = turns.map((from, index): Message => {
    // An agent who is asked by nobody welcomes the visitor.
    if (index > 0 || from === 'visitor') at += isResponse(index) ? response : pause;
    if (from === 'visitor') round++;
    const isLast = index === turns.length - 1;
    const [question, answer] = lineOf(topic, Math.max(round, 0));
    if (from === 'visitor') {
      return { time: at, sender: visitor, type: 'enumVisitor', content: isLast ? topic.thanks : question };
    }
    const welcome = `Hello ${visitor.split(' ')[0]}, how can I help?`;
    return { time: at, sender: senderAt(at), type: 'enumAgent', content: index === 0 ? welcome : answer };
  });
  const all = [...joins, ...said].sort((one, other) => one.time - other.time);
  const transcript = all.map(
    (message): Json => ({ ...message, time: messageTime(message.time), isNoteMessage: false }),
  );
  return { topic, transcript };
}

/** Who writes when: a welcome, then questions and answers, as many as each wrote, and the right one at the end. */
function turnsOf({ agentMessages, visitorMessages, responses, isLastByAgent }: ChatFact): ('agent' | 'visitor')[] {
  const turns: ('agent' | 'visitor')[] = agentMessages > 0 ? ['agent'] : [];
  let agents = Math.max(agentMessages - 1, 0);
  let visitors = visitorMessages;
  // The last word of the visitor is kept for the end.
  const isThanked = !isLastByAgent && visitors > 0;
  if (isThanked) visitors--;
  for (let left = Math.min(responses, agents, visitors); left > 0; left--) {
    const [asked, answered] = [Math.ceil(visitors / left), Math.ceil(agents / left)];
    turns.push(...Array<'visitor'>(asked).fill('visitor'), ...Array<'agent'>(answered).fill('agent'));
    visitors -= asked;
    agents -= answered;
  }
  turns.push(...Array<'visitor'>(visitors).fill('visitor'), ...Array<'agent'>(agents).fill('agent'));
  if (isThanked) turns.push('visitor');
  return turns;
}

function lineOf({ question, answer, more }: (typeof topics)[number], round: number): readonly [string, string] {
  return round === 0 ? [question, answer] : (more[(round - 1) % more.length] ?? [question, answer]);
}

/** `2025-03-07T09:12:45.027`, as chats have it. */
export function localTime(time: number): string {
  return new Date(Math.round(time))
    .toISOString()
    .replace(/(\.\d*?)0*Z$/, '$1')
    .replace(/\.$/, '');
}

/** `2025-03-07T09:12:45.027Z`, as visitors have it. */
function utcTime(time: number): string {
  return new Date(Math.round(time)).toISOString();
}

/** `03/07/2025 09:12:57`, as messages have it. */
export function messageTime(time: number): string {
  const [, year, month, date, clock] = /^(\d+)-(\d\d)-(\d\d)T(.{8})/.exec(utcTime(time)) ?? [];
  return `${month}/${date}/${year} ${clock}`;
}
