import type { CompanyState, Delivery, FaultKind, LoggedRequest } from '@comm100-openapi/mock-core';

export interface FaultsState {
  readonly faults: readonly string[];
  readonly kinds: readonly FaultKind[];
}

interface WorldState {
  /** Empty for the main one. */
  readonly name: string;
  readonly requests: number;
  readonly changed: number;
}

/** What the control interface responds with, by path. */
interface Answers {
  readonly state: CompanyState;
  readonly faults: FaultsState;
  readonly requests: { readonly requests: readonly LoggedRequest[] };
  readonly worlds: { readonly limit: number; readonly dropped: number; readonly worlds: readonly WorldState[] };
  readonly deliveries: { readonly deliveries: readonly Delivery[] };
  readonly snapshot: object;
}

/** Reads from the control interface of the mock. @throws {Error} with the message of the mock. */
export async function read<Path extends keyof Answers>(path: Path, world: string): Promise<Answers[Path]> {
  return (await send('GET', path, world)).json();
}

/** Sends a request to the control interface. @throws {Error} with the message of the mock. */
export async function send(method: string, path: string, world: string, body?: unknown): Promise<Response> {
  const response = await fetch(`/__mock/${path}`, {
    method,
    headers: {
      ...(world && { 'comm100-mock-world': world }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: Error) => {
    throw new Error('The mock does not respond. The page tries again.', { cause });
  });
  if (response.ok) return response;
  const { message = `status ${response.status}` } = await response.json().catch(() => ({}));
  throw new Error(message);
}
