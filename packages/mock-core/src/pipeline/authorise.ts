import { documentedError, type RoutedExchange } from '../exchange.ts';

/** Step 5. Rejects what the caller's permissions or the account's edition do not include. */
export function authorise({ operation, caller }: RoutedExchange, edition: string | undefined): void {
  const { permission, editions } = operation.described;
  const isAllowed = caller?.kind !== 'agent' || caller.permissions === 'all';
  if (permission && !isAllowed && !caller.permissions.includes(permission)) {
    throw documentedError(operation, 403, 'permission');
  }
  if (edition && editions && !editions.includes(edition)) throw documentedError(operation, 403, 'edition');
}
