import {
  aliasesOf,
  type Document,
  type EnumValue,
  type Evidence,
  enumOf,
  evidenceOf,
  formOf,
  type Json,
  lookUp,
  nameOf,
  type Schema,
  valueAliasesOf,
  whenInWords,
  whenOf,
} from '@comm100-openapi/description';

/** A named scalar, such as a date format or an enumeration. */
interface NamedType {
  name: string;
  /** Its form in words: `yyyy-MM-ddTHH:mm:ss`. */
  form?: string;
  description?: string;
}

/** A schema as a reader sees it: references resolved, `allOf` merged, keywords in words. */
export interface SchemaView {
  /** The component's name, where the schema is one. */
  name?: string;
  /** In words; the name of a component is a piece of its own, so that it can become a link. */
  type: (string | { component: string })[];
  description?: string;
  /** What is said here, and by the parts of an `allOf`. */
  evidence: Evidence[];
  /** What the component says that it refers to. Its own description has those notes in full. */
  typeEvidence: Evidence[];
  named?: NamedType;
  /** Limits and defaults, each a phrase in Markdown. */
  limits: string[];
  values: EnumValue[];
  properties: PropertyView[];
  /** The schema of further fields; `any` where they are allowed and not described. */
  others?: SchemaView | 'any';
  items?: SchemaView;
  variants: VariantsView[];
  /** The only value there is. */
  constant?: Json;
  /** The parameter values with which a response has this shape, as a phrase in Markdown. */
  when?: string;
  /** The component contains itself, so it is not expanded again. */
  isRecursive: boolean;
}

export interface PropertyView {
  name: string;
  isRequired: boolean;
  isReadOnly: boolean;
  isWriteOnly: boolean;
  isDeprecated: boolean;
  aliases: readonly string[];
  schema: SchemaView;
}

export interface VariantsView {
  /** `one`: exactly one shape fits; `any`: at least one does. */
  choice: 'one' | 'any';
  /** Each with a phrase in Markdown that distinguishes it from the others. */
  options: { label: string; schema: SchemaView }[];
}

/** The evidence of an object as a list, because a view can collect it from several objects. */
export function evidenceIn(node: Parameters<typeof evidenceOf>[0]): Evidence[] {
  return [evidenceOf(node) ?? []].flat();
}

/** A schema with its references resolved and its `allOf` merged in. */
interface Flat {
  name?: string;
  keywords: Schema;
  properties: Map<string, Schema>;
  required: Set<string>;
  evidence: Evidence[];
  typeEvidence: Evidence[];
  /** The named scalar that a `$ref` points at, where there is text beside the `$ref` as well. */
  named?: NamedType;
  variants: { choice: 'one' | 'any'; branches: Schema[] }[];
  isRecursive: boolean;
  /** The references on the way to this schema, so that a circle is found. */
  trail: readonly string[];
}

/**
 * The view of a schema of a bundled document.
 *
 * @throws {UnresolvedReference} naming a `$ref` that points at nothing.
 */
export function viewSchema(document: Document, schema: Schema, trail: readonly string[] = []): SchemaView {
  const flat = flatten(document, schema, trail);
  if (flat.isRecursive) {
    return {
      ...(flat.name !== undefined && { name: flat.name }),
      type: [{ component: flat.name ?? 'object' }],
      ...(flat.keywords.description !== undefined && { description: flat.keywords.description }),
      evidence: flat.evidence,
      typeEvidence: [],
      limits: [],
      values: [],
      properties: [],
      variants: [],
      isRecursive: true,
    };
  }
  const { keywords } = flat;
  const see = (inner: Schema) => viewSchema(document, inner, flat.trail);

  const properties = [...flat.properties].map(([name, property]) => viewProperty(document, flat, name, property));
  for (const [pattern, property] of Object.entries(keywords.patternProperties ?? {})) {
    properties.push(viewProperty(document, flat, pattern, property));
  }
  const items = keywords.items ? see(keywords.items) : undefined;
  const others = viewOthers(keywords, see);
  const choices = flat.variants.map((choice) => viewVariants(document, choice, flat.trail));
  const nullable = isNullable(keywords) || flat.variants.some(({ branches }) => !branches.every(isNotNull));

  const view: SchemaView = {
    type: [],
    evidence: flat.evidence,
    typeEvidence: flat.typeEvidence,
    limits: limitsOf(keywords),
    values: enumOf(keywords),
    properties: [...properties, ...choices.flatMap(({ shared }) => shared)],
    variants: choices.map(({ variants }) => variants),
    isRecursive: false,
  };
  if (flat.name !== undefined) view.name = flat.name;
  if (keywords.description !== undefined) view.description = keywords.description;
  if (keywords.const !== undefined) view.constant = keywords.const;
  if (flat.named && view.properties.length === 0 && !items && choices.length === 0) view.named = flat.named;
  if (items) view.items = items;
  const when = whenOf(keywords);
  if (when) view.when = whenInWords(when);
  if (others !== undefined) view.others = others;
  view.type = typeInWords(view, keywords, nullable);
  return view;
}

