import type {
  ChatFact,
  Company,
  CompanyAgent,
  Document,
  Facts,
  Json,
  MigrationMap,
  OfflineMessageFact,
  StatusFact,
} from '@comm100-openapi/description';
import { randomFrom } from '../../answers/random.ts';
import { schemaCompiler } from '../../schema/validator.ts';
import { complaintOf, placeOf } from '../../schema/words.ts';
import { Contract } from '../contract.ts';
import { castOf, readable } from '../life/cast.ts';
import { type Cast, composeChat, composeMissed, localTime, messageTime, secretOf } from '../life/compose.ts';
import { isRecord, merge } from '../merge.ts';
import { neutral } from '../neutral.ts';
import { permissionsOf } from '../permissions.ts';
import { idsAt, placesIn } from '../references.ts';
import { fieldsOf } from '../seed.ts';
import type { Entity, Seed, Store } from '../store.ts';
import { companySchema, type KindSchema, kindsOf, mostItems } from './company-schema.ts';

/** One thing that is wrong with a file, and where. */
export interface FileProblem {
  readonly path: readonly (string | number)[];
  /** What is wrong and what to do, as a sentence. */
  readonly text: string;
}

/** A file of a company has something wrong. */
export class CompanyFileError extends Error {
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super(problems.map(({ path, text }) => `${placeOf(path)}: ${text}`).join('\n'));
    this.problems = problems;
  }
}

/** A company of one's own, as a mock begins with it. */
export interface OwnCompany {
  readonly company: Company;
  readonly seed: Seed;
  readonly facts: Facts;
}

type Item = Readonly<Record<string, Json>>;
type Kinds = Map<string, Map<string, Record<string, Json>>>;

/**
 * Reads a file of a company. What it leaves out is made up: ids, credentials, settings, and what was said in chats.
 *
 * @param file The parsed file. See `companyFileSchema`.
 * @param document The description of version 2.0.
 * @throws {CompanyFileError} with all that is wrong, at most 20 things.
 */
export function readCompanyFile(file: Json, contract: Contract, document: Document): OwnCompany {
  return new Reader(file, contract, document).read();
}

class Reader {
  readonly #file: Readonly<Record<string, Json>>;
  readonly #contract: Contract;
  readonly #document: Document;
  readonly #kinds: readonly KindSchema[];
  readonly #problems: FileProblem[] = [];

