import { described } from './described.ts';
import { enumDescriptions } from './enum-descriptions.ts';
import { errorResponses } from './error-responses.ts';
import { evidence } from './evidence.ts';
import { exampleWhen } from './example-when.ts';
import { interpretation } from './interpretation.ts';
import { knownExtension } from './known-extension.ts';
import type { Rule } from './lib/redocly.ts';
import { namedExamples } from './named-examples.ts';
import { noOpenSchema } from './no-open-schema.ts';
import { operationIdVerb } from './operation-id-verb.ts';
import { operationMetadata } from './operation-metadata.ts';
import { pathIsRef } from './path-is-ref.ts';
import { pathParametersHoisted } from './path-parameters-hoisted.ts';
import { titleIsName } from './title-is-name.ts';

/** The rules by the name that redocly.yaml switches them on with, after `house/`. */
const rules = {
  'path-is-ref': pathIsRef,
  'path-parameters-hoisted': pathParametersHoisted,
  'operation-id-verb': operationIdVerb,
  'operation-metadata': operationMetadata,
  'error-responses': errorResponses,
  'named-examples': namedExamples,
  'example-when': exampleWhen,
  'no-open-schema': noOpenSchema,
  'title-is-name': titleIsName,
  described,
  'enum-descriptions': enumDescriptions,
  evidence,
  interpretation,
  'known-extension': knownExtension,
} satisfies Record<string, Rule>;

/**
 * The house style as a plugin of Redocly, which loads it as it is: Node strips the types.
 *
 * @see https://redocly.com/docs/cli/custom-plugins/custom-rules
 */
export default function plugin() {
  return { id: 'house', rules: { oas3: rules } };
}
