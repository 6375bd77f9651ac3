import {
  activeAgents,
  type Company,
  type CompanyAgent,
  type Document,
  type Facts,
  type MigrationMap,
  operationsOf,
} from '@comm100-openapi/description';
import { createMock, type Mock, type MockOptions } from '@comm100-openapi/mock-core';
import company from '@comm100-openapi/spec/demo-company.json' with { type: 'json' };
import facts from '@comm100-openapi/spec/demo-week.json' with { type: 'json' };
import migration from '@comm100-openapi/spec/migration.json' with { type: 'json' };
import v1 from '@comm100-openapi/spec/v1.json' with { type: 'json' };
import v2 from '@comm100-openapi/spec/v2.json' with { type: 'json' };
import { idsV1, idsV2, type OperationsV1, type OperationsV2 } from './replies.gen.ts';
import type { Known } from './settings.ts';

/** The settings of a company. */
export const companySettings = {
  companyFile: 'object',
  dailyQuota: 'number',
  edition: 'string',
  isLive: 'boolean',
  isRunning: 'boolean',
  seed: 'number',
  sendWebhook: 'function',
  size: 'number',
  strict: 'boolean',
  today: 'string',
  tokenLifetime: 'number',
} as const satisfies Known & { [Name in keyof MockOptions]?: string };

/** What the company of a test is like. */
export type SandboxOptions = Pick<MockOptions, keyof typeof companySettings>;

/** A request that reached the service, as the sandbox read it. */
export interface TestRequest {
  /** The method of the client, such as `chats.list`; `undefined` where no operation has the path. */
  readonly name: keyof OperationsV2 | keyof OperationsV1 | undefined;
  /** In upper case. */
  readonly method: string;
  /** The path with its values: `/api/v2/livechat/departments/1`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body, from JSON or from a form; `undefined` for none, and where the sandbox rejected the request before it read it. */
  readonly body: unknown;
  /** The status of the response; 0 where a stub broke the connection. */
  readonly status: number;
  /** The message of an error. */
  readonly message: string | undefined;
}

/** A company of its own, with the requests that it got. */
export interface TestSandbox {
  readonly sandbox: Mock['sandbox'];
  readonly accounts: readonly CompanyAgent[];
  readonly requests: TestRequest[];
}

const names = {
  1: new Map(Object.entries(idsV1).map(([name, id]) => [id as string, name as keyof OperationsV1])),
  2: new Map(Object.entries(idsV2).map(([name, id]) => [id as string, name as keyof OperationsV2])),
};

/** A mock that companies can be opened in: one takes a tenth of a second, a company in it a millisecond. */
interface Shared {
  readonly mock: Mock;
  readonly requests: Map<string, TestRequest[]>;
}

const bundles = [v1, v2] as Document[];

/** @throws {RangeError} for an edition that no operation is limited to. */
function checkEdition(edition: string | undefined): void {
  if (edition === undefined) return;
  const editions = new Set(bundles.flatMap(operationsOf).flatMap(({ editions = [] }) => editions));
  if (!editions.has(edition))
    throw new RangeError(`There is no edition '${edition}'. Use ${[...editions].join(' or ')}.`);
}

function start(options: SandboxOptions): Shared {
  checkEdition(options.edition);
  const requests = new Map<string, TestRequest[]>();
  const mock = createMock({
    bundles,
    company: company as Company,
    facts: facts as Facts,
    migration: migration as MigrationMap,
    ...options,
    // The company of a test must not begin again while the test uses it.
    mostWorlds: Number.POSITIVE_INFINITY,
    onAnswer({ world, method, path, status, message }, { operation, search = '', body }) {
      const version = operation?.document.info.version.startsWith('1') ? 1 : 2;
      requests.get(world)?.push({
        name: operation && names[version].get(operation.id),
        method,
        path,
        query: Object.fromEntries(new URLSearchParams(search)),
        body,
        status,
        message,
      });
    },
  });
  return { mock, requests };
}

let usual: Shared | undefined;
let opened = 0;

/** The mock of all companies without settings. */
function startUsual(): Shared {
  usual ??= start({});
  return usual;
}

/** Opens a company that no other test sees. */
export function openSandbox(options: SandboxOptions): TestSandbox {
  const { mock, requests } = Object.keys(options).length > 0 ? start(options) : startUsual();
  const name = `test ${++opened}`;
  const made: TestRequest[] = [];
  requests.set(name, made);
  return { sandbox: mock.sandbox.world(name), accounts: activeAgents(mock.company), requests: made };
}
