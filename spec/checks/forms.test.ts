import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
  flatten,
  isReference,
  type Json,
  operationsOf,
  resolve,
  type Schema,
  whenOf,
} from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { anchorOf } from '../build/source-address.ts';
import { type Bundle, bundles as strictBundles } from './bundles.ts';

/** The published form, held to the strict one that it is made from. */
const forms = strictBundles.map((strict) => {
  const document = readDocument(new URL(`../dist/comm100-${strict.version}.json`, import.meta.url));
  return { version: strict.version, strict, published: { document, operations: operationsOf(document) } };
});

type Form = Pick<Bundle, 'document' | 'operations'>;
type Direction = 'request' | 'response';

/** The bodies of a form, in the same order in both forms. What a webhook posts is a response: the service sends it. */
function bodiesOf({ operations }: Form) {
  return operations.flatMap(({ id, isWebhook, body, responses }) =>
    [
      { at: `${id} body`, direction: (isWebhook ? 'response' : 'request') as Direction, media: body?.media ?? [] },
      ...responses.map(({ status, media }) => ({ at: `${id} ${status}`, direction: 'response' as Direction, media })),
    ].flatMap(({ at, direction, media }) =>
      media.map(({ schema = {}, examples }) => ({ at, direction, schema, examples })),
    ),
  );
}

/** A validator for each schema of a document; each is compiled once. */
function validatorsOf({ document }: Form) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'bundle' });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  return (schema: Schema, value: unknown): readonly ErrorObject[] => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"bundle#/components');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    return validate(value) ? [] : (validate.errors ?? []);
  };
}

