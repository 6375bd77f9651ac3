import { isNode, isText, type Node } from '../lib/values.ts';
import { componentName, isCollection, nameOf } from './lib/nodes.ts';
import type { Context, Location, Rule } from './lib/redocly.ts';

/**
 * A schema's title is the name of its component in the bundles: that of its file, or of its entry in `shared.yaml`. A
 * schema inside another may have a title, which makes it a component, so that the name must be free.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#components-object
 */
export const titleIsName: Rule = () => {
  const titles = new Map<string, Location>();
  return {
    Schema: {
      enter(node: unknown, context: Context) {
        if (!isNode(node)) return;
        const at = context.location;
        const report = (message: string) =>
          context.report({ message, location: 'title' in node ? at.child('title') : at });
        const name = componentName(at);
        if (name !== undefined && node.title === undefined) {
          report(`The schema ${name} has no title. Add title: ${name}, as ${nameOf(at)} is called.`);
        } else if (name !== undefined && node.title !== name) {
          report(`The schema in ${nameOf(at)} has the title '${node.title}'. Write title: ${name}, or rename it.`);
        } else if (node.title !== undefined && !(isText(node.title) && /^[A-Z][A-Za-z0-9]*$/.test(node.title))) {
          report(`The title '${node.title}' is not the name of a component. Write it in PascalCase: ChatButtonType.`);
        } else if (isText(node.title)) {
          const other = titles.get(node.title);
          if (other && !isSame(other, at)) {
            report(`The title ${node.title} is also that of ${nameOf(other)}. Rename one, or refer to one from both.`);
          }
          titles.set(node.title, at);
        }
      },
    },
    ref: {
      enter(node: Node, context: Context) {
        const [file = '', inside] = String(node.$ref).split('#');
        if (!file || !inside || (isCollection(file) && /^\/[^/]+$/.test(inside))) return;
        context.report({
          message: `${node.$ref} points into the inside of a file, so the component gets an accidental name. Give the part a file, or a name in shared.yaml.`,
          location: context.rawLocation.child('$ref'),
        });
      },
    },
  };
};

function isSame(a: Location, b: Location): boolean {
  return a.source.absoluteRef === b.source.absoluteRef && a.pointer === b.pointer;
}
