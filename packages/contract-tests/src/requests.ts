import { flatten, type Node, type Operation, operationsOf, type Version, versions } from './description.ts';
import { agents, type Input, inputFor } from './harness.ts';

/** A request on its way, and what is particular about it. */
export interface Sample {
  /** What is asked for, or what is wrong with it. Requests of a kind have one thing in common that a rule can speak of. */
  kind: string;
  /** Where: the name of a parameter, the path of a field, the name of an example. */
  place: string;
  method: string;
  /** Path and query, encoded. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

type Way = [kind: string, value: unknown];

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

/** Values that break a schema, each by the keyword that it breaks. In a query or a form there is nothing but text. */
function waysToBreak(version: Version, written: Node | undefined, isText: boolean): Way[] {
  const schema = flatten(version, written);
  const types = [schema.type ?? []].flat() as string[];
  const { enum: listed, pattern, format, minimum, maximum, minLength, maxLength, maxItems } = schema;
  const hasText = types.includes('string');
  const ways: [unknown, ...Way][] = [
    [types.length > 0 && !isText, 'of another type', hasText || types.includes('array') ? { odd: true } : 'odd'],
    [isText && types.some((type) => ['integer', 'number'].includes(type)), 'of another type', 'odd'],
    [isText && types.includes('boolean'), 'of another type', 'odd'],
    [types.length > 0 && !isText && !types.includes('null'), 'null', null],
    [types.includes('integer'), 'with a fraction', isText ? '1.5' : 1.5],
    [listed, 'not in the list', hasText ? 'noSuchWord' : 987_654],
    [pattern !== undefined && !new RegExp(String(pattern), 'u').test('~'), 'against the pattern', '~'],
    [format && hasText, `not ${format}`, '~ no ~'],
    [minimum !== undefined, 'below the minimum', Number(minimum) - 1],
    [maximum !== undefined, 'above the maximum', Number(maximum) + 1],
    [Number(minLength) > 0, 'empty', ''],
    [maxLength !== undefined, 'too long', 'x'.repeat(Number(maxLength) + 1)],
    [maxItems !== undefined, 'with too many entries', Array.from({ length: Number(maxItems) + 1 }, () => 1)],
  ];
  return ways.flatMap(([applies, kind, value]): Way[] => (applies ? [[kind, value]] : []));
}

/** Bodies that break a schema in one place each, made from one that is valid. */
function brokenBodies(version: Version, written: Node | undefined, valid: unknown, isText: boolean, at = ''): Broken[] {
  const whole = flatten(version, written);
  const schema = branchOf(version, whole, valid);
  // A form as a whole is never anything but fields.
  const ways = isText && at === '' ? [] : waysToBreak(version, schema, isText);
  const own: Broken[] = ways.map(([kind, value]) => ({ kind: `field ${kind}`, place: at, value }));
  if (Array.isArray(valid)) {
    const [first, ...others] = valid;
    const inner = first === undefined ? [] : brokenBodies(version, schema.items as Node, first, isText, `${at}[0]`);
    return [...own, ...inner.map((broken) => ({ ...broken, value: [broken.value, ...others] }))];
  }
  if (typeof valid !== 'object' || valid === null) return own;
  const required = schema.required as string[];
  const properties = schema.properties as Record<string, Node>;
  const place = (name: string) => (at ? `${at}.${name}` : name);
  const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
  return [
    ...own,
    ...required
      .filter((name) => name in valid)
      .map((name) => {
        const { [name]: _, ...value } = valid as Record<string, unknown>;
        // Of a union nobody knows which branch was meant.
        return {
          kind: schema === whole ? 'field missing' : 'union without a field',
          place: place(name),
          value,
        };
      }),
    ...(isClosed ? [{ kind: 'field unknown', place: place('odd'), value: { ...valid, odd: 'odd' } }] : []),
    ...Object.entries(valid).flatMap(([name, value]) =>
      properties[name]
        ? brokenBodies(version, properties[name], value, isText, place(name)).map((broken) => ({
            ...broken,
            value: { ...valid, [name]: broken.value },
          }))
        : [],
    ),
  ];
}

interface Broken {
  kind: string;
  place: string;
  value: unknown;
}

/** A schema with the properties of the branch of its union that a value has. */
function branchOf(version: Version, schema: Node, value: unknown): Node {
  const branches = ((schema.oneOf ?? schema.anyOf ?? []) as Node[]).map((branch) => flatten(version, branch));
  const fits = ({ properties, required }: Node) =>
    typeof value === 'object' &&
    value !== null &&
    (required as string[]).every((name) => name in value) &&
    Object.entries(value).every(([name, inner]) => {
      const property = (properties as Record<string, Node>)[name];
      const only = property && flatten(version, property).const;
      return property && (only === undefined || only === inner);
    });
  return branches.find(fits) ?? schema;
}

/** A body as the description says that it is written. */
function encode({ mediaType, encoding }: Operation, value: unknown): string {
  if (mediaType !== form) return JSON.stringify(value);
  const pairs = Object.entries(value as object).flatMap(([name, inner]): [string, string][] => {
    const texts = [inner].flat().map((each) => encodeURIComponent(String(each)));
    if (!Array.isArray(inner)) return texts.map((text) => [name, text]);
    const { style = 'form', explode = true } = encoding[name] ?? {};
    if (style === 'deepObject') return texts.map((text, index) => [`${name}[${index}]`, text]);
    return explode ? texts.map((text) => [name, text]) : [[name, texts.join(',')]];
  });
  return pairs.map((pair) => pair.join('=')).join('&');
}

/** The path and query of a call. */
function addressOf({ path }: Operation, { path: names, query }: Pick<Input, 'path' | 'query'>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])));
  const fields = Object.entries(query).map((pair) => pair.map((text) => encodeURIComponent(String(text))).join('='));
  return [filled, ...(fields.length > 0 ? [fields.join('&')] : [])].join('?');
}

