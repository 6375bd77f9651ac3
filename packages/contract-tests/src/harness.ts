import { createClient as createV1 } from '@comm100-openapi/client-v1';
import { type Auth, createClient as createV2 } from '@comm100-openapi/client-v2';
import { type Company, loadDemo, type Mock, type MockOptions, startMock } from '@comm100-openapi/mock-server';
import type { Operation } from './description.ts';

const demo = loadDemo();

/** The demo company: the accounts that the mock knows. */
export const { company } = demo;

/** A mock of both versions on a free port. */
export function mock(options: Partial<MockOptions> = {}): Promise<Mock> {
  return startMock({ ...demo, ...options }, { port: 0 });
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

interface Options {
  baseUrl: string;
  fetch?: (request: Request) => Promise<Response>;
}

/** The real clients, set up for a mock. */
const clients = {
  v1: (auth: Extract<Auth, { type: 'basic' }>, options: Options) => createV1({ ...options, auth, retries: 0 }),
  v2: (auth: Auth, options: Options) => createV2({ ...options, auth, retries: 0 }),
};

/** A fetch that asks for an answer by a `Prefer` header: of the operation itself, not of the token calls before it. */
export function preferring({ path }: Operation, wish: string, send: typeof fetch = fetch) {
  const itself = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return (request: Request) => {
    if (itself.test(new URL(request.url).pathname)) request.headers.set('prefer', wish);
    return send(request);
  };
}

/** What an operation takes by its own examples. `when` are the parameter values that pick an answer. */
export function given(operation: Operation, when: Record<string, unknown[]> = {}, body?: unknown) {
  const wanted = Object.fromEntries(Object.entries(when).map(([name, [value]]) => [name, value]));
  const pick = (place: 'path' | 'query') =>
    Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === place && (parameter.required || parameter.name in wanted))
        .map(({ name, example }) => [name, wanted[name] ?? example]),
    );
  return { path: pick('path'), query: pick('query'), ...(body === undefined ? {} : { body }) };
}

/** Sends an operation through the real client of its version. The types are tested elsewhere; here the loop is over all. */
export function send(
  operation: Operation,
  options: Options & { auth?: Auth },
  what: ReturnType<typeof given>,
): Promise<unknown> {
  const auth = options.auth ?? (operation.forPartners ? partner : basic(agents.admin));
  const client =
    operation.version === 'v1' ? clients.v1(auth as ReturnType<typeof basic>, options) : clients.v2(auth, options);
  const call = client[operation.method] as unknown as (path: string, given: object) => Promise<unknown>;
  return call(operation.path, what);
}
