import { type RoutedExchange, ServiceError } from '../exchange.ts';
import { sentenceOf } from '../schema/words.ts';

/** How many things an error names. */
const most = 20;

/** Step 7. Rejects what breaks the description, with a sentence for each thing that is wrong. */
export function validate({ operation, parameters, body }: RoutedExchange): void {
  const { body: described } = operation;
  const isMissing = body === undefined || body === null;
  const ofBody = isMissing ? [] : (described?.validate(body, most) ?? []);
  const findings = [...operation.validate(parameters, most), ...ofBody];
  const sentences = new Set(findings.map((finding) => sentenceOf(finding, 'The request body')));
  if (isMissing && described?.required) sentences.add(`The request body is required. Send it as ${described.type}.`);
  if (sentences.size > 0) throw new ServiceError(400, [...sentences].slice(0, most).join(' '));
}
