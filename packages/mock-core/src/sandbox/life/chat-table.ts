import type { ChatFact, Outcome, Stage } from '@comm100-openapi/description';
import { once } from '../../once.ts';
import { firstIndex } from '../order.ts';

const outcomes = ['chat', 'abandoned', 'switched', 'refused'] as const satisfies readonly Outcome[];

/** A request for a chat as it is made up: what a table keeps of it. Lengths of time are in milliseconds. */
export interface ChatRow {
  /** The day it is of, in days since 1970 UTC, and its number on that day. */
  readonly day: number;
  readonly number: number;
  readonly time: number;
  readonly outcome: (typeof outcomes)[number];
  readonly wait: number;
  readonly isQueued: boolean;
  /** 0 where there was no chat. */
  readonly length: number;
  readonly department: number;
  /** 0 for none. */
  readonly agent: number;
  /** Who had it before a transfer, and for how long; 0 for nobody. */
  readonly earlier: number;
  readonly earlierLength: number;
  /** The number of the visitor. */
  readonly visitor: number;
  /** The index of the template, which has all that is not here. */
  readonly template: number;
  /** How often an agent responded to the visitor, and how long all of it took. */
  readonly rounds: number;
  readonly responseTime: number;
  readonly isLastByAgent: boolean;
}

/** What chats have in common with many others: the campaign, the page, what was selected in forms. */
export type Template = Pick<ChatFact, 'campaign' | 'page' | 'source'> &
  Partial<Pick<ChatFact, 'visitorSegment' | 'cannedMessages' | 'rating' | 'prechat' | 'postchat' | 'wrapup'>>;

const queued = 1;
const lastByAgent = 2;

/** Many requests for chats in little memory: columns of numbers, in the order of their times. */
export class ChatTable {
  readonly size: number;
  readonly templates: readonly Template[];
  readonly #day: Uint16Array;
  readonly #number: Uint16Array;
  readonly #time: Float64Array;
  readonly #outcome: Uint8Array;
  readonly #flags: Uint8Array;
  readonly #wait: Uint32Array;
  readonly #length: Uint32Array;
  readonly #department: Uint32Array;
  readonly #agent: Uint32Array;
  readonly #earlier: Uint32Array;
  readonly #earlierLength: Uint32Array;
  readonly #visitor: Uint32Array;
  readonly #template: Uint16Array;
  readonly #rounds: Uint8Array;
  readonly #responseTime: Uint32Array;
  /** The first row of each day. */
  readonly #first = new Map<number, number>();
  /** The rows in the order of their visitors. A search through all rows would be slow with many chats. */
  readonly #byVisitor = once(() =>
    Uint32Array.from(this.#visitor.keys()).sort((one, other) => this.visitor(one) - this.visitor(other) || one - other),
  );