function viewProperty(document: Document, parent: Flat, name: string, schema: Schema): PropertyView {
  const { keywords } = flatten(document, schema, parent.trail);
  return {
    name,
    isRequired: parent.required.has(name),
    isReadOnly: keywords.readOnly ?? false,
    isWriteOnly: keywords.writeOnly ?? false,
    isDeprecated: keywords.deprecated ?? false,
    aliases: aliasesOf(keywords),
    schema: viewSchema(document, schema, parent.trail),
  };
}

function viewOthers(keywords: Schema, see: (schema: Schema) => SchemaView): SchemaView | 'any' | undefined {
  for (const rest of [keywords.additionalProperties, keywords.unevaluatedProperties]) {
    if (rest === true) return 'any';
    if (typeof rest === 'object') return see(rest);
  }
  return undefined;
}

/**
 * The shapes to choose from, and the fields that are the same in all of them. Those are shown once: report rows differ
 * in one field of fifteen, and nobody reads fifteen fields seven times.
 */
function viewVariants(
  document: Document,
  { choice, branches }: Flat['variants'][number],
  trail: readonly string[],
): { variants: VariantsView; shared: PropertyView[] } {
  const schemas = branches.filter(isNotNull).map((branch) => viewSchema(document, branch, trail));

  const fingerprint = (property: PropertyView) => JSON.stringify(property);
  const isInAll = (property: PropertyView) =>
    schemas.every((schema) => schema.properties.some((other) => fingerprint(other) === fingerprint(property)));
  const shared = (schemas.length > 1 && schemas[0]?.properties.filter(isInAll)) || [];
  const sharedNames = new Set(shared.map(({ name }) => name));

  const options = schemas.map((schema, index) => ({
    label: labelOf(schema, schemas, index),
    schema: {
      ...schema,
      properties: schema.properties.filter(({ name }) => !sharedNames.has(name)).toSorted(byDecision),
    },
  }));
  return { variants: { choice, options }, shared: [...decidingFields(schemas), ...shared] };
}

/** The fields that have another constant in each shape, with all of their values: `type`, which is `visitor` or `ip`. */
function decidingFields(schemas: readonly SchemaView[]): PropertyView[] {
  const [first] = schemas;
  if (!first || schemas.length < 2) return [];
  return first.properties.flatMap((property) => {
    const own = schemas.map(({ properties }) => properties.find(({ name }) => name === property.name));
    const constants = own.map((it) => it?.schema.constant);
    if (constants.some((value) => value === undefined) || new Set(constants).size < 2) return [];
    const values = [...new Set(constants)].flatMap((value) =>
      value === undefined ? [] : [{ value, name: undefined, meaning: undefined }],
    );
    const { description: _, constant: __, ...schema } = property.schema;
    return [
      {
        ...property,
        isRequired: own.every((it) => it?.isRequired),
        schema: { ...schema, limits: [], values, evidence: [], typeEvidence: [] },
      },
    ];
  });
}

/** The field whose value decides the shape comes first. */
const byDecision = (one: PropertyView, other: PropertyView) =>
  Number(other.schema.constant !== undefined) - Number(one.schema.constant !== undefined);

const isNotNull = (branch: Schema) => branch.type !== 'null';

