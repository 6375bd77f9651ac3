import { type RoutedExchange, ServiceError } from '../exchange.ts';
import { sentenceOf } from '../schema/words.ts';

/** How many things an error names. */
const most = 20;

/** Step 7. Rejects what breaks the description, with a sentence for each thing that is wrong. */
export function validate({ operation, parameters, body }: RoutedExchange): void {
  const ofBody = operation.body && body !== undefined && body !== null ? operation.body.validate(body, most) : [];
  const findings = [...operation.validate(parameters, most), ...ofBody];
  const sentences = new Set(findings.map((finding) => sentenceOf(finding, 'The request body')));
  if (operation.body?.required && (body === undefined || body === null))
    sentences.add(`The request body is required. Send it as ${operation.body.type}.`);
  if (sentences.size > 0) throw new ServiceError(400, [...sentences].slice(0, most).join(' '));
}
