import type { Accounts } from '../caller.ts';
import type { Quota } from '../quota.ts';
import type { Tokens } from '../tokens.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store.ts';

/** A copy of the company of its own: what one world changes, no other sees. */
export interface World {
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Who can log in, as the store has them now. */
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly quota: Quota;
}
