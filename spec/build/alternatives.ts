import { isDeepStrictEqual } from 'node:util';
import type { Document, Evidence, Schema } from '@comm100-openapi/description';
import { evidenceOf, inWords, resolve, whenInWords, whenOf } from '@comm100-openapi/description';
import { listed, valuesOf } from './values.ts';
import { mapAllSchemas, withSchemas } from './walk.ts';

/**
 * Joins alternatives that are all text, or all integers, into one schema: typed languages have no type for a union of
 * an enum and a string. A union of enums is an enum, a union with other text is text with known values.
 */
export function joinScalars(document: Document): Document {
  return mapAllSchemas(document, (node) => joinedScalars(document, node));
}

function joinedScalars(document: Document, node: Schema): Schema {
  const { anyOf, oneOf, ...rest } = node;
  const branches = (anyOf ?? oneOf ?? []).map((branch) => resolve<Schema>(document, branch));
  const types = new Set(branches.flatMap((branch) => branch.type ?? 'any'));
  const [type, ...others] = [...types].filter((name) => name !== 'null');
  if (others.length > 0 || (type !== 'string' && type !== 'integer')) return node;

  const known = branches.flatMap(valuesOf);
  const isOpen = branches.some((branch) => branch['x-extensible-enum']);
  const free = isOpen ? {} : widest(branches.filter((branch) => branch.type !== 'null' && !valuesOf(branch).length));
  if (!free) return node;
  const { title: _, description, ...limits } = free;
  // Words beside text of another form; one schema cannot require the form and accept the words.
  if (known.length > 0 && (limits.pattern || limits.format)) return node;
  const aliases = Object.assign({}, ...branches.map((branch) => branch['x-value-aliases']));
  return {
    ...limits,
    ...(description && { description }),
    ...rest,
    ...(Object.keys(aliases).length > 0 && { 'x-value-aliases': aliases }),
    type: types.has('null') ? [type, 'null'] : type,
    ...listed(known, isOpen || free.type ? 'x-extensible-enum' : 'enum'),
    ...joinedMarks([rest, ...branches].map((schema) => ({ of: {}, schema }))),
  };
}

/** Of some texts the one that accepts what all accept; `undefined` where none does. */
function widest(texts: readonly Schema[]): Schema | undefined {
  const [first = {}, ...others] = texts;
  const isFree = ({ type: _, title: __, description: ___, ...limits }: Schema) =>
    Object.keys(withoutMarks(limits)).length === 0;
  return others.length > 0 ? texts.find(isFree) : first;
}

/**
 * Joins alternatives that are all objects into one object that has the fields of all and requires what all require.
 * Languages without unions have no type for alternatives, and those that have unions guess which one a response is.
 * The alternatives stay as components of their own, in `x-alternatives`, for who wants the exact type.
 */