/**
 * What can be sent to an operation: everything valid that the description has an example of, and the same broken in each
 * way that the description declares.
 *
 * @param authorization The value of the header, for an operation that needs credentials.
 */
export function samplesOf(operation: Operation, authorization: string): Sample[] {
  const { version, responses, requests, errors, parameters, open, mediaType, body, needsBody } = operation;
  const [first] = responses;
  const [firstRequest] = requests;
  const usual = inputFor(operation, first?.when, firstRequest?.value);
  const basic: Sample = {
    kind: '',
    place: '',
    method: operation.method.toUpperCase(),
    path: addressOf(operation, usual),
    headers: { ...(open ? {} : { authorization }), ...(mediaType ? { 'content-type': mediaType } : {}) },
    ...(firstRequest ? { body: encode(operation, firstRequest.value) } : {}),
  };
  const sample = (kind: string, place: string, changes: Partial<Sample> = {}): Sample => ({
    ...basic,
    ...changes,
    kind,
    place,
    headers: { ...basic.headers, ...changes.headers },
  });
  const prefer = (value: string) => ({ headers: { prefer: value } });
  const withQuery = (query: Input['query']) => ({ path: addressOf(operation, { ...usual, query }) });
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const without = (key: string) => Object.fromEntries(Object.entries(usual.query).filter(([name]) => name !== key));
  const { authorization: _, ...anonymous } = basic.headers;
  const { 'content-type': __, ...untyped } = basic.headers;

  return [
    sample('valid', ''),
    ...responses.map(({ name, when }) => {
      const input = inputFor(operation, when, firstRequest?.value);
      return sample('an example by name', name, { path: addressOf(operation, input), ...prefer(`example=${name}`) });
    }),
    ...requests.slice(1).map(({ name, value }) => sample('another body', name, { body: encode(operation, value) })),
    ...errors.map(({ status, name }) => sample('an error by name', name, prefer(`code=${status}, example=${name}`))),
    sample('an error by status', '400', prefer('code=400')),
    sample('a status that is not described', '418', prefer('code=418')),
    sample('an example that is not described', '', prefer('example=noSuchExample')),
    sample('a preference that is no status', '', prefer('code=many')),
    sample('made-up data', '', prefer('dynamic=true')),

    ...query
      .filter(({ required }) => required)
      .map(({ name }) => sample('parameter missing', name, withQuery(without(name)))),
    ...query.flatMap(({ name, schema }) =>
      waysToBreak(version, schema, true).map(([kind, value]) =>
        sample(`parameter ${kind}`, name, withQuery({ ...usual.query, [name]: value })),
      ),
    ),
    ...parameters
      .filter((parameter) => parameter.in === 'path')
      .flatMap(({ name, schema }) =>
        waysToBreak(version, schema, true).map(([kind, value]) =>
          sample(`path ${kind}`, name, {
            path: addressOf(operation, { ...usual, path: { ...usual.path, [name]: value } }),
          }),
        ),
      ),
    sample('parameter unknown', '', withQuery({ ...usual.query, odd: 'odd' })),

    ...(body && firstRequest
      ? [
          ...(needsBody ? [sample('body missing', '', { body: '' })] : []),
          ...(mediaType === json ? [sample('body that is not JSON', '', { body: '{"name":' })] : []),
          sample('content type unknown', '', { headers: { 'content-type': 'text/csv' } }),
          sample('content type of the other kind', '', {
            headers: { 'content-type': mediaType === form ? json : form },
          }),
          { ...sample('content type missing', ''), headers: untyped },
          ...brokenBodies(version, body, firstRequest.value, mediaType === form)
            .map(({ kind, place, value }) => sample(kind, place, { body: encode(operation, value) }))
            // A form without its only field is no body at all.
            .filter((broken) => broken.body !== ''),
        ]
      : []),

    ...(open
      ? []
      : [
          { ...sample('credentials missing', ''), headers: anonymous },
          sample('credentials of an unknown scheme', '', { headers: { authorization: 'Digest odd' } }),
          sample('credentials that are wrong', '', {
            headers: { authorization: `Basic ${btoa(`${agents.admin.email}:odd`)}` },
          }),
        ]),
    sample('accept of another type', '', { headers: { accept: 'text/csv' } }),
    sample('method unknown', '', { method: 'PATCH' }),
    sample('path unknown', '', { path: basic.path.replace(/(?=\?|$)/, '/odd/odd/odd') }),
  ];
}

/** By the address of a server: a partner's token is fetched once. */
const partnerTokens = new Map<string, Promise<string>>();

/** The `Authorization` header that an operation takes: of an agent who may do anything, or of a partner. */
export async function authorizationFor({ forPartners }: Operation, url: string): Promise<string> {
  if (!forPartners) return `Basic ${btoa(`${agents.admin.email}:${agents.admin.apiKey}`)}`;
  const token = partnerTokens.get(url) ?? fetchPartnerToken(url);
  partnerTokens.set(url, token);
  return `Bearer ${await token}`;
}

async function fetchPartnerToken(url: string): Promise<string> {
  const issuing = versions.flatMap(operationsOf).find(({ tokenScheme }) => tokenScheme === 'partnerToken');
  const [login] = issuing ? samplesOf(issuing, '') : [];
  if (!issuing?.tokenField || !login) throw new Error('No operation issues a token for partners.');
  const response = await fetch(url + login.path, { ...login, body: login.body ?? null });
  return String(((await response.json()) as Record<string, unknown>)[issuing.tokenField]);
}
