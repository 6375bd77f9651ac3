import {
  aliasesOf,
  type Document,
  enumOf,
  evidenceOf,
  flatten,
  formOf,
  isReference,
  type MigrationMap,
  type Move,
  nameOf,
  type Operation,
  operationsOf,
  type Parameter,
  type Response,
  resolve,
  retiredDomains,
  type Schema,
  securitySchemesOf,
  valueAliasesOf,
  whenOf,
} from '@comm100-openapi/description';

/**
 * What a description looks like from outside: one fact a line, sorted, without prose. A reader of a diff sees what a
 * change means for those who call the API.
 */
export function surfaceOf(document: Document): string[] {
  const operations = operationsOf(document);
  const lines = new Set<string>([
    `version ${document.info.version}`,
    ...hosts(document),
    ...[...securitySchemesOf(document)].map(([name, scheme]) => `credentials ${name}: ${scheme.type} ${scheme.scheme}`),
    ...operations.flatMap(operationLines),
    ...errorsOf(operations).flatMap((response) => errorLines(document, response)),
    ...Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      schemaLines(document, name, schema),
    ),
  ]);
  return [...lines].sort();
}

/** The errors that operations have in common, each once. */
function errorsOf(operations: readonly Operation[]): Response[] {
  const all = operations.flatMap(({ responses }) => responses).filter(isError);
  return [...new Map(all.map((response) => [nameOfError(response), response])).values()];
}

const isError = ({ status }: Response) => /^[45]/.test(status);
const nameOfError = ({ status, component }: Response) => component ?? status;

function errorLines(document: Document, response: Response): string[] {
  const at = `error ${nameOfError(response)}`;
  return [
    ...marks(at, response.node),
    ...mediaLines(document, at, response.media),
    // The texts of errors are facts, unlike other examples: programs and people read them.
    ...response.media.flatMap(({ examples }) =>
      examples.map(({ name, value }) => `${at} ${name}: ${JSON.stringify(value)}`),
    ),
  ];
}

function hosts({ servers }: Document): string[] {
  return servers.flatMap((server) => [
    `host ${server.url}`,
    ...Object.entries(server.variables ?? {}).flatMap(([name, { default: usual, enum: values = [] }]) => [
      `host {${name}} is by default ${usual}`,
      ...values.map((value) => `host {${name}} can be ${value}`),
    ]),
    ...retiredDomains(server).map(({ domain, successor, since }) => `host ${domain} ended ${since}: use ${successor}`),
  ]);
}

function operationLines(operation: Operation): string[] {
  const { document, id, body, tokenIssue } = operation;
  const kind = operation.isWebhook ? 'webhook ' : '';
  const line = (fact: string) => `${id}: ${fact}`;
  return [
    line(`${kind}${operation.method.toUpperCase()} ${operation.path}`),
    line(`tag ${operation.tags.join(', ')}`),
    line(`credentials ${operation.schemes.join(' or ') || 'none'}`),
    ...operation.aliases.map(({ method, path }) => line(`also ${method.toUpperCase()} ${path}`)),
    ...(operation.permission ? [line(`permission ${operation.permission}`)] : []),
    ...(operation.editions ? [line(`editions ${operation.editions.join(', ')}`)] : []),
    ...(operation.source ? [line(`source ${operation.source.document}, ${operation.source.heading}`)] : []),
    ...(tokenIssue ? [line(`issues a token: ${JSON.stringify(tokenIssue)}`)] : []),
    ...marks(id, operation.node),
    ...operation.parameters.flatMap((parameter) => parameterLines(document, id, parameter)),
    ...(body ? [line(`body is ${body.required ? 'required' : 'optional'}`), ...marks(`${id} body`, body.node)] : []),
    ...mediaLines(document, `${id} body`, body?.media ?? []),
    ...operation.responses.flatMap((response) => {
      const { status, media, node } = response;
      if (isError(response)) return [line(`response ${status} is ${nameOfError(response)}`)];
      return [
        ...(media.length ? [] : [line(`response ${status} has no body`)]),
        ...marks(`${id} ${status}`, node),
        ...mediaLines(document, `${id} ${status}`, media),
      ];
    }),
  ];
}

function mediaLines(document: Document, at: string, media: Response['media']): string[] {
  return media.flatMap(({ type, schema, examples, node }) => [
    `${at}: as ${type}`,
    ...(schema ? schemaLines(document, at, schema) : []),
    ...Object.entries(node.encoding ?? {}).map(
      ([name, encoding]) => `${at}.${name}: encoded ${JSON.stringify(encoding)}`,
    ),
    ...examples.map(({ name, when }) => `${at}: example ${name}${when ? ` when ${JSON.stringify(when)}` : ''}`),
  ]);
}

