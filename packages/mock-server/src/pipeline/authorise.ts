import { documentedError, type RoutedExchange, type World } from '../exchange.ts';

/** Step 5. Rejects what the caller's permissions or the account's edition do not include. */
export function authorise({ operation, caller }: RoutedExchange, world: World): void {
  const { permission, editions } = operation;
  if (
    permission &&
    caller?.kind === 'agent' &&
    caller.permissions !== 'all' &&
    !caller.permissions.includes(permission)
  ) {
    throw documentedError(operation, 403, 'permission');
  }
  if (world.edition && editions && !editions.includes(world.edition)) throw documentedError(operation, 403, 'edition');
}
