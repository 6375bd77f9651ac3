import { type RoutedExchange, ServiceError, type World } from '../exchange.ts';

/** Step 9. Checks the mock's own response against the description, so that nobody relies on one that the service cannot send. */
export function selfCheck({ operation, outgoing }: RoutedExchange, { engine }: World): void {
  if (!outgoing) throw new Error(`${operation.id} has no response.`);
  const [first] = engine.checkResponse(operation.prism, {
    statusCode: outgoing.status,
    headers: outgoing.headers,
    body: outgoing.body,
  });
  if (first) {
    throw new ServiceError(
      500,
      `The mock's response to ${operation.id} breaks the description: ${first.message}. Fix the example in spec/.`,
    );
  }
}