  constructor(file: Json, contract: Contract, document: Document) {
    this.#contract = contract;
    this.#document = document;
    this.#kinds = kindsOf(document, contract.actions);
    const schema = companySchema(document, this.#kinds);
    const { components, ...body } = schema;
    const validate = schemaCompiler({ ...document, components: components as NonNullable<Document['components']> })(
      body,
    );
    for (const finding of validate(file)) {
      const text =
        finding.keyword === 'additionalProperties' ? this.#unknown(finding.path) : `${complaintOf(finding)}.`;
      this.#problem(finding.path, text);
    }
    this.#finish();
    this.#file = file as Record<string, Json>;
  }

  read(): OwnCompany {
    const kinds: Kinds = new Map([...this.#contract.seed.keys()].map((kind) => [kind, new Map()]));
    for (const kind of this.#kinds) kinds.set(kind.kind, this.#entities(kind));
    this.#joinDepartments(kinds);
    this.#joinGroups(kinds);
    const agents = this.#credentials(kinds);
    this.#settings(kinds);
    for (const [kind, entities] of fieldsOf(kinds, { customFields: [] } as unknown as Company))
      kinds.set(kind, entities);
    const facts = this.#happened(kinds);
    this.#checkReferences(kinds);
    this.#finish();
    const site = (this.#file.site ?? {}) as { id?: number; name: string; edition?: string; today?: string };
    const { email, password } =
      (this.#file.partner as unknown as Company['partner'] | undefined) ?? this.#contract.company.partner;
    const company: Company = {
      site: {
        edition: 'enterprise',
        ...site,
        id: site.id ?? 10_001,
        today: site.today ?? localTime(Date.now()).slice(0, 10),
      },
      agents,
      partner: { email, password },
    };
    return { company, seed: kinds, facts };
  }

  #items(kind: string): readonly Item[] {
    return (this.#file[kind] ?? []) as unknown as readonly Item[];
  }

  #problem(path: readonly (string | number)[], text: string): void {
    if (this.#problems.length < 20) this.#problems.push({ path, text });
  }

  #finish(): void {
    if (this.#problems.length > 0) throw new CompanyFileError(this.#problems);
  }

  #unknown(path: readonly (string | number)[]): string {
    const [kind, , field] = path;
    const known = this.#kinds.find((each) => each.kind === kind);
    if (path.length === 1) {
      const others = ['site', 'partner', 'settings', 'facts', ...this.#kinds.map((each) => each.kind)];
      return `is unknown. There are ${others.join(', ')}.`;
    }
    if (!known || typeof field !== 'string' || path.length > 3) return 'is unknown.';
    return `is unknown. The fields of ${kind} are ${Object.keys(known.properties).join(', ')}.`;
  }

  /** The entities of a kind, with ids and with what they have where nobody says. */
  #entities(known: KindSchema): Map<string, Record<string, Json>> {
    const { kind, hasGuids, owner } = known;
    const items = this.#items(kind);
    // Chats and messages are composed.
    const usual = items.length === 0 || kind === 'chats' || kind === 'offlineMessages' ? {} : this.#usual(known);
    const entities = new Map<string, Record<string, Json>>();
    const given = items.flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
    let last = Math.max(0, ...given);
    for (const [index, item] of items.entries()) {
      const id = item.id ?? (hasGuids ? guidOf(kind, index) : ++last);
      const key = String(id).toLowerCase();
      if (entities.has(key)) this.#problem([kind, index, 'id'], `${id} is the id of another item. Each has its own.`);
      const { campaign, ...fields } = item;
      const own = owner ? { secret: { owner: String(campaign) } } : {};
      entities.set(key, { ...merge(usual, owner ? fields : item), ...own, id });
    }
    return entities;
  }

  /** What an entity has where nobody says: what the demo company has, without what is its own. */
  #usual({ kind, properties }: KindSchema): Record<string, Json> {
    const [first] = readable(this.#contract.seed).list(kind);
    const fields = Object.entries(properties).filter(([name]) => name !== 'id');
    const referring = new Set(placesIn(this.#document, { type: 'object', properties }).map(({ path: [name] }) => name));
    const kept = fields.filter(([name]) => first?.[name] !== undefined && !referring.has(name));
    const schema = { type: 'object', properties: Object.fromEntries(kept) };
    const shown = Object.fromEntries(kept.map(([name]) => [name, first?.[name] ?? null]));
    return merge({ ...(neutral(this.#document, schema, shown, '') as Item) }, this.#contract.defaults(kind));
  }

  /** Agents are of departments, whichever of the two says so. */
  #joinDepartments(kinds: Kinds): void {
    const departments = kinds.get('departments') ?? new Map();
    for (const department of departments.values()) {
      const { agents } = department;
      department.agents = Array.isArray(agents)
        ? agents.map((agent) => (isRecord(agent) ? (agent.id ?? 0) : agent))
        : [];
    }
    for (const [index, [key, agent]] of [...(kinds.get('agents') ?? [])].entries()) {
      const { departments: own } = agent;
      delete agent.departments;
      for (const id of Array.isArray(own) ? own : []) {
        const members = departments.get(String(id))?.agents;
        if (!members) this.#problem(['agents', index, 'departments'], `${id} is not the id of a department.`);
        else if (!members.includes(Number(key))) members.push(Number(key));
      }
    }
  }

  /** The groups that the service keeps by itself are there in any case. */
  #joinGroups(kinds: Kinds): void {
    const groups = kinds.get('groups') ?? new Map();
    let last = Math.max(0, ...[...groups.keys()].map(Number));
    for (const group of groups.values()) {
      const { agents } = group;
      group.agents = Array.isArray(agents) ? agents.map((agent) => (isRecord(agent) ? (agent.id ?? 0) : agent)) : [];
      group.isSystem = false;
    }
    for (const group of readable(this.#contract.seed).list('groups')) {
      if (group.isSystem === true) groups.set(String(++last), { ...group, id: last });
    }
  }

  /** @returns the accounts that can log in */
  #credentials(kinds: Kinds): CompanyAgent[] {
    const { permissions: flags, permissionMap } = this.#contract;
    const maps = new Map<string, Record<string, Json>>();
    const emails = new Set<string>();
    const accounts = [...(kinds.get('agents') ?? [])].map(([key, agent], index): CompanyAgent => {
      const { password, apiKey, permissions = [], ...entity } = agent;
      const email = String(entity.email);
      if (emails.has(email.toLowerCase())) this.#problem(['agents', index, 'email'], 'is the email of another agent.');
      emails.add(email.toLowerCase());
      const [name = ''] = email.split('@');
      const account: CompanyAgent = {
        id: Number(key),
        email,
        apiKey: String(apiKey ?? key.padStart(32, '0')),
        password: String(password ?? `demo-password-${key}`),
        permissions: entity.isAdmin === true || permissions === 'all' ? 'all' : (permissions as string[]),
      };
      for (const [at, permission] of (Array.isArray(permissions) ? permissions : []).entries()) {
        if (String(permission) in flags) continue;
        const text = `is not a permission. There are ${Object.keys(flags).join(', ')}.`;
        this.#problem(['agents', index, 'permissions', at], `'${permission}' ${text}`);
      }
      maps.set(key, permissionsOf(account, flags, permissionMap));
      const usual = {
        firstName: '',
        lastName: '',
        isAdmin: false,
        isActive: true,
        isLocked: false,
        status: 'offline',
        maxChatsCount: 3,
        isAcceptAllocation: true,
        ongoingChats: 0,
      };
      const secret = { apiKey: account.apiKey, password: account.password };
      const displayName = entity.displayName || name;
      kinds.get('agents')?.set(key, { ...usual, ...entity, displayName, secret });
      return account;
    });
    kinds.set('agents.permissions', maps);
    const active = accounts.filter(({ id }) => {
      const { isActive, isLocked } = kinds.get('agents')?.get(String(id)) ?? {};
      return isActive !== false && isLocked !== true;
    });
    if (active.length === 0) {
      const state = accounts.length === 0 ? 'is empty' : 'has only agents who are locked or not active';
      this.#problem(['agents'], `${state}. Somebody must be able to log in.`);
    }
    return active;
  }

  /** The settings of the file; those of the site are there in any case. */
  #settings(kinds: Kinds): void {
    const { contract, site } = { contract: this.#contract, site: this.#file.site as Item };
    for (const [kind, entities] of contract.seed) {
      if (!entities.has('')) continue;
      const usual = kind === 'site.profile' ? { id: site.id ?? 10_001, siteName: site.name, company: site.name } : {};
      kinds.set(kind, new Map([['', { ...merge({ ...contract.neutral(kind) }, usual as Item) }]]));
    }
    for (const [kind, each] of Object.entries((this.#file.settings ?? {}) as Record<string, Record<string, Item>>)) {
      if (!contract.seed.has(kind)) {
        const known = [...contract.seed.keys()].filter((name) => !this.#kinds.some((own) => own.kind === name));
        this.#problem(['settings', kind], `is unknown. There are ${known.join(', ')}.`);
        continue;
      }
      const [owner = ''] = kind.split('.');
      for (const [key, settings] of Object.entries(each)) {
        if (key !== '' && !kinds.get(owner)?.has(key)) {
          this.#problem(['settings', kind, key], `is not the id of one of the ${owner}.`);
        }
        const usual = kinds.get(kind)?.get(key) ?? contract.neutral(kind);
        kinds.get(kind)?.set(key, merge({ ...usual }, settings));
      }
    }
  }

  /** Chats and offline messages with their content, and what reports count of them. */
  #happened(kinds: Kinds): Facts {
    const company = readable(kinds);
    const cast = castOf(company);
    const visitors = company.list('visitors');
    const visitorOf = (path: readonly (string | number)[], name: Json | undefined) => {
      const wanted = String(name).toLowerCase();
      const found = visitors.find(({ id, email, name: known }) =>
        [id, email, known].some((text) => String(text).toLowerCase() === wanted),
      );
      if (!found) this.#problem(path, `'${name}' is not the id, the name or the email of one of the visitors.`);
      return String(found?.id ?? '');
    };
    const departmentOf = (path: readonly (string | number)[], name: Json | undefined) => {
      if (name === undefined) return undefined;
      const found = company.list('departments').find(({ id, name: known }) => id === name || known === name);
      if (!found) this.#problem(path, `${JSON.stringify(name)} is not the id or the name of a department.`);
      return found && Number(found.id);
    };
    const [first] = company.list('campaigns');
    const chats: ChatFact[] = [];
    const shown = new Map<string, Record<string, Json>>();
    const missed = new Map<string, Record<string, Json>>();
    for (const [index, [key, chat]] of [...(kinds.get('chats') ?? [])].entries()) {
      const path = ['chats', index];
      const time = instant(chat.start ?? chat.requestTime);
      if (time === undefined) this.#problem([...path, 'start'], 'is required.');
      const isHeld = chat.missed !== true && chat.refused !== true;
      const agent =
        chat.agent ?? (isRecord((chat.agents as Json[] | undefined)?.[0]) ? (chat.agents as Item[])[0]?.id : undefined);
      if (isHeld && agent === undefined)
        this.#problem([...path, 'agent'], 'is required, but where the chat was missed or refused.');
      if (agent !== undefined && !company.get('agents', String(agent)))
        this.#problem([...path, 'agent'], `${agent} is not the id of an agent.`);
      const end = instant(chat.end ?? chat.endTime);
      if (isHeld && end === undefined) this.#problem([...path, 'end'], 'is required.');
      const wait = typeof chat.waited === 'number' ? chat.waited * 1000 : secondsOf(chat.waitingTime) * 1000;
      if (end !== undefined && time !== undefined && end < time + wait)
        this.#problem(
          [...path, 'end'],
          'is before the agent answered: it must be after start and the time that the visitor waited.',
        );
      if (chat.campaign !== undefined && !company.get('campaigns', String(chat.campaign)))
        this.#problem([...path, 'campaign'], `${chat.campaign} is not the id of a campaign.`);
      const visitor = visitorOf([...path, 'visitor'], chat.visitor ?? chat.email);
      const department = departmentOf([...path, 'department'], chat.department);
      const messages = (chat.messages ?? []) as unknown as readonly Message[];
      const fact: ChatFact = {
        id: key,
        time: time ?? 0,
        outcome: isHeld ? 'chat' : chat.refused === true ? 'refused' : 'abandoned',
        wait,
        isQueued: false,
        ...(isHeld && end !== undefined && { end }),
        campaign: Number(chat.campaign ?? first?.id ?? 0),
        ...(department !== undefined && { department }),
        ...(isHeld && { agent: Number(agent ?? 0) }),
        visitor,
        page: String(company.get('visitors', visitor)?.landing_page ?? ''),
        source: 'visitor',
        ...(isHeld && typeof chat.rating === 'number' && { rating: chat.rating }),
        ...countsOf(key, isHeld, messages, time ?? 0, end ?? 0, wait),
      };
      chats.push(fact);
      if (isHeld) shown.set(key, { ...heldChat(fact, chat, messages, cast), secret: secretOf(fact) as Json });
      else missed.set(key, { ...composeMissed(fact, cast), secret: secretOf(fact) as Json });
    }
    kinds.set('chats', shown);
    kinds.set('missedAndRefusedChats', missed);

    const offlineMessages = [...(kinds.get('offlineMessages') ?? [])].map(
      ([key, message], index): OfflineMessageFact => {
        const path = ['offlineMessages', index];
        const time = instant(message.time) ?? 0;
        const visitor = visitorOf([...path, 'visitor'], message.visitor ?? message.email);
        const department = departmentOf([...path, 'department'], message.department);
        const { visitor: _, campaign = first?.id ?? 0, subject = '', v1, ...fields } = message;
        const person = company.get('visitors', visitor);
        const usual = {
          name: person?.name ?? '',
          email: person?.email ?? '',
          ssoUserId: '',
          agent: '',
          fields: [],
          customVariables: [],
          attachment: [],
        };
        const old = {
          phone: person?.phone ?? '',
          company: person?.company ?? '',
          subject,
          ...(v1 as Item | undefined),
        };
        kinds.get('offlineMessages')?.set(key, {
          ...usual,
          ...fields,
          department: department === undefined ? '' : (cast.department(department) ?? ''),
          v1: old,
          secret: { visitor, campaign, department: department ?? 0, segment: 0 },
        });
        return {
          id: key,
          time,
          campaign: Number(campaign),
          isFromQueue: false,
          ...(department !== undefined && { department }),
        };
      },
    );
    const given = this.#file.facts as unknown as Facts | undefined;
    if (given) return checkedFacts(given, (text) => this.#problem(['facts'], text));
    const statuses = statusesOf(kinds, chats);
    return { chats, offlineMessages, statuses, visits: [], invitations: [], conversions: [], botChats: [] };
  }

  /** What refers to what the company does not have. */
  #checkReferences(kinds: Kinds): void {
    for (const { kind, properties, owner } of this.#kinds) {
      const places = placesIn(this.#document, { type: 'object', properties });
      for (const [index, item] of this.#items(kind).entries()) {
        if (owner && !kinds.get(owner)?.has(String(item.campaign))) {
          this.#problem([kind, index, 'campaign'], `${item.campaign} is not the id of a campaign.`);
        }
        for (const { path, kind: wanted } of places) {
          for (const id of idsAt(item, path)) {
            if (id === 0 || id === -1 || id === '' || id === null || kinds.get(wanted)?.has(String(id).toLowerCase()))
              continue;
            const name = path.filter((part) => part !== '[]');
            this.#problem([kind, index, ...name], `${JSON.stringify(id)} is not among the ${wanted} of the file.`);
          }
        }
      }
    }
  }
}

interface Message {
  readonly from: 'visitor' | 'agent' | 'note';
  readonly text: string;
}

/** A chat with what the file says of it over what is made up. */
function heldChat(fact: ChatFact, given: Item, messages: readonly Message[], cast: Cast): Record<string, Json> {
  const {
    visitor: _,
    agent: __,
    campaign: ___,
    start,
    end,
    waited,
    missed,
    refused,
    messages: ____,
    rating,
    department,
    ...fields
  } = given;
  const composed = composeChat(fact, cast);
  if (messages.length === 0) return { ...composed, ...fields };
  const begin = fact.time + (fact.wait ?? 0);
  const step = ((fact.end ?? begin) - begin) / (messages.length + 1);
  const agent = cast.agent(fact.agent ?? 0)?.name ?? '';
  const said = messages.map(
    ({ from, text }, index): Json => ({
      time: messageTime(begin + step * (index + 1)),
      sender: from === 'visitor' ? String(composed.name) : agent,
      type: from === 'visitor' ? 'enumVisitor' : 'enumAgent',
      content: text,
      isNoteMessage: from === 'note',
    }),
  );
  const [joined = null] = composed.chatTranscript as Json[];
  return { ...composed, chatTranscript: [joined, ...said], ...fields };
}

/** How many messages there are, and how long responses took: as the file says, or made up. */
function countsOf(id: string, isHeld: boolean, messages: readonly Message[], time: number, end: number, wait: number) {
  if (!isHeld) return { agentMessages: 0, visitorMessages: 0, responses: 0, responseTime: 0, isLastByAgent: false };
  const length = Math.max(0, end - time - wait);
  const said = messages.filter(({ from }) => from !== 'note');
  if (said.length === 0) {
    const rounds = 1 + randomFrom(id).below(4);
    return {
      agentMessages: rounds + 1,
      visitorMessages: rounds + 1,
      responses: rounds,
      responseTime: Math.floor(length / 4),
      isLastByAgent: false,
    };
  }
  const count = (from: Message['from']) => said.filter((message) => message.from === from).length;
  const responses = said.filter(({ from }, index) => from === 'agent' && said[index - 1]?.from === 'visitor').length;
  return {
    agentMessages: count('agent'),
    visitorMessages: count('visitor'),
    responses,
    responseTime: Math.floor((responses * length) / (messages.length + 1)),
    isLastByAgent: said.at(-1)?.from === 'agent',
  };
}

/** Agents were online from an hour before their first chat of a day to an hour after their last one; and are as they are now. */
function statusesOf(kinds: Kinds, chats: readonly ChatFact[]): StatusFact[] {
  const hour = 3_600_000;
  const days = new Map<string, { agent: number; from: number; to: number }>();
  for (const { agent, time, end = time } of chats) {
    if (agent === undefined) continue;
    const key = `${agent} ${Math.floor(time / (24 * hour))}`;
    const known = days.get(key) ?? { agent, from: time, to: end };
    days.set(key, { agent, from: Math.min(known.from, time), to: Math.max(known.to, end) });
  }
  const statuses = [...days.values()].flatMap(({ agent, from, to }) => [
    { time: from - hour, agent, status: 'Online' },
    { time: to + hour, agent, status: 'Offline' },
  ]);
  const names: Readonly<Record<string, string>> = { online: 'Online', away: 'Away', offline: 'Offline' };
  const last = Math.max(0, ...statuses.map(({ time }) => time));
  for (const [key, { status }] of kinds.get('agents') ?? []) {
    if (status !== 'offline')
      statuses.push({ time: last, agent: Number(key), status: names[String(status)] ?? String(status) });
  }
  return statuses.sort((one, other) => one.time - other.time);
}

/** Facts as an export writes them: lists of objects with a time. */
function checkedFacts(given: Facts, report: (text: string) => void): Facts {
  const names = ['chats', 'visits', 'statuses', 'invitations', 'offlineMessages', 'conversions', 'botChats'] as const;
  const unknown = Object.keys(given).find((name) => !(names as readonly string[]).includes(name));
  if (unknown) report(`has '${unknown}', which is unknown. There are ${names.join(', ')}.`);
  return Object.fromEntries(
    names.map((name) => {
      const list: unknown = given[name] ?? [];
      const isList = Array.isArray(list) && list.every((fact) => isRecord(fact) && typeof fact.time === 'number');
      if (!isList) report(`'${name}' is not a list of objects with a time. An export writes it.`);
      return [name, isList ? list : []];
    }),
  ) as unknown as Facts;
}

/** An id that depends on nothing but the place. */
function guidOf(kind: string, index: number): string {
  const random = randomFrom(`${kind} guid`);
  const digits = (length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${(index + 1).toString(16).padStart(12, '0')}`;
}

/** `2025-03-07T09:12:45`, which is UTC, in milliseconds since 1970. */
function instant(text: Json | undefined): number | undefined {
  const time = typeof text === 'string' ? Date.parse(`${text}Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** `00:01:50` in seconds. */
function secondsOf(text: Json | undefined): number {
  return typeof text === 'string' ? text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) : 0;
}

/** What follows from the rest of a file, or is not in files. */
const notInFiles = new Set(['agents.me', 'agents.effectivePermissions']);

/**
 * What is there now, as a file that a mock can begin with. What goes on at the moment, and what only version 1.0 lists, is
 * not in it.
 *
 * @throws {RangeError} where the company is too large for a file.
 */
export function exportCompany(
  company: Company,
  store: Pick<Store, 'list' | 'keys' | 'get'>,
  facts: Facts,
  contract: Contract,
  document: Document,
): Json {
  if (facts.chats.length > mostItems) {
    throw new RangeError(
      `A company with ${facts.chats.length} chats does not fit in a file, which has at most ${mostItems}.`,
    );
  }
  const kinds = kindsOf(document, contract.actions);
  const names = new Set(kinds.map(({ kind }) => kind));
  const { id, name, edition, today } = company.site;
  const { email, password } = company.partner;
  const file: Record<string, Json> = {
    site: { id, name, edition, ...(today !== undefined && { today }) },
    partner: { email, password },
  };
  const namesOf = (map: Entity | undefined): string[] =>
    Object.entries(contract.permissions).flatMap(([name, flag]) => {
      const [area = '', permission = ''] = flag.split('.');
      const flags = map?.[area];
      return isRecord(flags) && flags[permission] === true ? [name] : [];
    });
  for (const { kind, properties, owner } of kinds) {
    const listed = store.list(kind).filter(({ isSystem }) => kind !== 'groups' || isSystem !== true);
    const items = kind === 'visitors' ? [...listed, ...pastVisitors(store, listed)] : listed;
    if (items.length === 0) continue;
    file[kind] = items.map(({ secret, ...entity }) => {
      const hidden = isRecord(secret) ? secret : {};
      // An empty text is what a field has without it, too, and not all of them can be written.
      const fields = Object.entries(entity).filter(([name, value]) => name in properties && value !== '');
      return {
        ...Object.fromEntries(fields),
        ...(kind === 'agents' && {
          apiKey: hidden.apiKey ?? '',
          password: hidden.password ?? '',
          permissions: entity.isAdmin === true ? 'all' : namesOf(store.get('agents.permissions', String(entity.id))),
        }),
        ...(owner && { campaign: Number(hidden.owner) }),
        ...(kind === 'chats' && { visitor: hidden.visitor ?? '', campaign: hidden.campaign ?? 1 }),
        ...(kind === 'offlineMessages' && { visitor: hidden.visitor ?? '', campaign: hidden.campaign ?? 1 }),
      };
    });
  }
  const missed = store.list('missedAndRefusedChats').map(({ type, chat, secret }): Json => {
    const { id: key = '', requestTime, waitingTime, endTime, department } = chat as Item;
    const { visitor = '', campaign = 1 } = isRecord(secret) ? secret : {};
    const times = { requestTime, waitingTime, endTime } as Item;
    return {
      id: key,
      visitor,
      campaign,
      department: department || undefined,
      ...times,
      [type === 'Refused' ? 'refused' : 'missed']: true,
    } as Json;
  });
  if (missed.length > 0) file.chats = [...((file.chats as Json[] | undefined) ?? []), ...missed];
  const settings: Record<string, Json> = {};
  for (const kind of contract.seed.keys()) {
    // What is neither of the site nor of an entity is a list that only version 1.0 has.
    const isSettings = kind.includes('.') || contract.seed.get(kind)?.has('');
    if (!isSettings || names.has(kind) || notInFiles.has(kind)) continue;
    const each = [...store.keys(kind)].map((key) => [key, store.get(kind, key) ?? {}] as const);
    if (each.length > 0) settings[kind] = Object.fromEntries(each) as Json;
  }
  return { ...file, settings, facts: plainJson(facts) };
}

/** Visitors who are not here now, but had a chat or left a message. */
function pastVisitors(store: Pick<Store, 'list' | 'get'>, present: readonly Entity[]): Entity[] {
  const known = new Set(present.map(({ id }) => String(id)));
  const ids = ['chats', 'missedAndRefusedChats', 'offlineMessages'].flatMap((kind) =>
    store.list(kind).map(({ secret }) => (isRecord(secret) ? String(secret.visitor) : '')),
  );
  const others = [...new Set(ids)].filter((id) => !known.has(id));
  return others.map((id) => store.get('visitors', id)).filter((visitor) => visitor !== undefined);
}

function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

/**
 * The JSON Schema of a file of a company, for editors and other programs.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function companyFileSchema(options: {
  readonly bundles: readonly Document[];
  readonly company: Company;
  readonly migration?: MigrationMap;
}): Json {
  const document = options.bundles.find(({ info }) => info.version.startsWith('2'));
  if (!document) throw new Error('A company is described by version 2.0, which is not among the bundles.');
  const { actions } = new Contract(options.bundles, options.company, options.migration);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A company for comm100-mock',
    ...(companySchema(document, kindsOf(document, actions)) as object),
  };
}
