import { faultOf } from '../lib/sentences.ts';
import { isNode, isText, listOf, type Node } from '../lib/values.ts';
import type { Context, Rule } from './lib/redocly.ts';

/** Every value of an enum says what it means; a number also has the name that the clients give it. */
export const enumDescriptions: Rule = () => ({
  Schema: {
    enter(node: unknown, context: Context) {
      if (!isNode(node)) return;
      for (const { member, fault } of faults(node)) {
        const at = context.location;
        context.report({
          message: `${member} ${fault}`,
          location: member in node ? at.child(member) : at.child('enum'),
        });
      }
    },
  },
});

function* faults(schema: Node): Generator<{ member: string; fault: string }> {
  const values = listOf(schema.enum);
  const descriptions = schema['x-enum-descriptions'];
  const names = schema['x-enum-varnames'];
  const list = values.join(', ');

  if (values.length > 1 && listOf(descriptions).length !== values.length) {
    const fault = `has ${listOf(descriptions).length} entries for ${values.length} values. Add a sentence for each of: ${list}.`;
    yield { member: 'x-enum-descriptions', fault };
  }
  if (values.length === 0 && descriptions !== undefined)
    yield { member: 'x-enum-descriptions', fault: 'describes no enum.' };
  for (const [index, text] of listOf(descriptions).entries()) {
    const fault = faultOf(text);
    if (fault) yield { member: 'x-enum-descriptions', fault: `of '${values[index]}' ${fault}. Write a sentence.` };
  }

  const isNumeric = values.some((value) => typeof value === 'number');
  if (values.length > 1 && isNumeric && listOf(names).length !== values.length) {
    const fault = `has ${listOf(names).length} entries for ${values.length} values. Add a name for each of: ${list}; for example [online, offline].`;
    yield { member: 'x-enum-varnames', fault };
  }
  if (names === undefined) return;
  if (values.length === 0) yield { member: 'x-enum-varnames', fault: 'names no enum.' };
  const odd = listOf(names).filter((name) => !isText(name) || !/^[a-z][A-Za-z0-9]*$/.test(name));
  if (odd.length > 0)
    yield { member: 'x-enum-varnames', fault: `holds '${odd[0]}'. Write names in camelCase: [online, offline].` };
  if (new Set(listOf(names)).size !== listOf(names).length)
    yield { member: 'x-enum-varnames', fault: 'holds a name twice.' };
}
