/**
 * The sandbox in the page: the mock, with the data of the demo company. This module and what it imports are a chunk of
 * their own, which is loaded when a reader first tries an operation.
 */

import { operationsOf } from '@comm100-openapi/description';
import { createMock } from '@comm100-openapi/mock-core';
import { withBase } from 'vitepress';
import { data } from './sandbox.data.ts';

export const { company, documents } = data;

/** The operations that can be called, by version and id: `v2/createDepartment`. */
export const operations = new Map(
  Object.entries(documents).flatMap(([version, document]) =>
    operationsOf(document)
      .filter(({ isWebhook }) => !isWebhook)
      .map((operation) => [`${version}/${operation.id}`, operation]),
  ),
);

const { fetch: respond, sandbox } = createMock({ bundles: Object.values(documents), ...data });

// One state for all pages and tabs of the site: what has changed is kept in the storage of the browser, as a snapshot.
// Where storage is blocked, or full, the state ends with the page.
const key = `comm100-openapi:sandbox:${withBase('/')}`;
const read = () => attempt(() => localStorage.getItem(key)) ?? untouched;
const snapshot = () => JSON.stringify(sandbox.snapshot());
const untouched = snapshot();
/** The snapshot that equals the state of this page. */
let current = untouched;

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Takes over what another page has changed. A snapshot of another build of the site may not fit; it is forgotten. */
function load(): void {
  const kept = read();
  if (kept === current) return;
  const fits = kept !== untouched && attempt(() => sandbox.restore(JSON.parse(kept)) === undefined);
  if (!fits) sandbox.reset();
  current = kept;
}

function save(): void {
  const now = snapshot();
  if (now === current) return;
  current = now;
  attempt(() => (now === untouched ? localStorage.removeItem(key) : localStorage.setItem(key, now)));
}

/** The response of the sandbox. Other tabs wait, where the browser lets them, so that no change is lost. */
export async function fetchFromSandbox(request: Request): Promise<Response> {
  const send = async () => {
    load();
    const response = await respond(request);
    save();
    return response;
  };
  return navigator.locks ? navigator.locks.request(key, send) : send();
}

/** Whether the sandbox differs from the company that it began with. */
export function isChanged(): boolean {
  load();
  return current !== untouched;
}

/** Begins again with the company as it was. */
export function resetSandbox(): void {
  sandbox.reset();
  save();
}
