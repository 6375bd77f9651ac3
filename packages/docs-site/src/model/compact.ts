import { type Document, extensionsForReaders, extensionsWithData } from '@comm100-openapi/description';

/** Texts for readers, which a program that responds does not need. */
const TEXTS = new Set<string>(['description', 'summary', 'externalDocs', ...extensionsForReaders]);

/** Keys whose values are data of the API. */
const DATA = new Set<string>(['example', 'value', 'default', 'const', 'enum', ...extensionsWithData]);

/** Keys whose values are objects by name. */
const BY_NAME = new Set([
  'paths',
  'webhooks',
  'schemas',
  'responses',
  'parameters',
  'securitySchemes',
  'properties',
  'patternProperties',
  'content',
  'encoding',
  'variables',
]);

/** A description for programs: without its texts, and with the meaning that it has. What a request gets is the same. */
export function compact(document: Document): Document {
  return shorten(document, false) as Document;
}

function shorten(value: unknown, isByName: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => shorten(entry, false));
  const kept = Object.entries(value).filter(([key]) => isByName || !TEXTS.has(key));
  return Object.fromEntries(
    kept.map(([key, inner]) => {
      if (!isByName && DATA.has(key)) return [key, inner];
      // The examples of a schema are a list of data; those of a body are objects by name.
      if (!isByName && key === 'examples') return [key, Array.isArray(inner) ? inner : shorten(inner, true)];
      return [key, shorten(inner, !isByName && BY_NAME.has(key))];
    }),
  );
}
