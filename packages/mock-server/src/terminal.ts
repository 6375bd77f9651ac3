import { styleText } from 'node:util';
import {
  activeAgents,
  type Company,
  type CompanyAgent,
  type Document,
  operationsOf,
} from '@comm100-openapi/description';
import type { LogEntry } from '@comm100-openapi/mock-core';
import type { Mock } from './server.ts';

/**
 * What a person needs after starting the mock: its address, the company, an agent who can log in, and a request to try.
 *
 * @param columns how wide the terminal is @default that of the output; without one, no line is broken
 */
export function describeMock(
  { url, company, sandbox }: Pick<Mock, 'url' | 'company' | 'sandbox'>,
  bundles: readonly Document[],
  columns = process.stdout.columns ?? Number.POSITIVE_INFINITY,
): string {
  const line = (label: string, value: string, note: string) => {
    const start = `  ${label.padEnd(13)}  `;
    const gap = start.length + value.length + 3 + note.length > columns ? `\n${' '.repeat(start.length)}` : '   ';
    return `${start.replace('Comm100 mock', styleText('bold', 'Comm100 mock'))}${value}${note && gap}${note && styleText('dim', note)}`;
  };
  const agents = agentsNow(company, sandbox).toSorted((one, other) => power(other) - power(one));
  const [agent] = agents;
  const powerless = agents.slice(1).find((each) => power(each) === 0);
  const path = firstList(bundles) ?? '/';
  const versions = bundles.map(({ info }) => info.version).join(' and ');
  return [
    '',
    line('Comm100 mock', url, `versions ${versions}`),
    '',
    line('Company', company.site.name, `site ${company.site.id}`),
    ...(agent
      ? [
          line('Agent', agent.email, power(agent) === 0 ? 'without a permission: most responses are 403' : ''),
          line('API key', agent.apiKey, ''),
          line('Password', agent.password, 'for a token'),
        ]
      : [line('Agent', 'none', 'nobody of the company can log in: POST /__mock/reset begins again')]),
    ...(powerless ? [line('No permission', powerless.email, `API key ${powerless.apiKey}, to see errors`)] : []),
    '',
    line('Try', `curl ${agent ? `-u ${quoted(`${agent.email}:${agent.apiKey}`)} ` : ''}${quoted(url + path)}`, ''),
    line('Look', `${url}/`, 'in a browser: the company, the last requests, and controls'),
    '',
  ].join('\n');
}

/** How much an agent may do, to compare agents by. */
function power({ permissions }: CompanyAgent): number {
  return permissions === 'all' ? Number.POSITIVE_INFINITY : permissions.length;
}

/** The agents who can log in, with what requests of an earlier run have changed: a file of `--data` keeps it. */
function agentsNow(company: Company, sandbox: Mock['sandbox']): CompanyAgent[] {
  const changed = sandbox.snapshot().changed.agents ?? {};
  return activeAgents(company).flatMap((agent) => {
    const now = changed[agent.id];
    if (now === undefined) return [agent];
    if (now === null || now.isActive === false || now.isLocked === true) return [];
    const { apiKey, password } = { ...agent, ...(now.secret as object) };
    return [{ ...agent, email: String(now.email), apiKey: String(apiKey), password: String(password) }];
  });
}

/** A word of a command line, quoted where a shell would read it otherwise. */
function quoted(word: string): string {
  return /^[\w.:/@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The chats, or otherwise any list that needs no parameter. */
function firstList(bundles: readonly Document[]): string | undefined {
  const lists = bundles
    .toReversed()
    .flatMap(operationsOf)
    .filter(({ method, parameters }) => method === 'get' && !parameters.some(({ required }) => required));
  return (lists.find(({ id }) => id === 'listChats') ?? lists[0])?.path;
}

/** How much is written about a request, in characters. */
const longest = 1000;

/** Text in one line: control characters are shown as `?`. */
export function harmless(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?');
}

/** A line for a request, and one line whatever the request contains: control characters are shown as `?`. */
export function describeLog({ method, path, status, message, remarks, fault }: LogEntry): string {
  const color = status < 400 ? 'green' : status < 500 ? 'yellow' : 'red';
  const notes = [fault && `fault: ${fault}`, message, ...remarks.map((remark) => `spelling: ${remark}`)].filter(
    Boolean,
  );
  const trail = notes.length ? styleText('dim', `   ${harmless(notes.join('  ').slice(0, longest))}`) : '';
  return `  ${styleText(color, String(status))} ${method} ${harmless(path)}${trail}`;
}

/** Keeps the program alive when its output cannot be written: behind `| head -3`, without its terminal, on a full disk. */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
