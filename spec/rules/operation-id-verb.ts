import { isText } from '../lib/values.ts';
import { eachOperation, type Operation } from './lib/operations.ts';
import type { Rule } from './lib/redocly.ts';
import { verbs } from './verbs.ts';

/**
 * An operationId becomes the name of a method in the clients, so it is a verb from a closed list and a noun.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
export const operationIdVerb: Rule = () =>
  eachOperation((operation, context) => {
    const { node, at } = operation;
    const fault = faultOf(operation);
    if (!fault) return;
    context.report({ message: fault, location: isText(node.operationId) ? at.child('operationId') : at.key() });
  });

function faultOf({ node, method, path, name }: Operation): string | undefined {
  const kind = path.startsWith('/') ? method : 'webhook';
  const allowed = verbs[kind] ?? [];
  const choice = allowed.map(({ verb, use, example }) => `'${verb}' ${use} (${example})`).join(', ');
  const advice = choice ? `Use ${choice}.` : `The API has no ${method.toUpperCase()}.`;
  const id = node.operationId;
  if (!isText(id)) return `${name} has no operationId. ${advice}`;

  const [, verb = '', noun = ''] = /^([a-z]+)((?:[A-Z][a-z0-9]+)+)$/.exec(id) ?? [];
  if (!verb) return `operationId '${id}' of ${name} is not a verb and a noun in camelCase. ${advice}`;
  const known = allowed.some((it) => it.verb === verb && (it.noun?.test(noun) ?? true));
  if (known) return undefined;
  return `operationId '${id}' of ${name} starts with '${verb}', which is not for a ${kind === method ? method.toUpperCase() : kind} here. ${advice}`;
}