/** Every object and every text or number in a value, with the value as it is when that one is changed. */
function variantsOf(value: Json): { at: string; kind: 'object' | 'scalar'; changed: Json }[] {
  const own = typeof value === 'object' ? [] : [{ at: '', kind: 'scalar' as const, changed: tomorrow(value) }];
  if (typeof value !== 'object' || value === null) return own;
  const inner = Object.entries(value).flatMap(([key, entry]) =>
    variantsOf(entry).map(({ at, kind, changed }) => {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      Object.assign(copy, { [key]: changed });
      return { at: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${at}`, kind, changed: copy };
    }),
  );
  return Array.isArray(value)
    ? inner
    : [{ at: '', kind: 'object', changed: { ...value, fieldOfTomorrow: 1 } }, ...inner];
}

function tomorrow(value: Json): Json {
  return typeof value === 'number' ? 987_654 : typeof value === 'string' ? 'valueOfTomorrow' : value;
}

describe.each(forms)('the two forms of $version', ({ version, strict, published }) => {
  const inStrict = validatorsOf(strict);
  const inPublished = validatorsOf(published);
  const pairs = bodiesOf(strict).map((body, index) => ({ strict: body, published: bodiesOf(published)[index] }));

  it('describe the same bodies', () => {
    expect(bodiesOf(published).map(({ at }) => at)).toEqual(bodiesOf(strict).map(({ at }) => at));
  });

  it('accept every example', () => {
    const faults = pairs.flatMap(({ strict: { at, schema, examples }, published: other }) =>
      examples.flatMap(({ name, value }) => [
        ...inStrict(schema, value).map((error) => `${at} ${name}, strict: ${error.instancePath} ${error.message}`),
        ...inPublished(other?.schema ?? {}, value).map(
          (error) => `${at} ${name}, published: ${error.instancePath} ${error.message}`,
        ),
      ]),
    );
    expect(faults).toEqual([]);
  });

  // The strict form says which places are closed: it rejects the unknown there. The published form must not.
  it('differ in that the published one accepts responses of tomorrow', () => {
    const tried = { fields: 0, values: 0 };
    const faults = pairs.flatMap(({ strict: { at, direction, schema, examples }, published: other }) => {
      if (direction === 'request') return [];
      return examples.flatMap(({ name, value }) =>
        variantsOf(value).flatMap(({ at: place, kind, changed }) => {
          const here = inStrict(schema, changed).filter(({ instancePath }) => instancePath === place);
          const isClosedList = here.length > 0 && here.every(({ keyword }) => /^(enum|const|oneOf)$/.test(keyword));
          if (kind === 'scalar' && !isClosedList) return [];
          tried[kind === 'object' ? 'fields' : 'values'] += 1;
          return inPublished(other?.schema ?? {}, changed).map(
            (error) => `${at} ${name}${place}: ${error.instancePath} ${error.message}`,
          );
        }),
      );
    });
    expect(faults).toEqual([]);
    expect(tried.fields).toBeGreaterThan(300);
    expect(tried.values).toBeGreaterThan(50);
  });

  it('agree on everything else, body by body and parameter by parameter', () => {
    const parameters = ({ document, operations }: Form) =>
      operations.flatMap(({ id, parameters: all }) =>
        all
          // A list of objects in a query is one parameter in the strict form and numbered ones in the published form.
          .filter(({ name, style }) => style !== 'deepObject' && !name.includes('['))
          .flatMap(({ name, schema = {} }) => factsOf(document, schema, `${id} ${name}`, 'request')),
      );
    const factsOfBodies = (form: Form) =>
      bodiesOf(form).flatMap(({ at, schema, direction }) => factsOf(form.document, schema, at, direction));
    const [before, after] = [strict, published].map((form) => [...parameters(form), ...factsOfBodies(form)]);
    const [all, found] = [new Set(before), new Set(after)];
    expect({
      lost: [...all].filter((fact) => !found.has(fact)),
      added: [...found].filter((fact) => !all.has(fact)),
    }).toEqual({ lost: [], added: [] });
    expect(all.size).toBeGreaterThan(2000);
  });

  it('have the same parameters, security, responses and examples in every operation', () => {
    const outline = ({ operations }: Form) =>
      operations.map(({ id, method, path, parameters, schemes, responses }) => ({
        operation: `${id}: ${method} ${path} ${schemes}`,
        parameters: new Set(parameters.map(({ name, in: place }) => `${place} ${name.replace(/\[.*/, '')}`)),
        responses: responses.map(({ status, media }) => ({
          status,
          examples: media.map(({ type, examples }) => ({ type, examples })),
        })),
      }));
    expect(outline(published)).toEqual(outline(strict));
  });

  const everySchema: { at: string; schema: Schema }[] = [];
  const collect = (value: unknown, at: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (/\/(properties\/[^/]+|items|schema|schemas\/[^/]+|(any|one|all)Of\/\d+)$/.test(at)) {
      everySchema.push({ at, schema: value as Schema });
    }
    for (const [key, child] of Object.entries(value)) {
      if (!/^(examples?|x-.*)$/.test(key)) collect(child, `${at}/${key}`);
    }
  };
  collect(published.document, '#');
  const named = published.document.components?.schemas ?? {};

  it.each<{ rule: string; breaks: (schema: Schema, at: string) => boolean }>([
    { rule: 'has an allOf', breaks: ({ allOf }) => allOf !== undefined },
    { rule: 'has properties beside alternatives', breaks: (it) => Boolean(it.properties && (it.anyOf ?? it.oneOf)) },
    {
      rule: 'is an integer without a size',
      breaks: ({ type, format }) => [type].flat().includes('integer') && !format,
    },
    {
      rule: 'has alternatives of text with other text',
      breaks: ({ anyOf = [], oneOf = [] }) => {
        const branches = [...anyOf, ...oneOf].map((branch) => resolve<Schema>(published.document, branch));
        return branches.length > 1 && branches.every((it) => it.type === 'string' && (it.enum || !it.format));
      },
    },
    {
      rule: 'speaks of how the sources are built',
      breaks: ({ description = '' }) => /build(s)? on it|`\w+(Fields|Metrics)`/.test(description),
    },
  ])('publish nothing that $rule', ({ breaks }) => {
    expect(everySchema.length).toBeGreaterThan(500);
    expect(everySchema.filter(({ schema, at }) => breaks(schema, at)).map(({ at }) => at)).toEqual([]);
  });

  it('publish no value of several types but those of which the documents show several', () => {
    const found = everySchema.filter(({ schema: { type, anyOf = [], oneOf = [], discriminator } }) => {
      const types = [type, ...[...anyOf, ...oneOf].map((branch) => branch.type ?? branch)].flat();
      return types.filter((it) => it && it !== 'null').length > 1 && !discriminator;
    });
    expect(found.map(({ at }) => at.replace(/^#\/components\/schemas\//, '')).toSorted()).toEqual(
      severalTypes[version]?.toSorted(),
    );
  });

  it('name in each choice of a request the field that chooses, which every alternative requires', () => {
    const choices = everySchema.filter(({ schema }) => schema.discriminator);
    const faults = choices.flatMap(({ at, schema: { oneOf = [], discriminator } }) => {
      const { propertyName = '', mapping = {} } = discriminator ?? {};
      const chosen = oneOf.map((branch) => {
        const { required = [], properties = {} } = resolve<Schema>(published.document, branch);
        return { $ref: branch.$ref, value: required.includes(propertyName) && properties[propertyName]?.const };
      });
      const mapped = Object.entries(mapping).map(([value, $ref]) => ({ $ref, value }));
      return isDeepStrictEqual(chosen, mapped) ? [] : [at];
    });
    expect(faults).toEqual([]);
    expect(choices.map(({ at }) => at.split('/').at(-1))).toEqual(
      version === 'v1' ? [] : ['AgentTokenRequest', 'BanCreate'],
    );
  });

  it('publish no parts of compositions and no name that generators change', () => {
    expect(
      Object.keys(named).filter((name) => /(Fields|Metrics)$|^(Error|ApiError|Response|Client)$/.test(name)),
    ).toEqual([]);
  });

  it('publish the note of every mark', () => {
    const text = notesOf(published.document).join('\n');
    expect(notesOf(strict.document).filter((note) => !text.includes(note))).toEqual([]);
  });

  it('publish a first server that is an address', () => {
    expect(published.document.servers[0]?.url).toBe('https://hosted.comm100.com');
  });

  it('publish a link to the source of every operation whose document has an address, and to one passage each', () => {
    const sources = published.operations.flatMap(({ source, node, id }) =>
      source?.document.endsWith('.md') ? [{ id, ...source, url: node.externalDocs?.url ?? '' }] : [],
    );
    expect(sources.filter(({ url }) => !/^https:\/\/github\.com\/.+\.md#.+$/.test(url))).toEqual([]);
    const passages = new Map<string, Set<string>>();
    for (const { document, heading } of sources) {
      const anchor = `${document}#${anchorOf(heading)}`;
      passages.set(anchor, (passages.get(anchor) ?? new Set()).add(heading));
    }
    expect([...passages].filter(([, headings]) => headings.size > 1)).toEqual([]);
  });

  it('are the same in YAML and in JSON', () => {
    const text = readFileSync(new URL(`../dist/comm100-${version}.yaml`, import.meta.url), 'utf8');
    expect(parse(text, { version: '1.1' })).toEqual(published.document);
  });
});

/**
 * Where a value can be of several types: Go and Java have no type for it. The notes in the sources say which documents
 * show which. Everything else must have one type, so that every generator has a type for it.
 */
const severalTypes: Record<string, readonly string[]> = {
  v1: [
    // A list of fields, or an object with it.
    '#/paths//api/v1/livechat/campaigns/{id}/agentWrapup/get/responses/200/content/application/json/schema',
    'BooleanOrText',
    // Names as text, or a list of objects.
    'Chat/properties/operators',
    'ChatFiles',
    // A GUID or a number.
    'RealTimeQueuedVisitor/properties/visitorId',
  ],
  v2: [
    // Text, or an object with it.
    'InstallationCode',
    'SegmentationNotificationUpdate',
    'SegmentationNotificationUpdateInput',
    // A number, or text.
    'AchievedConversionResult/properties/error_code',
    'ChatButtonAdaptive/properties/icon',
    'ChatButtonAdaptiveUpdate/properties/icon',
    'ChatButtonImageMobile/properties/offlineImageId',
    'ChatButtonImageMobile/properties/onlineImageId',
    'ChatButtonImageMobileUpdate/properties/offlineImageId',
    'ChatButtonImageMobileUpdate/properties/onlineImageId',
    'EventChat/properties/rating',
    'OAuthToken/properties/expires_in',
    'RoutingRules/properties/botTakePercentageForFailRoute',
    'RoutingRules/properties/botTakePercentageForRoute',
    'RoutingRulesUpdate/properties/botTakePercentageForFailRoute',
    'RoutingRulesUpdate/properties/botTakePercentageForRoute',
  ],
};

/** Keywords that both forms must have alike. */
const kept = [
  ...['format', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems'],
  ...['minProperties', 'readOnly', 'writeOnly', 'deprecated', 'x-format', 'x-when', 'x-aliases'],
] as const satisfies readonly (keyof Schema)[];

const isClosedList = (schema: Schema) => schema.enum !== undefined || schema.const !== undefined;

/** Objects to choose from as one object; `undefined` where a schema does not offer any, or where exactly one must fit. */
function asOneObject(document: Form['document'], node: Schema, direction: Direction): Schema | undefined {
  const branches = node.anyOf ?? (direction === 'response' ? node.oneOf : undefined) ?? [];
  const objects = branches.map((branch) => flatten(document, branch));
  if (objects.length === 0 || !objects.every(({ properties }) => properties)) return undefined;
  const isClosed = objects.every((it) => (it.additionalProperties ?? it.unevaluatedProperties) === false);
  const names = new Set(objects.flatMap(({ properties = {} }) => Object.keys(properties)));
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...names].map((name) => {
        const written = objects.flatMap(({ properties }) => properties?.[name] ?? []);
        const bare = written.map(({ description: _, 'x-evidence': __, 'x-evidence-note': ___, ...rest }) => rest);
        const texts = new Set(bare.map((it) => JSON.stringify(it)));
        const [first = {}, ...others]: Schema[] = [...texts].map((text) => JSON.parse(text));
        if (first.type === 'null') return [name, { ...others[0], type: ['null', others[0]?.type].flat() } as Schema];
        return [name, others.length > 0 ? { anyOf: [first, ...others] } : first];
      }),
    ),
    required: [...names].filter((name) => objects.every(({ required }) => required?.includes(name))),
    ...(isClosed && { additionalProperties: false }),
    'x-alternatives': branches,
  };
}

