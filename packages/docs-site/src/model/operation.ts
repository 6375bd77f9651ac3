import type {
  Document,
  Example,
  Json,
  MediaType,
  Method,
  Operation,
  Parameter,
  PathItem,
  RequestBody,
  Response,
  SecurityScheme,
} from './openapi.ts';
import { METHODS } from './openapi.ts';
import { isReference, nameOf, resolve } from './resolve.ts';
import {
  type EvidenceView,
  evidenceOf,
  type PropertyView,
  type SchemaView,
  viewSchema,
  whenInWords,
} from './schema.ts';

export interface ExampleView {
  name: string;
  summary: string;
  /** The parameter values that the example belongs to, as a phrase in Markdown. */
  when?: string;
  value: Json;
}

export interface MediaView {
  type: string;
  schema?: SchemaView;
  examples: ExampleView[];
}

export interface ResponseView {
  status: string;
  description: string;
  /** The component that several operations share, where it is one. */
  component?: string;
  evidence: EvidenceView[];
  media: MediaView[];
}

interface ParameterGroup {
  place: Parameter['in'];
  parameters: PropertyView[];
}

export interface OperationView {
  id: string;
  method: Method;
  /** The path in full; for a webhook, the name of the event. */
  path: string;
  isWebhook: boolean;
  summary: string;
  description: string;
  tags: string[];
  isDeprecated: boolean;
  /** The alternatives, each by the name of its scheme; none where the operation is open. */
  credentials: string[];
  permissions: string[];
  editions: string[];
  /** Other paths that lead to it. */
  aliases: string[];
  source?: { document: string; heading: string };
  evidence: EvidenceView[];
  parameters: ParameterGroup[];
  body?: { isRequired: boolean; description: string; evidence: EvidenceView[]; media: MediaView[] };
  answers: ResponseView[];
  errors: ResponseView[];
}

/** An operation together with where it stands. */
export interface Located {
  method: Method;
  path: string;
  isWebhook: boolean;
  operation: Operation;
  parameters: Parameter[];
}

/** All operations of a document, webhooks last, in the order of the document. */
export function listOperations(document: Document): Located[] {
  const items: [path: string, item: PathItem, isWebhook: boolean][] = [
    ...Object.entries(document.paths).map(([path, item]) => [path, item, false] as [string, PathItem, boolean]),
    ...Object.entries(document.webhooks ?? {}).map(
      ([name, item]) => [name, item as PathItem, true] as [string, PathItem, boolean],
    ),
  ];
  return items.flatMap(([path, reference, isWebhook]) => {
    const item = resolve<PathItem>(document, reference);
    return METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = mergeParameters(document, item.parameters ?? [], operation.parameters ?? []);
      return [{ method, path, isWebhook, operation, parameters }];
    });
  });
}

/** An operation's own parameter replaces the path item's of the same name and place. */
function mergeParameters(
  document: Document,
  ofItem: Operation['parameters'],
  ofOperation: Operation['parameters'],
): Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const reference of [...(ofItem ?? []), ...(ofOperation ?? [])]) {
    const parameter = resolve<Parameter>(document, reference);
    merged.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...merged.values()];
}

export function viewOperation(document: Document, located: Located): OperationView {
  const { operation } = located;
  const responses = Object.entries(operation.responses).map(([status, reference]) =>
    viewResponse(document, status, reference),
  );
  const isError = ({ status }: ResponseView) => /^[45]/.test(status) || status === 'default';
  const view: OperationView = {
    id: operation.operationId,
    method: located.method,
    path: located.path,
    isWebhook: located.isWebhook,
    summary: operation.summary,
    description: operation.description ?? '',
    tags: operation.tags,
    isDeprecated: operation.deprecated ?? false,
    credentials: credentialsOf(document, operation),
    permissions: [operation['x-permission'] ?? []].flat(),
    editions: [operation['x-edition'] ?? []].flat(),
    aliases: operation['x-aliases'] ?? [],
    evidence: evidenceOf(operation),
    parameters: groupParameters(document, located.parameters),
    answers: responses.filter((response) => !isError(response)),
    errors: responses.filter(isError),
  };
  if (operation['x-source']) view.source = operation['x-source'];
  if (operation.requestBody) {
    const body = resolve<RequestBody>(document, operation.requestBody);
    view.body = {
      isRequired: body.required ?? false,
      description: body.description ?? '',
      evidence: evidenceOf(body),
      media: viewMedia(document, body.content),
    };
  }
  return view;
}

export function credentialsOf(document: Document, operation: Operation): string[] {
  const alternatives = operation.security ?? document.security ?? [];
  return [...new Set(alternatives.flatMap((alternative) => Object.keys(alternative)))];
}

export function securitySchemes(document: Document): Map<string, SecurityScheme> {
  const schemes = Object.entries(document.components?.securitySchemes ?? {});
  return new Map(schemes.map(([name, scheme]) => [name, resolve<SecurityScheme>(document, scheme)]));
}

const PLACES: Parameter['in'][] = ['path', 'query', 'header', 'cookie'];

function groupParameters(document: Document, parameters: Parameter[]): ParameterGroup[] {
  return PLACES.map((place) => ({
    place,
    parameters: parameters
      .filter((parameter) => parameter.in === place)
      .map((parameter) => viewParameter(document, parameter)),
  })).filter((group) => group.parameters.length > 0);
}

export function viewParameter(document: Document, parameter: Parameter): PropertyView {
  const inner = parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {};
  const schema = viewSchema(document, inner);
  const { description = schema.description } = parameter;
  return {
    name: parameter.name,
    isRequired: parameter.required ?? false,
    isReadOnly: false,
    isWriteOnly: false,
    isDeprecated: parameter.deprecated ?? false,
    aliases: parameter['x-aliases'] ?? inner['x-aliases'] ?? [],
    schema: {
      ...schema,
      ...(description !== undefined && { description }),
      evidence: [...evidenceOf(parameter), ...schema.evidence],
    },
  };
}

export function viewResponse(
  document: Document,
  status: string,
  reference: Operation['responses'][string],
): ResponseView {
  const response = resolve<Response>(document, reference);
  return {
    status,
    description: response.description,
    ...(isReference(reference) && { component: nameOf(reference.$ref) }),
    evidence: evidenceOf(response),
    media: viewMedia(document, response.content ?? {}),
  };
}

function viewMedia(document: Document, content: Record<string, MediaType>): MediaView[] {
  return Object.entries(content).map(([type, media]) => ({
    type,
    ...(media.schema && { schema: viewSchema(document, media.schema) }),
    examples: viewExamples(document, media),
  }));
}

export function viewExamples(document: Document, media: Pick<MediaType, 'example' | 'examples'>): ExampleView[] {
  const named = Object.entries(media.examples ?? {}).map(([name, reference]) => {
    const example = resolve<Example>(document, reference);
    const view: ExampleView = { name, summary: example.summary ?? name, value: example.value ?? null };
    const when = example['x-when'];
    if (when) view.when = whenInWords(when);
    return view;
  });
  if (named.length > 0 || media.example === undefined) return named;
  return [{ name: 'example', summary: 'Example', value: media.example }];
}
