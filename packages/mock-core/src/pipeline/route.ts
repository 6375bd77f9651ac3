import { type Exchange, notAllowed, type RoutedExchange, ServiceError } from '../exchange.ts';
import type { OperationTable } from '../operation-table.ts';
import { areSegmentsOf } from '../path.ts';
import { short } from '../remarks.ts';

/** The methods of the service, in the order in which an error lists them. */
const methods = ['GET', 'PUT', 'POST', 'DELETE'];

/** Step 2. Finds the operation. Paths match without regard to case; a remark gives the documented path. */
export function route(exchange: Exchange, table: OperationTable): RoutedExchange {
  const { incoming, remarks, path, segments } = exchange;
  // A HEAD is a GET whose response is sent without its body (RFC 9110, section 9.3.2).
  const method = incoming.method === 'HEAD' ? 'GET' : incoming.method;
  const found = table.router.find(method, segments);
  if (!found) throw notFound(exchange, table);
  const operation = found.target();

  if (method !== operation.method) remarks.add(() => `method: send ${operation.method}`);
  if (!areSegmentsOf(operation.segments, segments))
    remarks.add(() => `path: '${short(path)}' is spelt '${operation.path}'`);
  return Object.assign(exchange, {
    operation,
    pathValues: found.values,
    parameters: {},
    query: new Map<string, string>(),
    body: undefined,
  });
}

function notFound({ incoming, path, segments }: Exchange, table: OperationTable): ServiceError {
  const known = table.router.methods(segments);
  const allowed = methods.filter((method) => known.has(method));
  if (allowed.length > 0) return notAllowed(incoming.method, allowed);
  const [, version] = /^\/api\/v(\d+)/i.exec(path) ?? [];
  if (version && !table.versions.some((described) => described.split('.')[0] === version)) {
    const described = table.versions.join(' and ');
    return new ServiceError(404, `Version ${version} of the API is not described here, only ${described}.`);
  }
  if (path === '/') {
    const example = table.find('listChats', '2')?.path ?? table.paths[0];
    return new ServiceError(
      404,
      `There is nothing here but, in a browser, the page of comm100-mock. GET /__mock/ lists what the mock can do; data is at paths such as ${example}.`,
    );
  }
  return new ServiceError(404, `No operation has the path '${path.slice(0, 200)}'.${suggestion(path, table)}`);
}

/** The shortest path that ends in the same word: most often the beginning is wrong, or the last letter. */
function suggestion(path: string, { paths }: OperationTable): string {
  const wanted = lastWord(path);
  const version = /\/v[12]\//i.exec(path)?.[0].toLowerCase() ?? '';
  const near = paths.filter((known) => known.includes(version) && lastWord(known) === wanted);
  const [first] = near.toSorted((one, other) => one.length - other.length);
  return first ? ` Did you mean '${first}'?` : ' The documentation lists all paths.';
}

/** The last segment that is a word and not an id, without regard to case and number. */
function lastWord(path: string): string | undefined {
  const words = path.split('/').filter((segment) => /^[a-z]/i.test(segment));
  return words.at(-1)?.toLowerCase().replace(/s$/, '');
}
