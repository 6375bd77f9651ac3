import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, ChatFact, Facts, Outcome, Stage } from '@comm100-openapi/description';
import { isNode, listOf, type Node } from '../lib/values.ts';

/** Files of the week are read up to this many lines. */
const mostLines = 20_000;

/** The ids of chats, visitors and offline messages that have only a number: the number ends the id of their kind. */
const ids = {
  chat: 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c5',
  visitor: '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f',
  offlineMessage: '5e9d7a34-60cb-4f82-a7d1-0b8c92f6',
};

/**
 * The week of the demo company as facts, from the tables in a folder: one CSV file for each kind of fact, with UTC times
 * and with lengths of time in seconds.
 *
 * @param folder `spec/demo/week`.
 * @param company `spec/demo/company.yaml`, which has the agents, departments, … that the tables name.
 * @throws {Error} naming the file and the line, and what is wrong there.
 */
export function readWeek(folder: string, company: Node): Facts {
  const known = (kind: string) => new Set(listOf(company[kind]).map((it) => (isNode(it) ? it.id : it)));
  const [agents, departments, campaigns] = [known('agents'), known('departments'), known('campaigns')];
  const [segments, actions] = [known('visitorSegments'), known('conversionActions')];
  const [invitations, cannedMessages] = [known('autoInvitations'), known('cannedMessages')];
  const read = <Fact extends { readonly time: number }>(name: string, fact: (line: Line) => Fact) => {
    const facts = readTable(join(folder, `${name}.csv`)).map(fact);
    return facts.sort((one, other) => one.time - other.time);
  };

  const visitor = (line: Line) => {
    const text = line.text('visitor');
    const named = listOf(company.visitors).find((it) => isNode(it) && it.name === text);
    return isNode(named) ? String(named.id) : guid(ids.visitor, line.whole('visitor', 1, 9999));
  };

  return {
    chats: read('chats', (line): ChatFact => {
      const time = line.time('time');
      const wait = line.seconds('wait');
      const length = line.optional('length', () => line.seconds('length'));
      const outcome = line.oneOf('outcome', ['chat', 'abandoned', 'switched', 'refused'] satisfies Outcome[]);
      const campaign = line.id('campaign', campaigns);
      const answers = (form: string, columns: Readonly<Record<string, string>>): Answer[] =>
        Object.entries(columns).flatMap(([column, field]): Answer[] => {
          const option = line.text(column);
          return option ? [[fieldOf(company, form, field, campaign), option]] : [];
        });
      const prechat = answers('pre-chat', { product: 'Product service' });
      const postchat = answers('post-chat', { solved: 'Did we solve it?' });
      const wrapup = answers('wrap-up', { category: 'Category', followUp: 'Follow-up' });
      const canned = line
        .list('cannedMessages')
        .map((text) => line.isKnown('cannedMessages', Number(text), cannedMessages));
      return defined({
        id: guid(ids.chat, line.whole('number', 1, 9999)),
        time,
        outcome,
        wait,
        isQueued: line.yesOrNo('queued'),
        end: length === undefined ? undefined : time + wait + length,
        campaign,
        department: line.id('department', departments),
        agent: outcome === 'chat' ? line.id('agent', agents) : undefined,
        earlier: stagesOf(line, time + wait, agents, departments),
        routedTo: line.optional('routedTo', () => line.id('routedTo', agents)),
        visitor: visitor(line),
        visitorSegment: line.optional('segment', () => line.id('segment', segments)),
        page: line.text('page'),
        source: line.oneOf('source', ['visitor', 'manual', 'auto'] as const),
        agentMessages: line.whole('agentMessages', 0, 1000),
        visitorMessages: line.whole('visitorMessages', 0, 1000),
        responses: line.whole('responses', 0, 1000),
        responseTime: line.seconds('responseTime'),
        isLastByAgent: line.yesOrNo('lastByAgent'),
        cannedMessages: canned.length > 0 ? canned : undefined,
        rating: line.optional('rating', () => line.whole('rating', 1, 5)),
        prechat: prechat.length > 0 ? prechat : undefined,
        postchat: postchat.length > 0 ? postchat : undefined,
        wrapup: wrapup.length > 0 ? wrapup : undefined,
      });
    }),
    // The visits of each half hour, a column a day; and those visitors who were on the website for a known time.
    visits: [
      ...readTable(join(folder, 'visits.csv')).flatMap((line) =>
        line.columns
          .filter((column) => /^\d{4}-/.test(column))
          .map((date) => ({
            time: line.timeOf(`${date}T${line.text('time')}:00`),
            campaign: line.id('campaign', campaigns),
            count: line.whole(date, 0, 10_000),
          })),
      ),
      ...read('stays', (line) => ({
        time: line.time('time'),
        campaign: line.id('campaign', campaigns),
        until: line.time('until'),
        visitor: visitor(line),
      })),
    ]
      .filter((visit) => !('count' in visit) || visit.count > 0)
      .sort((one, other) => one.time - other.time),
    statuses: read('statuses', (line) => ({
      time: line.time('time'),
      agent: line.id('agent', agents),
      status: line.text('status'),
    })),
    invitations: read('invitations', (line) =>
      defined({
        time: line.time('time'),
        agent: line.optional('agent', () => line.id('agent', agents)),
        autoInvitation: line.optional('autoInvitation', () => line.id('autoInvitation', invitations)),
        campaign: line.optional('campaign', () => line.id('campaign', campaigns)),
        isAccepted: line.yesOrNo('accepted'),
      }),
    ),
    offlineMessages: read('offline-messages', (line) =>
      defined({
        id: guid(ids.offlineMessage, line.whole('number', 1, 9999)),
        time: line.time('time'),
        department: line.id('department', departments),
        campaign: line.id('campaign', campaigns),
        visitorSegment: line.optional('segment', () => line.id('segment', segments)),
        isFromQueue: line.yesOrNo('fromQueue'),
      }),
    ),
    conversions: read('conversions', (line) => ({
      time: line.time('time'),
      conversionAction: line.id('action', actions),
      visitor: visitor(line),
      value: line.number('value', 0, 1_000_000),
      department: line.id('department', departments),
      agent: line.id('agent', agents),
    })),
    botChats: read('chatbot', (line) => ({
      time: line.time('time'),
      end: line.time('time') + line.seconds('length'),
      answers: line.whole('answers', 0, 1000),
      confidentAnswers: line.whole('confidentAnswers', 0, 1000),
      isHandedOver: line.yesOrNo('handedOver'),
    })),
  };
}

