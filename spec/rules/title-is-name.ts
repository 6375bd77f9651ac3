import { fileName, isNode, isWholeFile } from './lib/nodes.ts';
import type { Context, Node, Rule } from './lib/redocly.ts';

/**
 * A schema's file, its title and its component in the bundles have one name, and a component is a whole file.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#components-object
 */
export const titleIsName: Rule = () => ({
  Schema: {
    enter(node: unknown, context: Context) {
      if (!isNode(node) || !isWholeFile(context.location)) return;
      const name = fileName(context.location);
      if (node.title === name) return;
      const message =
        node.title === undefined
          ? `The schema ${name} has no title. Add title: ${name}, as its file is called.`
          : `The schema in ${name}.yaml has the title '${node.title}'. Write title: ${name}, or rename the file.`;
      context.report({ message, location: 'title' in node ? context.location.child('title') : context.location });
    },
  },
  ref: {
    enter(node: Node, context: Context) {
      const [file, inside] = String(node.$ref).split('#');
      if (!file || !inside) return;
      context.report({
        message: `${node.$ref} points into the inside of a file, so the component gets a name that nobody chose. Give the part a file.`,
        location: context.rawLocation.child('$ref'),
      });
    },
  },
});
