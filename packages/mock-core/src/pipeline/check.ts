import { type Answer, type RoutedExchange, ServiceError } from '../exchange.ts';

/**
 * Step 9. Checks what was composed against the description, so that nobody relies on a response that the service cannot
 * send. An example never changes, so it is checked once.
 */
export function check({ operation }: RoutedExchange, { payload }: Answer): void {
  const fault = payload?.fault();
  if (fault === undefined) return;
  throw new ServiceError(
    500,
    `The mock's response to ${operation.id} breaks the description: ${fault} Fix the example in spec/.`,
  );
}
