import { type RoutedExchange, ServiceError } from '../exchange.ts';
import { sentenceOf } from '../schema/words.ts';

/** How many things an error names. */
const most = 20;

/** Step 7. Rejects what breaks the description, with a sentence for each wrong parameter. */
export function validate({ operation, parameters, body }: RoutedExchange): void {
  const sentences = new Set<string>();
  for (const parameter of operation.parameters) {
    const value = parameters.get(parameter);
    if (value === undefined) {
      if (parameter.required) sentences.add(`Parameter '${parameter.name}' is required.`);
      continue;
    }
    for (const finding of parameter.validate(value, most)) {
      sentences.add(sentenceOf({ ...finding, path: [parameter.name, ...finding.path] }, ''));
    }
  }
  if (operation.body) {
    if (body !== undefined && body !== null) {
      const findings = operation.body.validate(body, most);
      for (const finding of findings) sentences.add(sentenceOf(finding, 'The request body'));
    } else if (operation.body.required) {
      sentences.add(`The request body is required. Send it as ${operation.body.type}.`);
    }
  }
  if (sentences.size > 0) throw new ServiceError(400, [...sentences].slice(0, most).join(' '));
}
