import { LINE } from './literal.ts';
import { bodyText, type HttpRequest, queryString, readable } from './request.ts';

/** How a command names where it sends a request, and as whom: words of the shell, quoted where they need it. */
export interface ShellWords {
  /** The beginning of the address: `"$COMM100_URL"`, or an address as it is. */
  address: string;
  /** The flags with the credentials; empty where there are none. */
  credentials: string;
}

/**
 * A request as a command of curl, a flag a line. A query is in the address where it fits, otherwise in lines of its own.
 */
export function curl(request: HttpRequest, { address, credentials }: ShellWords): string {
  const { method, path, query, headers, body } = request;
  const short = quoteAround(address, path + queryString(query));
  const isLong = query.length > 0 && method === 'GET' && !body && short.length + 5 > LINE;
  const flags: string[] = [];
  // The default of curl is GET, or POST where there is a body.
  if (method !== (body ? 'POST' : 'GET')) flags.push(`-X ${method}`);
  if (credentials !== '') flags.push(credentials);
  for (const [name, text] of headers) flags.push(`-H ${quoteForShell(`${name}: ${text}`)}`);
  if (isLong) flags.push(...query.map(([name, text]) => pairFlag(name, text)));
  if (body?.kind === 'form') flags.push(...body.pairs.map(([name, text]) => pairFlag(name, text)));
  else if (body) {
    // Indented like the flags: white space between the parts of JSON has no meaning.
    const text = body.kind === 'json' ? bodyText(body).replaceAll('\n', '\n  ') : bodyText(body);
    flags.push(`-H ${quoteForShell(`Content-Type: ${body.type}`)}`, `-d ${quoteForShell(text)}`);
  }
  return [`curl ${isLong ? `-G ${quoteAround(address, path)}` : short}`, ...flags].join(' \\\n  ');
}

function pairFlag(name: string, text: string): string {
  const isPlain = readable(text) === text;
  return `${isPlain ? '-d' : '--data-urlencode'} ${quoteForShell(`${name}=${text}`)}`;
}

/** An address and a path as one word of the shell. In double quotes, `$` begins a variable. */
function quoteAround(address: string, path: string): string {
  if (!address.startsWith('$')) return quoteForShell(address + path);
  return `"${address}${path.replaceAll(/["$`\\]/g, '\\$&')}"`;
}

export function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
