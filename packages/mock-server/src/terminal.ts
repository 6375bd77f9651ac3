import { styleText } from 'node:util';
import { activeAgents, type Company } from './company.ts';
import type { Bundle } from './description.ts';
import type { LogEntry } from './server.ts';

/** What a person needs who just started the mock: where it is, who may log in, and a request to try. */
export function describeMock(url: string, company: Company, bundles: Bundle[]): string {
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
${powerless ? `  No permission  ${powerless.email}   ${dim(`API key ${powerless.apiKey}, to see refusals`)}\n` : ''}
  Try            ${request}
`;
}

/** The chats, or failing that any list that can be asked for without parameters. */
function firstList(bundles: Bundle[]): string | undefined {
  const paths = bundles.toReversed().flatMap(({ paths }) => Object.entries(paths));
  const lists = paths.filter(
    ([path, { get }]) => get && !path.includes('{') && !get.parameters?.some(({ required }) => required),
  );
  return (lists.find(([, { get }]) => get?.operationId === 'listChats') ?? lists[0])?.[0];
}

/** A line for an answered request, and one line whatever the request says: what a terminal would obey shows as `?`. */
export function describeLog({ method, path, status, message, remarks }: LogEntry): string {
  const color = status < 400 ? 'green' : status < 500 ? 'yellow' : 'red';
  const notes = [...(message ? [message] : []), ...remarks.map((remark) => `spelling: ${remark}`)];
  const harmless = (text: string) => text.replaceAll(/\p{C}/gu, '?');
  const trail = notes.length ? styleText('dim', `   ${harmless(notes.join('  '))}`) : '';
  return `  ${styleText(color, String(status))} ${method} ${harmless(path)}${trail}`;
}