/** `3/2:90`: agent 3 of department 2 had the chat until 90 seconds after it began. Several have a blank between them. */
function stagesOf(line: Line, from: number, agents: Ids, departments: Ids): Stage[] | undefined {
  const stages = line.list('earlier').map((text) => {
    const [, agent, department, seconds] = /^(\d+)\/(\d+):(\d+)$/.exec(text) ?? [];
    if (seconds === undefined) throw line.problem('earlier', `${text} is not agent/department:seconds, such as 3/2:90`);
    return {
      agent: line.isKnown('earlier', Number(agent), agents),
      department: line.isKnown('earlier', Number(department), departments),
      until: from + Number(seconds) * 1000,
    };
  });
  return stages.length > 0 ? stages : undefined;
}

/** The id of a field of a form, by its name; a field of one campaign alone comes first. */
function fieldOf(company: Node, form: string, name: string, campaign: number): number {
  const fields = listOf(company.formFields).filter(
    (it) => isNode(it) && it.form === form && it.name === name,
  ) as Node[];
  const field = fields.find((it) => it.campaign === campaign) ?? fields.find((it) => it.campaign === undefined);
  if (!field) throw new Error(`demo/company.yaml has no field '${name}' of the ${form} form of campaign ${campaign}.`);
  return Number(field.id);
}

function guid(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(4, '0')}`;
}

/** An object without the fields that are undefined. */
function defined<Value extends object>(value: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}

type Ids = ReadonlySet<unknown>;

/** The lines of a CSV file after its first, which names the columns. Values have no commas and no quotes. */
function readTable(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  if (lines.length > mostLines) throw new Error(`${file} has more than ${mostLines} lines.`);
  const columns = (lines[0] ?? '').split(',');
  return lines.slice(1).map((text, index) => {
    const values = text.split(',');
    const place = `${file}, line ${index + 2}`;
    if (text.includes('"')) throw new Error(`${place}: remove the quotes; a value here has no comma.`);
    if (values.length !== columns.length) {
      throw new Error(`${place} has ${values.length} values; the first line names ${columns.length} columns.`);
    }
    return new Line(place, columns, values);
  });
}

/** A line of a table. Each method reads one column, and throws an error that names file, line and column. */
class Line {
  readonly columns: readonly string[];
  readonly #place: string;
  readonly #values: readonly string[];

  constructor(place: string, columns: readonly string[], values: readonly string[]) {
    this.#place = place;
    this.columns = columns;
    this.#values = values;
  }

  text(column: string): string {
    const index = this.columns.indexOf(column);
    if (index < 0) throw new Error(`${this.#place}: the first line of the file names no column '${column}'.`);
    return (this.#values[index] ?? '').trim();
  }

  /** What `read` gives; `undefined` where the column is empty. */
  optional<Value>(column: string, read: () => Value): Value | undefined {
    return this.text(column) === '' ? undefined : read();
  }

  /** The values of a column that has blanks between them. */
  list(column: string): string[] {
    return this.text(column).split(' ').filter(Boolean);
  }

  number(column: string, least: number, most: number): number {
    const text = this.text(column);
    const number = Number(text);
    if (text === '' || !(number >= least && number <= most)) {
      throw this.problem(column, `'${text}' is not a number from ${least} to ${most}`);
    }
    return number;
  }

  whole(column: string, least: number, most: number): number {
    const number = this.number(column, least, most);
    if (!Number.isInteger(number)) throw this.problem(column, `${number} is not a whole number`);
    return number;
  }

  /** Seconds, in milliseconds. */
  seconds(column: string): number {
    return this.whole(column, 0, 86_400) * 1000;
  }

  id(column: string, known: Ids): number {
    return this.isKnown(column, this.whole(column, 1, 1_000_000), known);
  }

  isKnown(column: string, id: number, known: Ids): number {
    if (!known.has(id)) throw this.problem(column, `${id} is not one of demo/company.yaml: ${[...known].join(', ')}`);
    return id;
  }

  oneOf<Value extends string>(column: string, values: readonly Value[]): Value {
    const found = values.find((value) => value === this.text(column));
    if (found === undefined) {
      throw this.problem(column, `'${this.text(column)}' is not one of ${values.join(', ')}`);
    }
    return found;
  }

  yesOrNo(column: string): boolean {
    return this.oneOf(column, ['yes', 'no']) === 'yes';
  }

  time(column: string): number {
    return this.timeOf(this.text(column), column);
  }

  timeOf(text: string, column = 'time'): number {
    const time = Date.parse(`${text}Z`);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) || Number.isNaN(time)) {
      throw this.problem(column, `'${text}' is not a time such as 2025-03-07T09:12:45`);
    }
    return time;
  }

  problem(column: string, what: string): Error {
    return new Error(`${this.#place}, ${column}: ${what}.`);
  }
}
