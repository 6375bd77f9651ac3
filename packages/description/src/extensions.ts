import type { Json, Schema } from './openapi.ts';

/**
 * The `x-` names of this description, as types. There are no others: the lint rule `known-extension` rejects a name
 * that is not here, or that is in a place where nothing reads it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#specification-extensions
 */
export interface Extensions {
  'x-evidence': 'documented' | 'sample' | 'inferred' | 'contradicted';
  'x-evidence-note': string;
  'x-permission': string | null;
  'x-edition': readonly string[];
  'x-source': { readonly document: string; readonly heading: string };
  'x-aliases': readonly string[];
  'x-value-aliases': Readonly<Record<string, string>>;
  'x-format': string;
  'x-extensible-enum': readonly Json[];
  'x-enum-descriptions': readonly string[];
  'x-enum-varnames': readonly string[];
  'x-when': Readonly<Record<string, readonly unknown[]>>;
  'x-alternatives': Schema[];
  'x-issues-token': TokenIssue;
  'x-retired-domains': readonly RetiredDomain[];
  'x-refers-to': string;
  'x-permission-flags': Readonly<Record<string, string>>;
}

export type ExtensionName = keyof Extensions;

/** The extensions that only tell a reader something: what a request or a response is like does not depend on them. */
export const extensionsForReaders: readonly ExtensionName[] = [
  'x-evidence',
  'x-evidence-note',
  'x-source',
  'x-enum-descriptions',
  'x-enum-varnames',
];

/** The extensions whose values are data of the API. */
export const extensionsWithData: readonly ExtensionName[] = ['x-when'];

/** The parameter values that an example or a shape belongs to, by the name of the parameter. */
export type When = Extensions['x-when'];

/** Some of the extensions, as an OpenAPI object carries them. */
export type Extended<Name extends ExtensionName> = { readonly [Key in Name]?: Extensions[Key] };

/** How an operation issues tokens: for which security scheme, and the names of the fields that carry what. */
export interface TokenIssue {
  /** The security scheme that the token belongs to. */
  readonly scheme: string;
  /** The field of the response with the token. */
  readonly token: string;
  /** The fields of the request with the user and the password. */
  readonly user: string;
  readonly password: string;
  /** The field of the request with the id of the site, where there is one. */
  readonly site?: string;
}

/** A domain that is no longer served. */
export interface RetiredDomain {
  readonly domain: string;
  /** The domain that replaced it. */
  readonly successor: string;
  /** The day on which it ended, `yyyy-MM-dd`. */
  readonly since: string;
}

/** The kinds of OpenAPI object that can carry an extension, by the names that Redocly gives them. */
export type ExtensionPlace =
  | 'Example'
  | 'Operation'
  | 'Parameter'
  | 'RequestBody'
  | 'Response'
  | 'Schema'
  | 'SecurityScheme'
  | 'Server'
  | 'ServerVariable';

const anywhere: readonly ExtensionPlace[] = [
  'Operation',
  'Parameter',
  'RequestBody',
  'Response',
  'Schema',
  'SecurityScheme',
  'Server',
  'ServerVariable',
];

