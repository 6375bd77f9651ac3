import { type BasicAuth, createClient as createV1 } from '@comm100-openapi/client-v1';
import { type Auth, createClient as createV2 } from '@comm100-openapi/client-v2';
import { type Company, loadDemo, type Mock, type MockOptions, startMock } from '@comm100-openapi/mock-server';
import type { Operation } from './description.ts';

const demo = loadDemo();

/** The demo company: the accounts of the mock. */
export const { company } = demo;

/** A mock of both versions on a free port, whose responses are the examples. */
export function mock(options: Partial<MockOptions> = {}): Promise<Mock> {
  return startMock({ ...demo, mode: 'example', ...options }, { port: 0 });
}

/** An example as a mock at `url` sends it: addresses of the service lead to the mock. */
export function sentBy(url: string, example: unknown): unknown {
  if (example === undefined) return undefined;
  return JSON.parse(JSON.stringify(example).replaceAll('"https://hosted.comm100.com/', `"${url}/`));
}

const [admin] = company.agents;
const powerless = company.agents.find(({ permissions }) => permissions.length === 0);
if (!admin || !powerless) throw new Error('demo/company.yaml needs an agent with all permissions and one with none.');

/** The agent who may do anything, and the one who may do nothing. */
export const agents = { admin, powerless };

/** Basic credentials of an agent. */
export function basic(agent: Company['agents'][number]) {
  return { type: 'basic', email: agent.email, apiKey: agent.apiKey } as const;
}

/** The partner's credentials. */
export const partner = { type: 'partner', email: company.partner.email, password: company.partner.password } as const;

/** The real clients, set up for a mock. */
const clients = {
  v1: (auth: Auth, options: ClientOptions) => createV1({ ...options, auth: auth as BasicAuth, retries: 0 }),
  v2: (auth: Auth, options: ClientOptions) => createV2({ ...options, auth, retries: 0 }),
};
interface ClientOptions {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}

/** The parameters and the body of a call. */
export interface Input {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: unknown;
}

/** An input from the operation's own examples. `when` has the parameter values that choose a response. */
export function inputFor(operation: Operation, when: Record<string, unknown[]> = {}, body?: unknown): Input {
  const wanted = Object.fromEntries(Object.entries(when).map(([name, [value]]) => [name, value]));
  const pick = (place: 'path' | 'query') =>
    Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === place && (parameter.required || parameter.name in wanted))
        .map(({ name, example }) => [name, wanted[name] ?? example]),
    );
  return { path: pick('path'), query: pick('query'), ...(body === undefined ? {} : { body }) };
}

/** Where and how a call is sent. */
export interface Setting {
  baseUrl: string;
  /** By default the credentials of an agent who may do anything, or of a partner for the operations of partners. */
  auth?: Auth;
  /** The value of a `Prefer` header, which chooses a response of the mock. */
  prefer?: string | undefined;
  /** Takes the credentials off the request. */
  anonymous?: boolean;
}

/** A call as it was on the wire. The calls that fetch a token are not among what is here. */
export interface Exchange {
  /** Method, path and query, percent signs decoded. */
  request: string;
  /** The media type of the request body; `null` without a body. */
  mediaType: string | null;
  status: number;
  /** The body of the response; `undefined` where it is empty. */
  body: unknown;
  /** What the client resolved to, or rejected with. */
  result: PromiseSettledResult<unknown>;
}

/** Sends a call through the real client of its version. Other tests check the types; here one loop sends everything. */
export async function send(operation: Operation, setting: Setting, input: Input): Promise<Exchange> {
  const { baseUrl, prefer, anonymous, auth = operation.forPartners ? partner : basic(agents.admin) } = setting;
  const itself = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  let seen: Omit<Exchange, 'result'> | undefined;
  const client = clients[operation.version](auth, {
    baseUrl,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (!itself.test(pathname)) return fetch(request);
      if (prefer) request.headers.set('prefer', prefer);
      if (anonymous) request.headers.delete('authorization');
      const mediaType = request.headers.get('content-type');
      const response = await fetch(request);
      const text = await response.clone().text();
      seen = {
        request: decodeURIComponent(`${request.method} ${pathname}${search}`),
        mediaType,
        status: response.status,
        body: text ? JSON.parse(text) : undefined,
      };
      return response;
    },
  });
  const call = client[operation.method] as unknown as (path: string, input: Input) => Promise<unknown>;
  const [result] = await Promise.allSettled([call(operation.path, input)]);
  if (seen) return { ...seen, result };
  throw result.status === 'rejected' ? result.reason : new Error(`${operation.id} was not sent`);
}
