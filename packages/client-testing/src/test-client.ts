import * as version1 from '@comm100-openapi/client-v1';
import * as version2 from '@comm100-openapi/client-v2';
import { idsV1, idsV2, type OperationsV1, type OperationsV2 } from './replies.gen.ts';
import { companySettings, openSandbox, type SandboxOptions, type TestSandbox } from './sandbox.ts';
import { checkSettings } from './settings.ts';
import { type TestMock, testMock } from './test-mock.ts';

/** The service in memory with the methods of version 1.0. */
export interface MockV1 extends TestMock<OperationsV1, version1.operations> {}
/** The service in memory with the methods of version 2.0. */
export interface MockV2 extends TestMock<OperationsV2, version2.operations> {}

/** Who calls, how the client is set, and what the company is like. */
export interface TestClientOptions<ClientOptions extends { auth: unknown } = version2.ClientOptions>
  extends SandboxOptions {
  /** The email of the agent who calls. @default the first, who may do anything */
  agent?: string | undefined;
  /** Other credentials than the agent's email and API key. */
  auth?: ClientOptions['auth'] | undefined;
  /** Settings of the client: `{ retries: 0 }`. */
  client?: Omit<ClientOptions, 'auth' | 'baseUrl' | 'domain' | 'fetch'> | undefined;
  /** The mock of another test client, to share its company. @default a company that no other test client sees */
  mock?: MockV1 | MockV2 | undefined;
}

/** A test that has a page of its own, by jsdom for example, has no secrets. */
const inPages = { dangerouslyAllowBrowser: true };

const sandboxes = new WeakMap<object, TestSandbox>();

const knownSettings = {
  agent: 'string',
  auth: 'object',
  client: 'object',
  mock: 'object',
  ...companySettings,
} as const;

/**
 * A client of version 2.0 on a company in memory: no port, no network, and nothing shared with other test clients. The
 * company is the demo company of the description.
 *
 * @throws {RangeError} where a setting does not exist or cannot be, or no agent has the email.
 * @example
 * const { client, mock } = createTestClient();
 * await client.departments.create({ name: 'Returns' });
 * mock.on('departments.list').reply('dailyQuota');
 */
export function createTestClient(options: TestClientOptions = {}): { client: version2.Client; mock: MockV2 } {
  const { sandbox, ...settings } = settingsOf(options);
  const mock: MockV2 = testMock(sandbox, idsV2, '2');
  sandboxes.set(mock, sandbox);
  return { client: version2.createClient({ ...settings, fetch: mock.fetch }), mock };
}

/** The same for version 1.0. */
export function createTestClientV1(options: TestClientOptions<version1.ClientOptions> = {}): {
  client: version1.Client;
  mock: MockV1;
} {
  const { sandbox, ...settings } = settingsOf(options);
  const mock: MockV1 = testMock(sandbox, idsV1, '1');
  sandboxes.set(mock, sandbox);
  return { client: version1.createClient({ ...settings, fetch: mock.fetch }), mock };
}

function settingsOf<ClientOptions extends { auth: unknown }>(options: TestClientOptions<ClientOptions>) {
  const { agent, auth, client, mock, ...company } = checkSettings(options, knownSettings);
  for (const name of ['auth', 'baseUrl', 'domain', 'fetch'].filter((name) => name in (client ?? {}))) {
    throw new RangeError(
      `'client.${name}' is not a setting of a test: its requests go to the mock, by 'agent' or 'auth'.`,
    );
  }
  if (mock && !sandboxes.has(mock)) throw new RangeError("'mock' is not the mock of a test client.");
  if (mock && Object.keys(company).length > 0) {
    throw new RangeError(`The company of 'mock' exists already. Leave out ${Object.keys(company).join(', ')}.`);
  }
  const sandbox = (mock && sandboxes.get(mock)) ?? openSandbox(company);
  const { accounts } = sandbox;
  const caller = agent === undefined ? accounts[0] : accounts.find(({ email }) => email === agent);
  if (!caller) {
    const emails = accounts.map(({ email }) => email).join(', ');
    throw new RangeError(`No agent has the email '${agent}'. There are: ${emails}.`);
  }
  const { email, apiKey } = caller;
  return {
    baseUrl: 'https://comm100.test',
    ...inPages,
    ...client,
    auth: auth ?? ({ type: 'basic', email, apiKey } as const),
    sandbox,
  };
}