/** What distinguishes a shape from its siblings: its constants, else its name, else the fields that only it has. */
function labelOf(schema: SchemaView, siblings: SchemaView[], index: number): string {
  const has = (view: SchemaView, name: string) => view.properties.some((property) => property.name === name);
  const constants = schema.properties.filter(
    (property) => property.schema.constant !== undefined && siblings.every((sibling) => has(sibling, property.name)),
  );
  if (constants.length > 0) {
    return constants
      .map((property) => `\`${property.name}\` is ${code(property.schema.constant ?? null)}`)
      .join(' and ');
  }
  if (schema.name !== undefined) return `\`${schema.name}\``;
  const others = siblings.filter((sibling) => sibling !== schema);
  const own = schema.properties.filter(({ name }) => !others.some((other) => has(other, name)));
  if (own.length > 0) {
    const names = own.slice(0, 3).map(({ name }) => `\`${name}\``);
    return `with ${names.join(', ')}`;
  }
  return schema.properties.length > 0 ? `shape ${index + 1}` : plain(schema.type);
}

/** A type in words, as text without links. */
export function plain(type: SchemaView['type']): string {
  return type.map((part) => (typeof part === 'string' ? part : part.component)).join('');
}

function flatten(document: Document, schema: Schema, trail: readonly string[]): Flat {
  const { $ref, allOf = [], anyOf, oneOf, properties = {}, required = [], ...own } = schema;
  const flat: Flat = {
    keywords: own,
    properties: new Map(Object.entries(properties)),
    required: new Set(required),
    evidence: evidenceIn(own),
    typeEvidence: [],
    variants: [],
    isRecursive: false,
    trail,
  };
  if (oneOf) flat.variants.push({ choice: 'one', branches: oneOf });
  if (anyOf) flat.variants.push({ choice: 'any', branches: anyOf });

  if ($ref !== undefined) {
    const name = nameOf($ref);
    const target = lookUp(document, $ref) as Schema;
    flat.name = name;
    if (trail.includes($ref)) return { ...flat, keywords: { ...target, ...own }, isRecursive: true };
    const base = flatten(document, target, [...trail, $ref]);
    flat.named = { name };
    const form = formOf(base.keywords);
    if (form !== undefined) flat.named.form = form;
    if (base.keywords.description !== undefined) flat.named.description = base.keywords.description;
    merge(flat, base, { isReference: true });
  }
  for (const part of allOf) merge(flat, flatten(document, part, flat.trail), { isReference: false });
  unwrapSingleVariants(document, flat);
  return flat;
}

/** Merges `base` into `flat`. What `flat` says wins, and its fields come first. */
function merge(flat: Flat, base: Flat, { isReference }: { isReference: boolean }): void {
  // A part of an `allOf` gives its fields, not its name and description.
  const { description, title, ...constraints } = base.keywords;
  flat.keywords = { ...(isReference ? base.keywords : constraints), ...flat.keywords };
  // An `allOf` around one reference is a way to add text to it. Without such text, the target's description applies.
  if (
    !isReference &&
    flat.keywords.description === undefined &&
    description !== undefined &&
    flat.properties.size === 0
  ) {
    flat.keywords.description = description;
  }
  for (const [name, property] of base.properties) {
    const mine = flat.properties.get(name);
    flat.properties.set(name, mine ? { ...property, ...mine } : property);
  }
  for (const name of base.required) flat.required.add(name);
  flat.variants.push(...base.variants);
  flat.trail = [...new Set([...flat.trail, ...base.trail])];
  flat.isRecursive ||= base.isRecursive;
  const evidence = isReference ? flat.typeEvidence : flat.evidence;
  for (const item of [...base.evidence, ...base.typeEvidence]) {
    if (!evidence.some((known) => known.mark === item.mark && known.note === item.note)) evidence.push(item);
  }
}

/** `anyOf: [X, null]` is a nullable X; there is nothing to choose. */
function unwrapSingleVariants(document: Document, flat: Flat): void {
  flat.variants = flat.variants.filter(({ branches }) => {
    const real = branches.filter(isNotNull);
    const [only] = real;
    if (!only || real.length > 1) return true;
    const base = flatten(document, only, flat.trail);
    if (base.name !== undefined) flat.name ??= base.name;
    if (base.named) flat.named ??= base.named;
    merge(flat, base, { isReference: true });
    if (real.length < branches.length) {
      const types = [flat.keywords.type ?? []].flat();
      flat.keywords = { ...flat.keywords, type: [...types, 'null'] };
    }
    return false;
  });
}

function isNullable(keywords: Schema): boolean {
  return [keywords.type].flat().includes('null') || (keywords.enum?.includes(null) ?? false);
}

const PLURALS: Record<string, string> = {
  boolean: 'booleans',
  integer: 'integers',
  number: 'numbers',
  object: 'objects',
  string: 'strings',
  array: 'arrays',
};