function parameterLines(document: Document, id: string, parameter: Parameter): string[] {
  const at = `${id} ${parameter.in} ${parameter.name}`;
  const { style, explode, required } = parameter;
  const facts = [
    required ? 'required' : 'optional',
    style && `style ${style}`,
    explode !== undefined && `explode ${explode}`,
  ];
  return [
    `${at}: ${facts.filter(Boolean).join(', ')}`,
    ...aliasesOf(parameter).map((alias) => `${at}: also ${alias}`),
    ...marks(at, parameter),
    ...(parameter.schema ? schemaLines(document, at, parameter.schema) : []),
  ];
}

function marks(at: string, node: Parameters<typeof evidenceOf>[0]): string[] {
  const evidence = evidenceOf(node);
  return evidence ? [`${at}: evidence ${evidence.mark}`] : [];
}

const limits = [
  ...['format', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength'],
  ...['maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'contentEncoding'],
  ...['default', 'readOnly', 'writeOnly', 'deprecated', 'dependentRequired', 'propertyNames', 'patternProperties'],
] as const satisfies readonly (keyof Schema)[];

/** The facts of a schema, and of every schema that is written inside it. */
function schemaLines(document: Document, at: string, schema: Schema): string[] {
  const reference = isReference(schema) ? nameOf(schema.$ref) : undefined;
  // What a named schema contains is told under its name; here only what is written beside the reference.
  const node = reference ? { ...schema, $ref: undefined } : flatten(document, schema);
  const { additionalProperties, unevaluatedProperties, required = [], properties = {}, items } = node;
  const others = additionalProperties ?? unevaluatedProperties;
  const facts = [
    reference ?? [node.type ?? []].flat().join(' or '),
    node.const !== undefined && `always ${JSON.stringify(node.const)}`,
    ...limits.map((limit) => node[limit] !== undefined && `${limit} ${JSON.stringify(node[limit])}`),
    others === false && 'no other fields',
    others === true && 'other fields too',
  ].filter(Boolean);
  const when = whenOf(node);
  const form = formOf(node);
  const inner = (place: string, part: Schema) => schemaLines(document, place, part);
  return [
    ...(facts.length > 0 ? [`${at}: ${facts.join(', ')}`] : []),
    ...(form ? [`${at}: form ${form}`] : []),
    ...(when ? [`${at}: when ${JSON.stringify(when)}`] : []),
    ...marks(at, node),
    ...aliasesOf(node).map((alias) => `${at}: also ${alias}`),
    ...enumOf(node).map(({ value, name }) => `${at}: value ${JSON.stringify(value)}${name ? ` (${name})` : ''}`),
    ...[...valueAliasesOf(node)].map(([alias, value]) => `${at}: value ${JSON.stringify(value)} also ${alias}`),
    ...required.map((name) => `${at}.${name}: required`),
    ...Object.entries(properties).flatMap(([name, property]) => inner(`${at}.${name}`, property)),
    ...(items ? inner(`${at}[]`, items) : []),
    ...(typeof others === 'object' ? inner(`${at}.*`, others) : []),
    ...(['oneOf', 'anyOf'] as const).flatMap((keyword) =>
      (node[keyword] ?? []).flatMap((branch, index) =>
        inner(`${at} ${keyword} ${labelOf(document, branch, index)}`, branch),
      ),
    ),
  ];
}

/** What tells a branch from its siblings: its name, its constants, or its place. */
function labelOf(document: Document, branch: Schema, index: number): string {
  if (isReference(branch)) return nameOf(branch.$ref);
  if (branch.title !== undefined) return branch.title;
  const constants = Object.entries(flatten(document, branch).properties ?? {}).flatMap(([name, property]) => {
    const value = resolve<Schema>(document, property).const;
    return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
  });
  return constants.join(' ') || String(index + 1);
}

/** The map between the versions, one fact a line, sorted, without prose. */
export function surfaceOfMap(map: MigrationMap): string[] {
  const target = ({ to, gone, evidence, values = [] }: Partial<Move>) => {
    const places = gone === undefined ? (to ?? []).join(', ') : 'removed';
    const renamed = values.map(
      (value) => `${JSON.stringify(value.from)} → ${value.to.map((v) => JSON.stringify(v)).join(' or ')}`,
    );
    return [places, ...renamed, ...(evidence ? [`evidence ${evidence}`] : [])].join('; ');
  };
  return [
    ...map.general.map(({ topic }) => `general ${topic}`),
    ...map.operations.flatMap((move) => [
      `${move.from} → ${target(move)}${move.same ? '; the same' : ''}`,
      ...move.instead.map((other) => `${move.from}: instead ${other}`),
      ...move.parameters.map((parameter) => `${move.from} ${parameter.from} → ${target(parameter)}`),
      ...(move.answer ? [`${move.from} response → ${target(move.answer)}`] : []),
      ...move.added.map(({ name, required }) => `${move.from}: new ${name}${required ? ', required' : ''}`),
    ]),
    ...map.schemas.flatMap((move) => [
      `${move.from} → ${target(move)}${move.same ? '; the same' : ''}`,
      ...move.fields.map((field) => `${move.from}.${field.from} → ${target(field)}`),
      ...move.added.map(({ name, required }) => `${move.from}: new ${name}${required ? ', required' : ''}`),
    ]),
  ].sort();
}
