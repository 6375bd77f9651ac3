import {
  aliasesOf,
  type Document,
  type Media,
  type Operation,
  operationsOf,
  type Parameter,
  type Response,
  type Schema,
  successOf,
} from '@comm100-openapi/description';
import { conditionsOf, type GivenValues } from './answers/when.ts';
import { once } from './once.ts';
import { documentedPath } from './path.ts';
import { exampleSerialiser, type Payload } from './payload.ts';
import { Router } from './router.ts';
import { type Speller, spellerCompiler } from './schema/speller.ts';
import { schemaCompiler, type Validator } from './schema/validator.ts';

/** An operation, compiled: with its schemas as functions and its examples as bytes, each made when it is first used. */
export interface ServedOperation {
  readonly document: Document;
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  /** The segments of the path; `undefined` in place of a parameter. */
  readonly segments: readonly (string | undefined)[];
  readonly described: Operation;
  readonly parameters: readonly ServedParameter[];
  /** The parameters of the query by name and alias, in lower case. */
  readonly query: ReadonlyMap<string, ServedParameter>;
  /** Validates the values of all parameters, by name. */
  readonly validate: Validator;
  readonly body: ServedBody | undefined;
  /** By status. */
  readonly responses: ReadonlyMap<number, ServedResponse>;
  readonly success: ServedResponse;
}

export interface ServedParameter {
  readonly name: string;
  readonly in: Parameter['in'];
  readonly spell: Speller;
}

interface ServedBody {
  readonly required: boolean;
  readonly type: string;
  /** The lists of a form that are one field with commas, in lower case. */
  readonly commaLists: ReadonlySet<string>;
  readonly spell: Speller;
  readonly validate: Validator;
}

export interface ServedResponse {
  readonly status: number;
  /** The media type; `undefined` where the response is empty. */
  readonly type: string | undefined;
  readonly schema: Schema | undefined;
  readonly validate: Validator;
  readonly examples: readonly ServedExample[];
  /** Those that depend on most parameters first. */
  readonly ranked: readonly ServedExample[];
}

export interface ServedExample {
  readonly name: string;
  readonly value: unknown;
  /** Whether it belongs to the parameter values of a request. */
  readonly fits: (given: GivenValues) => boolean;
  readonly payload: Payload;
}

/** The operations of several documents behind one router. */
export interface OperationTable {
  readonly router: Router<() => ServedOperation>;
  /** The operation of a version, such as `2`, by its id. */
  find(id: string, version: string): ServedOperation | undefined;
  /** The documented paths. */
  readonly paths: readonly string[];
  /** The versions that the documents describe. */
  readonly versions: readonly string[];
}

/**
 * Reads the operations of documents. An operation is compiled when it is first used.
 *
 * @throws {Error} naming a reference that points at nothing.
 */
export function operationTable(documents: readonly Document[]): OperationTable {
  const router = new Router<() => ServedOperation>();
  const operations = documents.flatMap((document) => {
    const compile = operationCompiler(document);
    return operationsOf(document)
      .filter(({ isWebhook }) => !isWebhook)
      .map((operation) => ({ operation, served: once(() => compile(operation)) }));
  });
  // What is documented goes before the aliases of others.
  for (const { operation, served } of operations) router.add(operation.method.toUpperCase(), operation.path, served);
  for (const { operation, served } of operations) {
    for (const { method, path } of operation.aliases) router.add(method.toUpperCase(), documentedPath(path), served);
  }
  return {
    router,
    find: (id, version) =>
      operations
        .find(({ operation }) => operation.id === id && operation.document.info.version.startsWith(version))
        ?.served(),
    paths: [...new Set(operations.map(({ operation }) => operation.path))],
    versions: documents.map(({ info }) => info.version),
  };
}

function operationCompiler(document: Document): (operation: Operation) => ServedOperation {
  const validator = schemaCompiler(document);
  const speller = spellerCompiler(document);
  const serialise = exampleSerialiser(document);

  return (operation) => {
    const { id, path, body } = operation;
    const method = operation.method.toUpperCase();
    const segments = path
      .split('/')
      .slice(1)
      .map((segment) => (segment.startsWith('{') ? undefined : segment));
    const query = new Map<string, ServedParameter>();
    const parameters = operation.parameters.map((parameter) => {
      const { name, in: place, schema = {} } = parameter;
      const served = { name, in: place, spell: speller(schema) };
      if (place === 'query')
        for (const spelling of [name, ...aliasesOf(parameter)]) query.set(spelling.toLowerCase(), served);
      return served;
    });
    const validate = validator({
      required: operation.parameters.filter(({ required }) => required).map(({ name }) => name),
      properties: Object.fromEntries(operation.parameters.map(({ name, schema = {} }) => [name, schema])),
    });
    const serveResponse = ({ status, media: [media] }: Response): ServedResponse => {
      const validate = validator(media?.schema ?? {});
      const examples = (media?.examples ?? []).map(({ name, value, when = {} }) => ({
        name,
        value,
        conditions: Object.keys(when).length,
        fits: conditionsOf(when),
        payload: serialise(value, segments, validate),
      }));
      return {
        status: Number(status),
        type: media?.type,
        schema: media?.schema,
        validate,
        examples,
        ranked: examples.toSorted((one, other) => other.conditions - one.conditions),
      };
    };
    const responses = new Map(
      operation.responses.map((response) => [Number(response.status), serveResponse(response)]),
    );
    const success = responses.get(Number(successOf(operation)?.status));
    if (!success) throw new Error(`The description of ${id} has no response of success.`);
    const [media] = body?.media ?? [];
    return {
      document,
      id,
      method,
      path,
      segments,
      described: operation,
      parameters,
      query,
      validate,
      body: body &&
        media && {
          required: body.required,
          type: media.type,
          commaLists: commaListsOf(media),
          spell: speller(media.schema ?? {}),
          validate: validator(media.schema ?? {}),
        },
      responses,
      success,
    };
  };
}

/** @see https://spec.openapis.org/oas/v3.1.1#encoding-object */
function commaListsOf({ node: { encoding = {} } }: Media): Set<string> {
  const lists = Object.entries(encoding).filter(([, { explode }]) => explode === false);
  return new Set(lists.map(([name]) => name.toLowerCase()));
}