export function joinObjects(document: Document): Document {
  const made: Record<string, Schema> = {};
  const joined = mapAllSchemas(document, (node) => joinedObjects(document, node, made));
  const schemas = { ...joined.components?.schemas, ...made };
  return withSchemas(joined, Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** @param made Takes the components that joining fields makes: an object without a name has no type in some languages. */
function joinedObjects(document: Document, node: Schema, made: Record<string, Schema>): Schema {
  const { anyOf = [], ...own } = node;
  const branches = anyOf.map((branch) => resolve<Schema>(document, branch));
  if (branches.length === 0 || !branches.every((branch) => branch.properties)) return node;

  if (!branches.every(({ title }) => title)) throw new Error(`Give each alternative of '${own.title}' a title.`);
  const names = [...new Set(branches.flatMap((branch) => Object.keys(branch.properties ?? {})))];
  const required = names.filter((name) => branches.every((branch) => branch.required?.includes(name)));
  const fieldOf = (name: string) => {
    const has = (branch: Schema) => branch.properties?.[name] !== undefined;
    const [having, lacking] = [branches.filter(has), branches.filter((branch) => !has(branch))];
    const versions = having.map((branch) => ({ of: branch, schema: branch.properties?.[name] ?? {} }));
    const isFrequent = having.length > lacking.length;
    const only = lacking.length > 0 && (isFrequent ? `Not ${place(lacking)}.` : `Only ${place(having)}.`);
    return [name, joinedField(document, versions, only, made)] as const;
  };
  const shapes = branches.map((branch) => {
    const where = whenOf(branch) ? `, ${place([branch])}` : '';
    return `- \`${branch.title}\`${where}: ${branch.description}`;
  });
  return {
    ...own,
    ...joinedMarks([{ of: {}, schema: own }, ...branches.map((branch) => ({ of: branch, schema: branch }))]),
    type: 'object',
    description: [own.description, `It has the fields of one of these:\n\n${shapes.join('\n')}`]
      .filter(Boolean)
      .join('\n\n'),
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(names.map(fieldOf)),
    ...(branches.every((branch) => branch.additionalProperties === false) && { additionalProperties: false }),
    'x-alternatives': anyOf,
  };
}

/** A field, or an object, as one of the alternatives has it. */
interface Version {
  readonly of: Schema;
  readonly schema: Schema;
}

/** @param only A sentence that says which alternatives have the field, unless all have it. */
function joinedField(
  document: Document,
  versions: readonly Version[],
  only: string | false,
  made: Record<string, Schema>,
): Schema {
  const [first] = versions;
  const bare = versions.map(({ schema: { description: _, ...schema } }) => withoutMarks(schema));
  const distinct = bare.filter(
    (schema, index) => bare.findIndex((other) => isDeepStrictEqual(other, schema)) === index,
  );
  // A value that only one alternative has is described there; that is what the value means.
  const isChoice = versions.every(({ schema }) => valuesOf(schema).length === 1);
  const meant = versions.map(({ schema: { description, ...schema } }) => ({
    ...schema,
    ...(description && !schema['x-enum-descriptions'] && { 'x-enum-descriptions': [description] }),
  }));
  const schema = isChoice
    ? joinedScalars(document, { anyOf: meant })
    : distinct.length === 1
      ? { ...distinct[0] }
      : unionOf(document, distinct, made);

  const texts = byText(versions.map(({ of, schema }) => [textOf(document, schema, distinct.length > 1), of]));
  const [[text] = []] = texts;
  const description =
    texts.length > 1
      ? texts.map(([text, of]) => `- ${capital(place(of))}: ${text}`).join('\n')
      : [(only || first?.schema.description) && text, only].filter(Boolean).join(' ');
  const words = isChoice ? only : description;
  // The schemas of several forms are not referred to any more, so their marks are needed here.
  const marked = versions.map(({ of, schema: own }) => ({
    of,
    schema: schema.$ref ? own : resolve<Schema>(document, own),
  }));
  return { ...schema, ...(words && { description: words }), ...joinedMarks(marked) };
}

/** @param isForm Whether the description of a named text, which says how it is written, is wanted too. */
function textOf(document: Document, { $ref, description }: Schema, isForm: boolean): string {
  const named = $ref ? resolve<Schema>(document, { $ref }) : {};
  const form = isForm && named.type === 'string' && named.description;
  return [description ?? named.description, description && form].filter(Boolean).join(' ');
}

/** Texts, each once, with the alternatives that have it. */
function byText(given: readonly (readonly [text: string, of: Schema])[]): (readonly [text: string, of: Schema[]])[] {
  const texts = [...new Set(given.map(([text]) => text))];
  return texts.map((text) => [text, given.filter(([other]) => other === text).map(([, of]) => of)]);
}

function unionOf(document: Document, schemas: readonly Schema[], made: Record<string, Schema>): Schema {
  const others = schemas.filter(({ type }) => type !== 'null');
  const [only] = others;
  if (only?.type && others.length === 1) return { ...only, type: [...[only.type].flat(), 'null'] };

  const targets = schemas.map((schema) => resolve<Schema>(document, schema));
  if (!targets.every(({ properties }) => properties)) {
    const joined = joinedScalars(document, { anyOf: [...schemas] });
    // Texts of several forms, which the description has.
    return joined.anyOf && targets.every(({ type }) => type === 'string') ? { type: 'string' } : joined;
  }
  const title = targets.map((target) => target.title).join('Or');
  made[title] ??= joinedObjects(document, { title, anyOf: [...schemas] }, made);
  return { $ref: `#/components/schemas/${title}` };
}

/** Which alternatives it is about, in words: the parameter values that they belong to, or else their names. */
function place(branches: readonly Schema[]): string {
  const conditions = branches.map((branch) => Object.entries(whenOf(branch) ?? {}));
  const [[name] = []] = conditions[0] ?? [];
  if (name && conditions.every(([only, ...others]) => only?.[0] === name && others.length === 0)) {
    return `where ${whenInWords({ [name]: conditions.flatMap(([condition]) => condition?.[1] ?? []) })}`;
  }
  return `in ${inWords(branches.map(({ title }) => `\`${title}\``))}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The marks from the most certain to the least. */
const byCertainty: readonly Evidence['mark'][] = ['sample', 'inferred', 'contradicted'];

/** The evidence of all versions as one: the least certain mark, and the notes with the alternatives they are about. */
export function joinedMarks(versions: readonly Version[]): Schema {
  const marked = versions.flatMap(({ of, schema }) => {
    const evidence = evidenceOf(schema);
    return evidence ? [{ of, ...evidence }] : [];
  });
  const mark = byCertainty.findLast((mark) => marked.some((evidence) => evidence.mark === mark));
  if (!mark) return {};
  const notes = byText(marked.map(({ note, of }) => [note, of])).map(([note, of]) =>
    of.length === versions.length || !of.every(({ title }) => title) ? note : `${capital(place(of))}: ${note}`,
  );
  return { 'x-evidence': mark, 'x-evidence-note': notes.join(' ') };
}

function withoutMarks({ 'x-evidence': _, 'x-evidence-note': __, ...schema }: Schema): Schema {
  return schema;
}

/**
 * Names the field that chooses between the alternatives of a request, which must have one of the fields' constants:
 * with it, Java and PHP have a type for them.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function nameDiscriminators(document: Document): Document {
  return mapAllSchemas(document, (node) => {
    const branches = (node.oneOf ?? []).map((branch) => ({ branch, target: resolve<Schema>(document, branch) }));
    const chosenBy = (name: string) => {
      const values = branches.flatMap(({ branch: { $ref }, target: { required, properties } }) => {
        const value = properties?.[name]?.const;
        return $ref && required?.includes(name) && typeof value === 'string' ? [[value, $ref] as const] : [];
      });
      return new Map(values).size === branches.length ? Object.fromEntries(values) : undefined;
    };
    const propertyName = Object.keys(branches[0]?.target.properties ?? {}).find(chosenBy);
    return propertyName ? { ...node, discriminator: { propertyName, mapping: chosenBy(propertyName) ?? {} } } : node;
  });
}
