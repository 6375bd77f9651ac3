import { type RoutedExchange, ServiceError } from '../exchange.ts';
import type { Faults } from '../faults.ts';

/** Responds with the status of a fault, in the words of the description where it has some. */
export function fail({ operation }: RoutedExchange, faults: Faults): void {
  const status = faults.get('status')?.amount;
  if (status === undefined) return;
  const [example] = operation.responses.get(status)?.examples ?? [];
  const { message = `The mock responds with ${status}, because a fault was requested.` } = (example?.value ?? {}) as {
    message?: string;
  };
  throw new ServiceError(status, message, {}, example !== undefined);
}
