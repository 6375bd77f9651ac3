import { documentedError, type RoutedExchange } from '../exchange.ts';
import type { Quota } from '../quota.ts';

/** Step 4. Takes the request from the account's quota of the day. Requests without an account are free. */
export function meterQuota({ operation, caller }: RoutedExchange, quota: Quota): void {
  if (caller && !quota.take()) throw documentedError(operation, 403, 'dailyQuota');
}