  /** @param rows In the order of their times; numbers of a day go up by one. */
  constructor(rows: readonly ChatRow[], templates: readonly Template[]) {
    this.size = rows.length;
    this.templates = templates;
    this.#day = Uint16Array.from(rows, ({ day }) => day);
    this.#number = Uint16Array.from(rows, ({ number }) => number);
    this.#time = Float64Array.from(rows, ({ time }) => time);
    this.#outcome = Uint8Array.from(rows, ({ outcome }) => outcomes.indexOf(outcome));
    this.#flags = Uint8Array.from(
      rows,
      ({ isQueued, isLastByAgent }) => (isQueued ? queued : 0) | (isLastByAgent ? lastByAgent : 0),
    );
    this.#wait = Uint32Array.from(rows, ({ wait }) => wait);
    this.#length = Uint32Array.from(rows, ({ length }) => length);
    this.#department = Uint32Array.from(rows, ({ department }) => department);
    this.#agent = Uint32Array.from(rows, ({ agent }) => agent);
    this.#earlier = Uint32Array.from(rows, ({ earlier }) => earlier);
    this.#earlierLength = Uint32Array.from(rows, ({ earlierLength }) => earlierLength);
    this.#visitor = Uint32Array.from(rows, ({ visitor }) => visitor);
    this.#template = Uint16Array.from(rows, ({ template }) => template);
    this.#rounds = Uint8Array.from(rows, ({ rounds }) => rounds);
    this.#responseTime = Uint32Array.from(rows, ({ responseTime }) => responseTime);
    for (let row = this.size - 1; row >= 0; row--) this.#first.set(this.#day[row] ?? 0, row);
  }

  /** The row of a chat's id; `undefined` where no chat has it. */
  rowOf(id: string): number | undefined {
    const [, day = '', number = ''] = chatId.exec(id) ?? [];
    const first = this.#first.get(Number.parseInt(day, 16));
    if (first === undefined) return undefined;
    const row = first + Number.parseInt(number, 16) - (this.#number[first] ?? 0);
    return this.#day[row] === this.#day[first] ? row : undefined;
  }

  /** The rows of a visitor, by the visitor's number. */
  rowsOfVisitor(visitor: number): number[] {
    const rows = this.#byVisitor();
    const indexOf = (wanted: number) => firstIndex(rows.length, (index) => this.visitor(rows[index] ?? 0) >= wanted);
    return [...rows.subarray(indexOf(visitor), indexOf(visitor + 1))];
  }

  fact(row: number): ChatFact {
    return new TableChat(this, row) as ChatFact;
  }

  id(row: number): string {
    const [day = 0, number = 0] = [this.#day[row], this.#number[row]];
    return `${chatPrefix}${day.toString(16).padStart(8, '0')}${number.toString(16).padStart(4, '0')}`;
  }

  time(row: number): number {
    return this.#time[row] ?? 0;
  }
  outcome(row: number): (typeof outcomes)[number] {
    return outcomes[this.#outcome[row] ?? 0] ?? 'chat';
  }
  has(row: number, flag: number): boolean {
    return ((this.#flags[row] ?? 0) & flag) !== 0;
  }
  wait(row: number): number {
    return this.#wait[row] ?? 0;
  }
  length(row: number): number {
    return this.#length[row] ?? 0;
  }
  department(row: number): number {
    return this.#department[row] ?? 0;
  }
  agent(row: number): number {
    return this.#agent[row] ?? 0;
  }
  earlier(row: number): Stage | undefined {
    const agent = this.#earlier[row];
    const until = this.time(row) + this.wait(row) + (this.#earlierLength[row] ?? 0);
    return agent ? { agent, department: this.department(row), until } : undefined;
  }
  visitor(row: number): number {
    return this.#visitor[row] ?? 0;
  }
  template(row: number): Template | undefined {
    return this.templates[this.#template[row] ?? 0];
  }
  rounds(row: number): number {
    return this.#rounds[row] ?? 0;
  }
  responseTime(row: number): number {
    return this.#responseTime[row] ?? 0;
  }
}

const chatPrefix = 'c8a4e1d1-2f6b-4d39-9b15-';
const chatId = new RegExp(`^${chatPrefix}([0-9a-f]{8})([0-9a-f]{4})$`);

const visitorPrefix = '3b6f0c53-9d1e-4a57-8c20-';

/** The id of a visitor who was made up. */
export function visitorId(visitor: number): string {
  return `${visitorPrefix}${visitor.toString(16).padStart(12, '0')}`;
}

/** The number of a visitor who was made up; `undefined` for other ids. */
export function visitorNumber(id: string): number | undefined {
  return id.startsWith(visitorPrefix) && /^[0-9a-f]{12}$/.test(id.slice(visitorPrefix.length))
    ? Number.parseInt(id.slice(visitorPrefix.length), 16)
    : undefined;
}

/** What is absent in a fact is `undefined` here. */
type LooseFact = { readonly [Name in keyof ChatFact]: ChatFact[Name] | undefined };

/** A chat of a table, as a fact. It keeps nothing of its own. */
class TableChat implements LooseFact {
  readonly #table: ChatTable;
  readonly #row: number;

  constructor(table: ChatTable, row: number) {
    this.#table = table;
    this.#row = row;
  }

  /** As data. */
  toJSON(): LooseFact {
    const { id, time, outcome, wait, isQueued, end, campaign, department, agent, earlier } = this;
    const { visitor, visitorSegment, page, source, agentMessages, visitorMessages, responses, responseTime } = this;
    const { isLastByAgent, cannedMessages, rating, prechat, postchat, wrapup } = this;
    return {
      ...{ id, time, outcome, wait, isQueued, end, campaign, department, agent, earlier, routedTo: this.routedTo },
      ...{ visitor, visitorSegment, page, source, agentMessages, visitorMessages, responses, responseTime },
      ...{ isLastByAgent, cannedMessages, rating, prechat, postchat, wrapup },
    };
  }

  get id() {
    return this.#table.id(this.#row);
  }
  get time() {
    return this.#table.time(this.#row);
  }
  get outcome() {
    return this.#table.outcome(this.#row);
  }
  get wait() {
    return this.#table.wait(this.#row);
  }
  get isQueued() {
    return this.#table.has(this.#row, queued);
  }
  get end() {
    const length = this.#table.length(this.#row);
    return length === 0 ? undefined : this.time + this.wait + length;
  }
  get campaign() {
    return this.#table.template(this.#row)?.campaign ?? 0;
  }
  get department() {
    return this.#table.department(this.#row) || undefined;
  }
  get agent() {
    return this.#table.agent(this.#row) || undefined;
  }
  get earlier() {
    const earlier = this.#table.earlier(this.#row);
    return earlier && [earlier];
  }
  get routedTo(): number | undefined {
    return undefined;
  }
  get visitor() {
    return visitorId(this.#table.visitor(this.#row));
  }
  get visitorSegment() {
    return this.#table.template(this.#row)?.visitorSegment;
  }
  get page() {
    return this.#table.template(this.#row)?.page ?? '';
  }
  get source() {
    return this.#table.template(this.#row)?.source ?? 'visitor';
  }
  get agentMessages() {
    // One to welcome the visitor, and the responses.
    return this.#isChat ? this.responses + 1 : 0;
  }
  get visitorMessages() {
    return this.#isChat ? this.responses + (this.isLastByAgent ? 0 : 1) : 0;
  }
  get responses() {
    return this.#table.rounds(this.#row);
  }
  get responseTime() {
    return this.#table.responseTime(this.#row);
  }
  get isLastByAgent() {
    return this.#table.has(this.#row, lastByAgent);
  }
  get cannedMessages() {
    return this.#ofChat('cannedMessages');
  }
  get rating() {
    return this.#ofChat('rating');
  }
  get prechat() {
    return this.#table.template(this.#row)?.prechat;
  }
  get postchat() {
    return this.#ofChat('postchat');
  }
  get wrapup() {
    return this.#ofChat('wrapup');
  }

  get #isChat(): boolean {
    return this.outcome === 'chat';
  }

  #ofChat<Name extends 'cannedMessages' | 'rating' | 'postchat' | 'wrapup'>(name: Name): Template[Name] | undefined {
    return this.#isChat ? this.#table.template(this.#row)?.[name] : undefined;
  }
}
