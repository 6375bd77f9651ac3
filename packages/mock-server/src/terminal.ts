import { styleText } from 'node:util';
import { activeAgents, type Company, type Document, operationsOf } from '@comm100-openapi/description';
import type { LogEntry } from '@comm100-openapi/mock-core';

/** What a person needs after starting the mock: its address, the accounts, and a request to try. */
export function describeMock(url: string, company: Company, bundles: readonly Document[]): string {
  const [agent, ...others] = activeAgents(company);
  if (!agent) throw new Error('the demo company has no agents');
  const powerless = others.find(({ permissions }) => permissions.length === 0);
  const request = `curl -u ${agent.email}:${agent.apiKey} ${url}${firstList(bundles) ?? '/'}`;
  const dim = (text: string) => styleText('dim', text);
  return `
  ${styleText('bold', 'Comm100 mock')}   ${url}   ${dim(`versions ${bundles.map(({ info }) => info.version).join(' and ')}`)}

  Demo agent     ${agent.email}
  API key        ${agent.apiKey}
  Password       ${agent.password}   ${dim(`site ${company.site.id}, for a token`)}
${powerless ? `  No permission  ${powerless.email}   ${dim(`API key ${powerless.apiKey}, to see errors`)}\n` : ''}
  Try            ${request}
  Look           ${url}/   ${dim('in a browser: the company, the last requests, and controls')}
`;
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

/** Keeps the program alive when nobody reads its output any more, as behind `| head -3`. */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
