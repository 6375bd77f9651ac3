/** A request as code, as a reader would write it: with `fetch`, and with `requests` in Python. */

import { LINE, literal, pythonLiteral } from './literal.ts';
import { bodyText, type HttpRequest, type Pair, queryString } from './request.ts';

/** Whether the request has credentials; the samples then use what the setup has given a name. */
type Credentials = 'basic' | 'bearer' | undefined;

/**
 * A request with `fetch`. It uses `url` and `authorization` of the setup.
 *
 * @param hasResult Whether the response of success has a body.
 */
export function fetchSample(request: HttpRequest, credentials: Credentials, hasResult: boolean): string {
  const { method, path, query, headers, body } = request;
  const lines: string[] = [];
  const target = path + queryString(query);
  const isLong = query.length > 0 && target.length > LINE - 12;
  if (isLong) lines.push(`const query = new URLSearchParams(${pairs(query)});`);
  const address = `\`\${url}${template(isLong ? path : target)}${isLong ? `?\${query}` : ''}\``;

  const names = [
    ...(credentials ? ['authorization'] : []),
    ...(body && body.kind !== 'form' ? [`'content-type': ${literal(body.type)}`] : []),
    ...headers.map(([name, text]) => `${literal(name.toLowerCase())}: ${literal(text)}`),
  ];
  const content =
    body?.kind === 'form'
      ? `new URLSearchParams(${pairs(body.pairs, '  ')})`
      : body?.kind === 'json'
        ? `JSON.stringify(${literal(body.value, '  ', 24)})`
        : body && literal(body.text);
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}'`]),
    ...(names.length > 0 ? [`headers: { ${names.join(', ')} }`] : []),
    ...(content === undefined ? [] : [`body: ${content}`]),
  ];
  const short = `{ ${options.join(', ')} }`;
  const isShort = short.length <= LINE - 4 && !short.includes('\n');
  const inner =
    options.length === 0 ? '' : isShort ? short : `{\n${options.map((option) => `  ${option},\n`).join('')}}`;
  const whole = `const response = await fetch(${address}${inner && `, ${inner.split('\n', 1)}`}`;
  lines.push(
    whole.length <= LINE || inner === ''
      ? `const response = await fetch(${address}${inner && `, ${inner}`});`
      : `const response = await fetch(\n  ${address},\n  ${inner.replaceAll('\n', '\n  ')},\n);`,
    `console.log(${hasResult ? 'await response.json()' : 'response.status'});`,
  );
  return lines.join('\n');
}

const template = (text: string) => text.replaceAll(/[`\\]|\$\{/g, '\\$&');

/** What `URLSearchParams` takes: an object, or a list of pairs where a name is repeated. */
function pairs(list: readonly Pair[], indent = ''): string {
  const isUnique = new Set(list.map(([name]) => name)).size === list.length;
  return literal(isUnique ? Object.fromEntries(list) : list.map((pair) => [...pair]), indent, 30);
}

/** A request with `requests`. It uses `url` and `auth`, or `headers` with a token, of the setup. */
export function pythonSample(request: HttpRequest, credentials: Credentials, hasResult: boolean): string {
  const { method, path, query, headers, body } = request;
  const own = Object.fromEntries([
    ...headers,
    ...(body?.kind === 'text' ? [['Content-Type', body.type]] : []),
  ]) as Record<string, string>;
  const named = Object.keys(own).length > 0 ? pythonLiteral(own, '    ') : '';
  const options = [
    ...(credentials === 'basic' ? ['auth=auth'] : []),
    ...(credentials === 'bearer' ? [`headers=headers${named && ` | ${named}`}`] : named ? [`headers=${named}`] : []),
    ...(query.length > 0 ? [`params=${pythonLiteral(dictOf(query), '    ', 11)}`] : []),
    ...(body?.kind === 'json' ? [`json=${pythonLiteral(body.value, '    ', 9)}`] : []),
    ...(body?.kind === 'form' ? [`data=${pythonLiteral(dictOf(body.pairs), '    ', 9)}`] : []),
    ...(body?.kind === 'text' ? [`data=${pythonLiteral(bodyText(body))}`] : []),
  ];
  const address = `f"{url}${path.replaceAll(/["\\]/g, '\\$&')}"`;
  const call = `response = requests.${method.toLowerCase()}(`;
  const all = [address, ...options];
  const short = `${call}${all.join(', ')})`;
  return [
    short.length <= LINE && !short.includes('\n') ? short : `${call}\n${all.map((line) => `    ${line},\n`).join('')})`,
    `print(${hasResult ? 'response.json()' : 'response.status_code'})`,
  ].join('\n');
}

/** The values by name; a name that is repeated has a list, as `requests` takes it. */
function dictOf(list: readonly Pair[]): Record<string, string | string[]> {
  const byName = Map.groupBy(list, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => {
      const [first = '', ...others] = all.map(([, text]) => text);
      return [name, others.length > 0 ? [first, ...others] : first];
    }),
  );
}
