import { listOf } from '../lib/values.ts';
import { deref } from './lib/nodes.ts';
import { eachOperation } from './lib/operations.ts';
import type { Rule } from './lib/redocly.ts';

/**
 * A path parameter belongs to the path, so it is on the path item and every operation has it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-item-object
 */
export const pathParametersHoisted: Rule = () =>
  eachOperation(({ node, name, at }, context) => {
    listOf(node.parameters).forEach((value, index) => {
      const parameter = deref(context, value, at)?.node;
      if (parameter?.in !== 'path') return;
      context.report({
        message: `${name} declares the path parameter '${parameter.name}' itself. Move it to the parameters of the path item, above the operations.`,
        location: at.child(['parameters', index]),
      });
    });
  });