/** The notes of all marks in a document or a part of it. */
function notesOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => (key === 'x-evidence-note' ? value : notesOf(value)));
}

/** What a schema says, a fact a line, without what the published form says otherwise on purpose. */
function factsOf(
  document: Form['document'],
  schema: Schema,
  at: string,
  direction: Direction,
  path: string[] = [],
): string[] {
  if (isReference(schema) && path.includes(schema.$ref)) return [`${at}: ${schema.$ref}`];
  const below = isReference(schema) ? [...path, schema.$ref] : path;
  const flat: Schema = flatten(document, schema);
  const node = asOneObject(document, flat, direction) ?? flat;
  const inner = (part: Schema, place: string) => factsOf(document, part, place, direction, below);
  const branches = node.anyOf ?? node.oneOf ?? [];
  const scalars = branches
    .map((branch) => flatten(document, branch))
    .filter(({ type }) => type !== 'object' && type !== 'array');
  const isText = branches.length > 0 && scalars.length === branches.length;
  const values = (part: Schema) => [
    ...(part.enum ?? part['x-extensible-enum'] ?? (part.const === undefined ? [] : [part.const])),
  ];
  const aliases = (part: Schema) => Object.entries(part['x-value-aliases'] ?? {});
  const alternatives = (node['x-alternatives'] ?? []).map((branch) => ({ branch, of: flatten(document, branch) }));
  const others = node.additionalProperties ?? node.unevaluatedProperties;
  return [
    ...[node, ...(isText ? scalars : [])].flatMap(({ type = [] }) => [type].flat().map((name) => `${at}: ${name}`)),
    ...[node, ...(isText ? scalars : [])].flatMap(values).map((value) => `${at}: value ${JSON.stringify(value)}`),
    ...[node, ...(isText ? scalars : [])].flatMap(aliases).map((alias) => `${at}: alias ${alias}`),
    ...(isText ? scalars : []).flatMap(({ minLength }) => (minLength ? [`${at}: minLength ${minLength}`] : [])),
    ...kept.flatMap((keyword) => {
      const value = node[keyword];
      return value === undefined || value === 'int32' ? [] : [`${at}: ${keyword} ${JSON.stringify(value)}`];
    }),
    ...alternatives.map(({ of }) => `${at}: alternative ${of.title} ${JSON.stringify(whenOf(of))}`),
    ...alternatives.flatMap(({ branch, of }) => inner(branch, `${at}|${of.title}`)),
    // Which values a request may have is as exact as before, however the alternatives are written.
    ...(direction === 'request' &&
    (isText ? scalars : [node]).every((part) => part.type === 'null' || isClosedList(part))
      ? [`${at}: no other value`]
      : []),
    ...(direction === 'request' && others === false ? [`${at}: closed`] : []),
    ...(direction === 'request' && node.default !== undefined
      ? [`${at}: default ${JSON.stringify(node.default)}`]
      : []),
    ...(node.required ?? []).map((name) => `${at}.${name}: required`),
    ...Object.entries(node.properties ?? {}).flatMap(([name, part]) => inner(part, `${at}.${name}`)),
    ...(node.items ? inner(node.items, `${at}[]`) : []),
    ...(typeof others === 'object' ? inner(others, `${at}.*`) : []),
    ...(isText ? [] : branches.flatMap((branch, index) => inner(branch, `${at}|${index}`))),
  ];
}
