import type { Accounts } from '../caller.ts';
import type { FaultSource } from '../faults.ts';
import type { Quota } from '../quota.ts';
import type { Tokens } from '../tokens.ts';
import type { Clock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import type { Activity } from './reports/activity.ts';
import type { RequestLog } from './request-log.ts';
import type { Store } from './store.ts';
import type { Stubs } from './stubs.ts';

/** A copy of the company of its own: what one world changes, no other sees. */
export interface World {
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Who can log in, as the store has them now. */
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly quota: Quota;
  /** The faults that requests get unasked. */
  readonly faults: FaultSource;
  /** What a test has operations respond with. */
  readonly stubs: Stubs;
  readonly requests: RequestLog;
  /** What happened in the company. */
  readonly activity: Activity;
  /** The calls of its webhooks. */
  readonly deliveries: Deliveries;
  /** Ends what the world does by itself. Called when it is dropped. */
  close(): void;
}
