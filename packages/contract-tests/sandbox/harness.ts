import { createMock, type Mock } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import type { Operation } from '../src/description.ts';
import { violations } from '../src/description.ts';

// Without its week: what the examples show is all that it has.
const { facts: _, ...demo } = loadDemo();
const [admin] = demo.company.agents;
const origin = 'http://mock.test';

/** A mock in sandbox mode, in this process. */
export function sandbox(): Mock {
  return createMock({ ...demo, mode: 'sandbox' });
}

/** What came back, judged by the strict description. */
export interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
  /** What breaks the description; empty where nothing does. */
  readonly violations: string;
}

export interface Sent {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly authorization?: string;
}

export function basic(email: string, apiKey: string): string {
  return `Basic ${btoa(`${email}:${apiKey}`)}`;
}

/** A copy of the company of its own, in a mock that all tests share. */
export class World {
  readonly #mock: Mock;
  readonly #name: string;
  #partner: string | undefined;

  constructor(mock: Mock, name: string) {
    this.#mock = mock;
    this.#name = name;
  }

  /** Sends a request with the credentials of an agent who may do anything, or of the partner. */
  async send(operation: Operation, { path = {}, query = {}, body, authorization }: Sent = {}): Promise<Outcome> {
    const at = operation.path.replaceAll(/\{(.+?)\}/g, (_, name) => encodeURIComponent(String(path[name])));
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const who =
      authorization ?? (operation.forPartners ? await this.partner() : basic(admin?.email ?? '', admin?.apiKey ?? ''));
    const headers = new Headers({
      'comm100-mock-world': this.#name,
      ...(operation.open ? {} : { authorization: who }),
    });
    if (body !== undefined && operation.mediaType) headers.set('content-type', operation.mediaType);
    const sent =
      body === undefined ? {} : { body: operation.mediaType?.includes('form') ? form(body) : JSON.stringify(body) };
    const request = new Request(`${origin}${at}?${search}`, {
      method: operation.method.toUpperCase(),
      headers,
      ...sent,
    });
    const response = await this.#mock.fetch(request);
    const text = await response.text();
    const parsed = text === '' ? undefined : JSON.parse(text);
    const { status } = response;
    return { status, body: parsed, headers: response.headers, violations: violations(operation, status, parsed) };
  }

  async partner(): Promise<string> {
    if (this.#partner) return this.#partner;
    const { email, password } = demo.company.partner;
    const response = await this.#mock.fetch(
      new Request(`${origin}/partner/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'comm100-mock-world': this.#name },
        body: new URLSearchParams({ grant_type: 'password', email, password }).toString(),
      }),
    );
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.#partner = `Bearer ${token}`;
    return this.#partner;
  }
}

/** A form whose lists are text with commas. */
function form(body: unknown): string {
  const fields = Object.entries(body as Record<string, unknown>).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(fields as [string, string][]).toString();
}
