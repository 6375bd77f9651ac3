import { isNode, isText } from '../lib/values.ts';
import { bodiesOf, eachOperation, examplesOf } from './lib/operations.ts';
import type { Context, Rule } from './lib/redocly.ts';

/**
 * Examples drive the mock server, the documentation and the tests, so every body has one with a name and a summary, and
 * every parameter that is needed has a value.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#media-type-object
 */
export const namedExamples: Rule = () => ({
  ...eachOperation((operation, context) => {
    for (const body of bodiesOf(operation, context, /^2/)) {
      const place = `${body.mediaType} of the ${body.of === 'request body' ? body.of : `response ${body.of}`} of ${operation.name}`;
      if ('example' in body.node) {
        const message = `${place} has an 'example'. Give it a name under 'examples', with a summary.`;
        context.report({ message, location: body.at.child('example').key() });
      }
      const examples = examplesOf(body, context);
      if (examples.length === 0) {
        const message = `${place} has no named example. Add one: examples: { support: { $ref: examples/department-support.yaml } }.`;
        context.report({ message, location: body.at.key() });
      }
      for (const { name, node, at } of examples) {
        if (!isText(node.summary)) {
          const message = `Example '${name}' of ${place} has no summary. Say what it shows: 'The support department'.`;
          context.report({ message, location: at });
        }
        if (!('value' in node))
          context.report({ message: `Example '${name}' of ${place} has no value.`, location: at });
      }
    }
  }),
  Parameter: {
    enter(node: unknown, context: Context) {
      if (!isNode(node) || 'example' in node) return;
      if (node.in !== 'path' && node.required !== true) return;
      const kind = node.in === 'path' ? 'path parameter' : 'required parameter';
      context.report({
        message: `The ${kind} '${node.name}' has no example. Add one of the demo company: example: 1.`,
        location: context.location,
      });
    },
  },
});
