import type { Case } from '../suite.ts';
import { aborts } from './aborts.ts';
import { connections } from './connections.ts';
import { credentials } from './credentials.ts';
import { lists } from './lists.ts';
import { platforms } from './platforms.ts';
import { redirects } from './redirects.ts';
import { responses } from './responses.ts';
import { retries } from './retries.ts';
import { values } from './values.ts';

/** All cases. Each expectation is written by hand. */
export const cases: readonly Case[] = [
  ...connections,
  ...redirects,
  ...credentials,
  ...aborts,
  ...retries,
  ...responses,
  ...lists,
  ...values,
  ...platforms,
];
