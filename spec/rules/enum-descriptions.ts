import { faultOf } from '../lib/sentences.ts';
import { isNode, isText, listOf, type Node } from '../lib/values.ts';
import type { Context, Rule } from './lib/redocly.ts';

/** Every value of an enum has a meaning; a number also has the name that the clients use. */
export const enumDescriptions: Rule = () => ({
  Schema: {
    enter(node: unknown, context: Context) {
      if (!isNode(node)) return;
      for (const { keyword, fault } of faults(node)) {
        const at = context.location;
        context.report({
          message: `${keyword} ${fault}`,
          location: keyword in node ? at.child(keyword) : at.child('enum'),
        });
      }
    },
  },
});

function* faults(schema: Node): Generator<{ keyword: string; fault: string }> {
  const values = listOf(schema.enum);
  const descriptions = schema['x-enum-descriptions'];
  const names = schema['x-enum-varnames'];
  const list = values.join(', ');

  if (values.length > 1 && listOf(descriptions).length !== values.length) {
    const fault = `has ${listOf(descriptions).length} entries for ${values.length} values. Add a sentence for each of: ${list}.`;
    yield { keyword: 'x-enum-descriptions', fault };
  }
  if (values.length === 0 && descriptions !== undefined)
    yield { keyword: 'x-enum-descriptions', fault: 'is on a schema without an enum. Add the enum, or remove it.' };
  for (const [index, text] of listOf(descriptions).entries()) {
    const fault = faultOf(text);
    if (fault) yield { keyword: 'x-enum-descriptions', fault: `of '${values[index]}' ${fault}. Write a sentence.` };
  }

  const isNumeric = values.some((value) => typeof value === 'number');
  if (values.length > 1 && isNumeric && listOf(names).length !== values.length) {
    const fault = `has ${listOf(names).length} entries for ${values.length} values. Add a name for each of: ${list}; for example [online, offline].`;
    yield { keyword: 'x-enum-varnames', fault };
  }
  if (names === undefined) return;
  if (values.length === 0)
    yield { keyword: 'x-enum-varnames', fault: 'is on a schema without an enum. Add the enum, or remove it.' };
  const invalid = listOf(names).filter((name) => !isText(name) || !/^[a-z][A-Za-z0-9]*$/.test(name));
  if (invalid.length > 0)
    yield { keyword: 'x-enum-varnames', fault: `has '${invalid[0]}'. Write names in camelCase: [online, offline].` };
  if (new Set(listOf(names)).size !== listOf(names).length)
    yield { keyword: 'x-enum-varnames', fault: 'has a name twice.' };
}
