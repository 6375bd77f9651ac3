import { type Exchange, Refusal, type RoutedExchange, type World } from '../exchange.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE'];

/** Step 2. Finds the operation. Paths match without regard to case; a remark tells what is documented. */
export function route(exchange: Exchange, world: World): asserts exchange is RoutedExchange {
  const { method } = exchange.incoming;
  const found = world.find(method, exchange.path);
  if (!found) {
    const allowed = methods.filter((candidate) => world.find(candidate, exchange.path));
    if (allowed.length === 0) {
      throw new Refusal(404, `No operation has the path '${exchange.path}'.`);
    }
    throw new Refusal(405, `${method} is not allowed on this path. Use ${allowed.join(' or ')}.`, {
      allow: allowed.join(', '),
    });
  }
  exchange.operation = found.operation;
  exchange.pathParameters = found.path;

  if (method !== found.operation.method) exchange.remarks.push(`method: send ${found.operation.method}`);
  const documented = found.operation.path;
  const asDocumented = documented.replaceAll(/\{(\w+)\}/g, (_, name: string) => found.path[name] ?? '');
  if (decodeURIComponent(exchange.path) !== asDocumented)
    exchange.remarks.push(`path: '${exchange.path}' is spelt '${documented}'`);
}