/** Where each extension is allowed, and what it means. */
export const extensions: {
  readonly [Name in ExtensionName]: { readonly on: readonly ExtensionPlace[]; readonly meaning: string };
} = {
  'x-evidence': {
    on: anywhere,
    meaning:
      'How certain the statement is: `documented` (a document states it), `sample` (seen in a sample only), `inferred` (concluded by us) or `contradicted` (the documents contradict each other). Absent: `documented`.',
  },
  'x-evidence-note': { on: anywhere, meaning: 'What a reader should know about the evidence, in one sentence.' },
  'x-permission': {
    on: ['Operation'],
    meaning: 'The permission that the caller needs, as the documents name it; `null` where no document names one.',
  },
  'x-edition': { on: ['Operation'], meaning: 'The editions of the product that include the operation.' },
  'x-source': { on: ['Operation'], meaning: 'The document and the heading that describe the operation.' },
  'x-aliases': {
    on: ['Operation', 'Parameter', 'Schema'],
    meaning:
      'Other names that documented requests use. On an operation: other paths, with the method in front where that differs.',
  },
  'x-value-aliases': {
    on: ['Schema'],
    meaning: 'Other spellings of a value that requests may use, each with the value that it stands for.',
  },
  'x-format': { on: ['Schema'], meaning: 'The form of a string in words, such as `±hh:mm`.' },
  'x-extensible-enum': {
    on: ['Schema'],
    meaning:
      'The known values of what may have others one day. Derived: the published form has it in responses, where the sources have `enum` or `const`.',
  },
  'x-enum-descriptions': { on: ['Schema'], meaning: 'What each value of `enum` means, in the order of `enum`.' },
  'x-enum-varnames': { on: ['Schema'], meaning: 'A name for each value of `enum`, in the order of `enum`.' },
  'x-when': {
    on: ['Example', 'Schema'],
    meaning: 'The parameter values with which a response has this example or this shape.',
  },
  'x-alternatives': {
    on: ['Schema'],
    meaning:
      'The objects that this one has the fields of: a value has those of one of them. Derived: the published form has it where the sources have alternatives.',
  },
  'x-issues-token': { on: ['Operation'], meaning: 'The operation issues tokens, and the fields that carry what.' },
  'x-refers-to': {
    on: ['Schema'],
    meaning:
      'What the value is the id of, or the values are the ids of: the name of a collection in the paths of version 2.0.',
  },
  'x-permission-flags': {
    on: [],
    meaning:
      'The flag of the permission maps that grants each permission, concluded from the names. Derived: the build takes it from `common/permissions.yaml`.',
  },
  'x-retired-domains': { on: ['Server'], meaning: 'Domains that are no longer served, each with its successor.' },
};

/** What is not plainly documented, and what a reader should know about it. */
export interface Evidence {
  readonly mark: Exclude<Extensions['x-evidence'], 'documented'>;
  /** Empty where there is no note. */
  readonly note: string;
}

/** The evidence that an object carries itself; `undefined` where it is documented. */
export function evidenceOf(node: Extended<'x-evidence' | 'x-evidence-note'>): Evidence | undefined {
  const mark = node['x-evidence'];
  return mark === undefined || mark === 'documented' ? undefined : { mark, note: node['x-evidence-note'] ?? '' };
}

/** Other names that documented requests use for a parameter or a field. */
export function aliasesOf(node: Extended<'x-aliases'>): readonly string[] {
  return node['x-aliases'] ?? [];
}

/** The parameter values that an example or a shape belongs to; `undefined` where it belongs to all. */
export function whenOf(node: Extended<'x-when'>): When | undefined {
  return node['x-when'];
}

/** The flag of the permission maps that grants each permission, by its name: `Manage Site` and `account.manageSite`. */
export function permissionFlagsOf(info: Extended<'x-permission-flags'>): Readonly<Record<string, string>> {
  return info['x-permission-flags'] ?? {};
}

/** Parameter values in words: "`group` is `day` or `week`". */
export function whenInWords(when: When): string {
  return Object.entries(when)
    .map(([name, values]) => `\`${name}\` is ${inWords(values.map((value) => `\`${textOf(value)}\``))}`)
    .join(' and ');
}

const textOf = (value: unknown) => (typeof value === 'string' ? value || '""' : JSON.stringify(value));

/** A list in words: "a, b or c". */
export function inWords(list: readonly string[]): string {
  return list.length > 1 ? `${list.slice(0, -1).join(', ')} or ${list.at(-1)}` : list.join('');
}

/** The domains of a server that are no longer served. */
export function retiredDomains(server: Extended<'x-retired-domains'>): readonly RetiredDomain[] {
  return server['x-retired-domains'] ?? [];
}
