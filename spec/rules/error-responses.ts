import { entriesOf, isText, listOf } from '../lib/values.ts';
import { deref } from './lib/nodes.ts';
import { eachOperation, type Operation } from './lib/operations.ts';
import type { Context, Rule } from './lib/redocly.ts';

const files: Record<string, string> = {
  '400': 'BadRequest',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '404': 'NotFound',
  '500': 'InternalServerError',
};

/**
 * Every operation declares the errors that the service documents for all of them, in their one shape; 404 belongs to a
 * path with an id in it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#responses-object
 */
export const errorResponses: Rule = () =>
  eachOperation((operation, context) => {
    if (!operation.path.startsWith('/api/')) return;
    const { node, path, name, at } = operation;
    const declared = new Map(entriesOf(node.responses).filter(([status]) => /^[45]/.test(status)));
    const hasParameter = path.includes('{');

    for (const [status, file] of Object.entries(files)) {
      if (declared.has(status) || (status === '404' && !hasParameter)) continue;
      context.report({
        message: `${name} does not declare ${status}. Add '${status}': { $ref: …/common/errors/${file}.yaml }.`,
        location: 'responses' in node ? at.child('responses').key() : at.key(),
      });
    }
    for (const status of declared.keys()) {
      const location = at.child(['responses', status]);
      if (status === '404' && !hasParameter) {
        context.report({ message: `${name} declares 404 and has no path parameter. Remove it.`, location });
      } else if (!isShared(operation, status, context)) {
        const file = files[status] ?? 'BadRequest';
        context.report({
          message: `${status} of ${name} is not the error that all operations share: JSON with code and message required, and a named example. Use { $ref: …/common/errors/${file}.yaml }.`,
          location,
        });
      }
    }
  });

function isShared({ node, at }: Operation, status: string, context: Context): boolean {
  const responses = deref(context, node.responses, at.child('responses'));
  const response = responses && deref(context, responses.node[status], responses.at.child(status));
  const content = response && deref(context, response.node.content, response.at.child('content'));
  const json = content && deref(context, content.node['application/json'], content.at.child('application/json'));
  const schema = json && deref(context, json.node.schema, json.at.child('schema'));
  const required = listOf(schema?.node.required);
  const examples = entriesOf(json?.node.examples);
  return (
    isText(response?.node.description) &&
    required.includes('code') &&
    required.includes('message') &&
    Object.hasOwn(Object(schema?.node.properties), 'code') &&
    Object.hasOwn(Object(schema?.node.properties), 'message') &&
    examples.length > 0
  );
}
