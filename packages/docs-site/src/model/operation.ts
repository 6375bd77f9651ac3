import {
  aliasesOf,
  type Document,
  type Evidence,
  type Example,
  type Media,
  type Operation,
  type Parameter,
  type Response,
} from '@comm100-openapi/description';
import { evidenceIn, type PropertyView, type SchemaView, viewSchema } from './schema.ts';

export interface MediaView {
  type: string;
  schema: SchemaView | undefined;
  examples: readonly Example[];
}

export interface ResponseView {
  status: string;
  description: string;
  /** The component that several operations share, where it is one. */
  component: string | undefined;
  evidence: Evidence[];
  media: MediaView[];
}

interface ParameterGroup {
  place: Parameter['in'];
  parameters: PropertyView[];
}

/** An operation with everything in it that a page explains: parameters, body and responses as a reader sees them. */
export interface OperationView {
  operation: Operation;
  evidence: Evidence[];
  parameters: ParameterGroup[];
  body: { isRequired: boolean; description: string; evidence: Evidence[]; media: MediaView[] } | undefined;
  /** The responses of success. */
  responses: ResponseView[];
  errors: ResponseView[];
}

export function viewOperation(operation: Operation): OperationView {
  const { document, body } = operation;
  const responses = operation.responses.map((response) => viewResponse(document, response));
  const isError = ({ status }: ResponseView) => /^[45]/.test(status) || status === 'default';
  return {
    operation,
    evidence: evidenceIn(operation.node),
    parameters: PLACES.map((place) => ({
      place,
      parameters: operation.parameters
        .filter((parameter) => parameter.in === place)
        .map((parameter) => viewParameter(document, parameter)),
    })).filter(({ parameters }) => parameters.length > 0),
    body: body && {
      isRequired: body.required,
      description: body.description,
      evidence: evidenceIn(body.node),
      media: viewMedia(document, body.media),
    },
    responses: responses.filter((response) => !isError(response)),
    errors: responses.filter(isError),
  };
}

const PLACES: Parameter['in'][] = ['path', 'query', 'header', 'cookie'];

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
    aliases: [...aliasesOf(parameter), ...aliasesOf(inner)],
    schema: {
      ...schema,
      ...(description !== undefined && { description }),
      evidence: [...evidenceIn(parameter), ...schema.evidence],
    },
  };
}

function viewResponse(document: Document, { status, description, component, media, node }: Response): ResponseView {
  return { status, description, component, evidence: evidenceIn(node), media: viewMedia(document, media) };
}

function viewMedia(document: Document, media: readonly Media[]): MediaView[] {
  return media.map(({ type, schema, examples }) => ({
    type,
    schema: schema && viewSchema(document, schema),
    examples,
  }));
}