function typeInWords(view: SchemaView, keywords: Schema, nullable: boolean): SchemaView['type'] {
  const words = plainType(view, keywords);
  return nullable ? [...words, ' or null'] : words;
}

function plainType(view: SchemaView, keywords: Schema): SchemaView['type'] {
  if (view.items) return ['array of ', ...inPlural(view.items.type)];
  const isShape = view.properties.length > 0 || view.variants.length > 0;
  if (isShape && view.name !== undefined) return [{ component: view.name }];

  const types = [keywords.type ?? inferredType(view, keywords)].flat().filter((type) => type !== 'null');
  if (types.length === 0) {
    const kinds = view.variants.flatMap(({ options }) => options.map(({ schema }) => plain(schema.type)));
    return [[...new Set(kinds)].join(' or ')];
  }
  const named = view.named && view.values.length === 0 ? [{ component: view.named.name }] : undefined;
  if (named) return named;
  return [types.join(' or ') + (keywords.format ? ` (${keywords.format})` : '')];
}

function inferredType(view: SchemaView, keywords: Schema): string[] {
  if (view.properties.length > 0 || view.others !== undefined) return ['object'];
  const samples = keywords.const !== undefined ? [keywords.const] : (keywords.enum ?? []);
  return [
    ...new Set(samples.map((sample) => (sample === null ? 'null' : Array.isArray(sample) ? 'array' : typeof sample))),
  ];
}

function inPlural([first, ...rest]: SchemaView['type']): SchemaView['type'] {
  if (typeof first !== 'string') return first === undefined ? [] : [first, ...rest];
  const [word = '', ...others] = first.split(' ');
  return [[PLURALS[word] ?? word, ...others].join(' '), ...rest];
}

const code = (value: unknown) => `\`${typeof value === 'string' ? value || '""' : JSON.stringify(value)}\``;

/** The constraints of a schema, each as a phrase. */
export function limitsOf(keywords: Schema): string[] {
  const limits: string[] = [];
  const say = (phrase: string | undefined) => phrase !== undefined && limits.push(phrase);

  if (keywords.const !== undefined) say(`always ${code(keywords.const)}`);
  say(range(keywords.minimum, keywords.maximum));
  if (keywords.exclusiveMinimum !== undefined) say(`more than ${keywords.exclusiveMinimum}`);
  if (keywords.exclusiveMaximum !== undefined) say(`less than ${keywords.exclusiveMaximum}`);
  if (keywords.multipleOf !== undefined) say(`a multiple of ${keywords.multipleOf}`);
  say(count(keywords.minLength, keywords.maxLength, 'character', 'characters'));
  say(count(keywords.minItems, keywords.maxItems, 'entry', 'entries'));
  if (keywords.uniqueItems) say('no entry twice');
  say(count(keywords.minProperties, keywords.maxProperties, 'field', 'fields'));
  if (keywords.contentEncoding !== undefined) say(`encoded as ${keywords.contentEncoding}`);
  // A named pattern has a description in words.
  if (keywords.pattern !== undefined && keywords.title === undefined) say(`matches \`${keywords.pattern}\``);
  if (keywords.propertyNames?.pattern !== undefined) say(`names match \`${keywords.propertyNames.pattern}\``);
  for (const [name, others] of Object.entries(keywords.dependentRequired ?? {})) {
    say(`\`${name}\` needs ${others.map((other) => `\`${other}\``).join(' and ')}`);
  }
  for (const [alias, value] of valueAliasesOf(keywords)) {
    say(`${code(alias)} is accepted for ${code(value)}`);
  }
  if (keywords.default !== undefined) say(`default ${code(keywords.default)}`);
  return limits;
}

function range(least?: number, most?: number): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `${least} or more`;
  return most === undefined ? undefined : `${most} or less`;
}

function count(least: number | undefined, most: number | undefined, one: string, many: string): string | undefined {
  const noun = (n: number) => (n === 1 ? one : many);
  if (least === 1 && most === undefined) return 'not empty';
  if (least !== undefined && least > 0 && most !== undefined) {
    return least === most ? `${least} ${noun(least)}` : `${least} to ${most} ${many}`;
  }
  if (most !== undefined) return `at most ${most} ${noun(most)}`;
  return least !== undefined && least > 0 ? `at least ${least} ${noun(least)}` : undefined;
}
