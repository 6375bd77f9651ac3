import { createRequire } from 'node:module';
import {
  createInstance,
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
} from '@stoplight/prism-http';
import { DiagnosticSeverity, type IHttpOperation } from '@stoplight/types';

/** One thing that is wrong with a request or a response. `path` starts with `query`, `path`, `header` or `body`. */
export interface Finding {
  readonly path: readonly string[];
  /** The JSON Schema keyword that failed, such as `required` or `enum`. */
  readonly keyword: string;
  readonly message: string;
}

/** What a request can prefer, as in Prism's `Prefer` header. */
export interface Preference {
  readonly code?: number;
  readonly example?: string;
  readonly dynamic?: boolean;
}

/**
 * Prism, in this process, one operation at a time. All that the mock knows of Prism is in this file.
 *
 * @see https://docs.stoplight.io/docs/prism
 */
export interface Engine {
  checkRequest(operation: IHttpOperation, request: IHttpRequest): Finding[];
  respond(operation: IHttpOperation, request: IHttpRequest, preference: Preference): Promise<IHttpResponse>;
  checkResponse(operation: IHttpOperation, response: IHttpResponse): Finding[];
}

type Validation = { _tag: 'Left'; left: PrismDiagnostic[] } | { _tag: 'Right' };

interface PrismDiagnostic {
  path?: (string | number)[];
  code?: string | number;
  message: string;
  severity: number;
}

interface Validators {
  validateInput(subject: { resource: IHttpOperation; element: IHttpRequest }): Validation;
  validateOutput(subject: { resource: IHttpOperation; element: IHttpResponse }): Validation;
}

// Prism's factory validates and responds in one step and turns findings into a declared 400; the mock needs the two
// apart, to name the parameter. The validators are what the factory itself calls.
const { validateInput, validateOutput } = createRequire(import.meta.url)(
  '@stoplight/prism-http/dist/validator',
) as Validators;

// Prism's source of made-up data adds properties that no schema has, which the closed objects of the description forbid.
const { JSONSchemaFaker } = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-http'))(
  'json-schema-faker',
) as { JSONSchemaFaker: { option(name: 'fillProperties', value: boolean): void } };
JSONSchemaFaker.option('fillProperties', false);

/** Prism logs each step; the mock has one line for each request. */
const silent = {
  info() {},
  warn() {},
  error() {},
  success() {},
  debug() {},
  trace() {},
  child() {
    return silent;
  },
};

/** The engine. */
export function createEngine(): Engine {
  const shared = {
    isProxy: false,
    validateRequest: false,
    validateResponse: false,
    checkSecurity: false,
    errors: false,
    upstreamProxy: undefined,
  } as const;
  const prism = createInstance({ ...shared, mock: { dynamic: false } }, { logger: silent as never });

  return {
    checkRequest: (resource, element) => findings(validateInput({ resource, element })),
    checkResponse: (resource, element) => findings(validateOutput({ resource, element })),
    async respond(operation, request, { code, example, dynamic = false }) {
      const mock: IHttpOperationConfig = {
        dynamic,
        ...(code === undefined ? {} : { code }),
        ...(example === undefined ? {} : { exampleKey: example }),
      };
      const result = await prism.request(request, [operation], { ...shared, mock })();
      if (result._tag === 'Left') throw result.left;
      return result.right.output;
    },
  };
}

function findings(validation: Validation): Finding[] {
  if (validation._tag === 'Right') return [];
  return validation.left
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ path = [], code, message }) => ({ path: path.map(String), keyword: String(code), message }));
}
