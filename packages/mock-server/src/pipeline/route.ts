import { type Exchange, type RoutedExchange, ServiceError, type World } from '../exchange.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE'];

/** Step 2. Finds the operation. Paths match without regard to case; a remark gives the documented path. */
export function route(exchange: Exchange, world: World): asserts exchange is RoutedExchange {
  const { method } = exchange.incoming;
  const found = world.find(method, exchange.path);
  if (!found) {
    const allowed = methods.filter((candidate) => world.find(candidate, exchange.path));
    if (allowed.length === 0) {
      throw new ServiceError(404, `No operation has the path '${exchange.path}'.${suggestion(exchange.path, world)}`);
    }
    throw new ServiceError(405, `${method} is not allowed on this path. Use ${allowed.join(' or ')}.`, {
      allow: allowed.join(', '),
    });
  }
  exchange.operation = found.operation;
  exchange.pathParameters = found.path;

  const documentedMethod = found.operation.method.toUpperCase();
  if (method !== documentedMethod) exchange.remarks.push(`method: send ${documentedMethod}`);
  const documented = found.operation.path;
  const asDocumented = documented.replaceAll(/\{(\w+)\}/g, (_, name: string) => found.path[name] ?? '');
  if (decodeURIComponent(exchange.path) !== asDocumented)
    exchange.remarks.push(`path: '${exchange.path}' is spelt '${documented}'`);
}

/** The shortest path that ends in the same word: most often the beginning is wrong, or the last letter. */
function suggestion(path: string, { operations }: World): string {
  const wanted = lastWord(path);
  const version = /\/v[12]\//i.exec(path)?.[0].toLowerCase() ?? '';
  const paths = operations.map(({ path: known }) => known);
  const near = [...new Set(paths)].filter((known) => known.includes(version) && lastWord(known) === wanted);
  const [first] = near.toSorted((one, other) => one.length - other.length);
  return first ? ` Did you mean '${first}'?` : ' The documentation lists all paths.';
}

/** The last segment that is a word and not an id, without regard to case and number. */
function lastWord(path: string): string | undefined {
  const words = path.split('/').filter((segment) => /^[a-z]/i.test(segment));
  return words.at(-1)?.toLowerCase().replace(/s$/, '');
}
