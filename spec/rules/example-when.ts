import { entriesOf, listOf, type Node } from '../lib/values.ts';
import { deref } from './lib/nodes.ts';
import { bodiesOf, eachOperation, examplesOf, parametersOf } from './lib/operations.ts';
import type { Context, Location, Rule } from './lib/redocly.ts';

/** A parameter, as far as a response can depend on it. */
interface Parameter {
  readonly isRequired: boolean;
  /** All its values, where they are listed. */
  readonly values: readonly unknown[] | undefined;
}

interface Example {
  readonly name: string;
  readonly at: Location;
  readonly when: unknown;
}

interface Fault {
  readonly message: string;
  readonly location: Location;
}

/**
 * Where a response depends on a parameter, `x-when` lists the values that an example belongs to. Together the examples
 * have every value of an enum, each one once; where the values cannot be listed, or the parameter is optional, one
 * example without `x-when` is the response for the rest. The mock server chooses by it.
 */
export const exampleWhen: Rule = () =>
  eachOperation((operation, context) => {
    const parameters = new Map(
      parametersOf(operation, context).map(({ node, at }) => [String(node.name), readParameter(node, context, at)]),
    );
    for (const body of bodiesOf(operation, context, /./)) {
      const examples = examplesOf(body, context).map(({ name, node, at }) => ({ name, at, when: node['x-when'] }));
      if (examples.every(({ when }) => when === undefined)) continue;
      const faults =
        body.of === 'request body'
          ? misplaced(examples)
          : [...misnamed(examples, parameters), ...incomplete(examples, parameters, body.at.child('examples').key())];
      const place = body.of === 'request body' ? body.of : `response ${body.of}`;
      for (const { message, location } of faults) {
        context.report({ message: `In the ${place} of ${operation.name}, ${message}`, location });
      }
    }
  });

function* misplaced(examples: Example[]): Generator<Fault> {
  for (const { name, at, when } of examples) {
    if (when === undefined) continue;
    const message = `example '${name}' has x-when, which belongs to a response. Remove it.`;
    yield { message, location: at.child('x-when').key() };
  }
}

/** What is wrong with the parameters and values that the examples name. */
function* misnamed(examples: Example[], parameters: Map<string, Parameter>): Generator<Fault> {
  for (const { name, at, when } of examples) {
    const subject = `x-when of example '${name}'`;
    if (when !== undefined && entriesOf(when).length === 0) {
      const message = `${subject} does not name a parameter. Write x-when: { group: [day] }.`;
      yield { message, location: at.child('x-when').key() };
    }
    for (const [parameter, given] of entriesOf(when)) {
      const location = at.child(['x-when', parameter]);
      const known = parameters.get(parameter);
      if (!known) {
        const names = [...parameters.keys()].join(', ') || 'none';
        const message = `${subject} names '${parameter}', which is not a parameter here. The parameters are: ${names}.`;
        yield { message, location: location.key() };
      } else if (listOf(given).length === 0) {
        yield {
          message: `${subject} does not give '${parameter}' a list of values. Write { ${parameter}: [day] }.`,
          location,
        };
      }
      const unknown = listOf(given).filter((value) => known?.values && !known.values.includes(value));
      if (unknown.length > 0) {
        const allowed = known?.values?.join(', ');
        yield {
          message: `${subject} gives '${parameter}' the value '${unknown[0]}'. Use one of: ${allowed}.`,
          location,
        };
      }
    }
  }
}

/** Which values have no example, and which have more than one. */
function* incomplete(examples: Example[], parameters: Map<string, Parameter>, location: Location): Generator<Fault> {
  const choices = examples.filter(({ when }) => when !== undefined);
  const rest = examples.filter(({ when }) => when === undefined);
  const named = namedBy(choices, parameters);
  const isListed = named.every((name) => parameters.get(name)?.values);
  const canBeAbsent = named.some((name) => !parameters.get(name)?.isRequired);

  if (isListed && !canBeAbsent) {
    for (const { name, at } of rest) {
      const message = `example '${name}' has no x-when, and others have. Add the values that it belongs to: x-when: { group: [day] }.`;
      yield { message, location: at };
    }
  } else if (rest.length > 1 || (rest.length === 0 && !isListed)) {
    const message = `${rest.length} examples have no x-when. Leave it out of one, which is then the response for all other values.`;
    yield { message, location };
  }

  // Where not all values are listed, an example for one parameter may overlap with one for another.
  const groups = new Map<string, Example[]>();
  for (const choice of choices) {
    const key = isListed
      ? ''
      : entriesOf(choice.when)
          .map(([name]) => name)
          .sort()
          .join();
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  for (const group of groups.values()) {
    const { twice, missing } = coverage(group, parameters);
    for (const [names, values] of twice) {
      yield { message: `the examples ${names} both belong to ${values}. Remove it from one of them.`, location };
    }
    if (missing.length > 0) {
      yield { message: `no example belongs to ${missing.join(', ')}. Add it to the x-when of one.`, location };
    }
  }
}

/** The combinations of values that have more than one example, by the names of these, and those that have none. */
function coverage(choices: Example[], parameters: Map<string, Parameter>) {
  const named = namedBy(choices, parameters);
  const isListed = named.every((name) => parameters.get(name)?.values);
  const twice = new Map<string, string>();
  const missing: string[] = [];
  for (const combination of combinationsOf(named, choices, parameters)) {
    const names = choices
      .filter(({ when }) => {
        const given = new Map(entriesOf(when));
        return [...combination].every(([name, value]) => !given.has(name) || listOf(given.get(name)).includes(value));
      })
      .map(({ name }) => `'${name}'`);
    const values = [...combination].map(([name, value]) => `${name}=${value}`).join('&');
    if (names.length === 0 && isListed) missing.push(values);
    if (names.length > 1) twice.set(names.join(' and '), values);
  }
  return { twice, missing };
}

function namedBy(choices: Example[], parameters: Map<string, Parameter>): string[] {
  const names = choices.flatMap(({ when }) => entriesOf(when).map(([name]) => name));
  return [...new Set(names)].filter((name) => parameters.has(name));
}

/** Every way to choose a value for each parameter. */
function combinationsOf(names: string[], choices: Example[], parameters: Map<string, Parameter>) {
  let all: Map<string, unknown>[] = names.length === 0 ? [] : [new Map()];
  for (const name of names) {
    const given = choices.flatMap(({ when }) => listOf(Object(when)[name]));
    const values = parameters.get(name)?.values ?? [...new Set(given)];
    all = all.flatMap((combination) => values.map((value) => new Map(combination).set(name, value)));
  }
  return all;
}

function readParameter(parameter: Node, context: Context, at: Location): Parameter {
  return { isRequired: parameter.required === true, values: valuesOf(parameter.schema, context, at) };
}

/** The values that a schema allows, where it lists them. */
function valuesOf(schema: unknown, context: Context, at: Location): unknown[] | undefined {
  const found = deref(context, schema, at);
  if (!found) return undefined;
  if (Array.isArray(found.node.enum)) return found.node.enum;
  if ('const' in found.node) return [found.node.const];
  if (found.node.type === 'boolean') return [true, false];
  return 'items' in found.node ? valuesOf(found.node.items, context, found.at) : undefined;
}
