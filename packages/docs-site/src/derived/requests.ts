import { successOf } from '@comm100-openapi/description';
import { codeBlock, codeGroup } from '../html/code.ts';
import { type Html, html, join } from '../html/html.ts';
import { operationLink, slugOf } from '../html/links.ts';
import { operationList } from '../html/operation.ts';
import { VERSIONS } from '../model/bundle.ts';
import { literal, prettyJson } from '../model/literal.ts';
import type { VersionSite } from '../model/site.ts';
import {
  clientCall,
  clientPackage,
  clientSetup,
  curlSnippet,
  environment,
  MOCK_URL,
  setup,
  snippetsOf,
} from '../model/snippet.ts';
import { nameOfVersion, operationOf } from './shared.ts';

/** The request as a command that needs no setup, or as the call of a client that exists. */
export const withCurl = (site: VersionSite, id: string | undefined) =>
  codeBlock(curlSnippet(site.context, operationOf(site, id).operation), 'sh');
export const callAlone = (site: VersionSite, id: string | undefined) => codeBlock(call(site, id), 'ts');

/** The environment of the samples, and what a program begins with. */
export const environmentOf = (site: VersionSite) => codeBlock(environment(site.context), 'sh');
export const setupOf = (site: VersionSite, scheme = 'basicAuth') =>
  codeGroup(`setup-${site.version}-${scheme}`, setup(site.context, scheme));

export const mockUrl = () => html`<code>${MOCK_URL}</code>`;

export const packages = () =>
  join(
    VERSIONS.map((version) => html`<code>${clientPackage(version)}</code>`),
    ' and ',
  );

const call = (site: VersionSite, id: string | undefined) => clientCall(operationOf(site, id).operation);

/** The call, and how to handle an error. */
export function catchError(site: VersionSite, id: string | undefined): Html {
  const lines = call(site, id)
    .split('\n')
    .map((line) => `  ${line}`);
  const code = [
    `import { Comm100Error } from '${clientPackage(site.version)}';`,
    '',
    'try {',
    ...lines,
    '} catch (error) {',
    '  if (!(error instanceof Comm100Error)) throw error;',
    '  console.error(error.name, error.message);',
    '}',
  ].join('\n');
  return codeBlock(code, 'ts');
}

/** All items of a list in pages, by the client. */
export function walkPages(site: VersionSite, id: string | undefined): Html {
  const list = call(site, id)
    .replace(/^const \w+ =\s+await /, '')
    .replace(/;$/, '');
  const code = [`for await (const item of ${list}) {`, '  console.log(item);', '}'].join('\n');
  return codeBlock(code, 'ts');
}

/** A request that the mock responds to with a certain error, chosen by the `Prefer` header, as in Prism. */
export function provoke(site: VersionSite, id?: string, status = '', example = ''): Html {
  const { operation } = operationOf(site, id);
  const response = operation.responses.find((it) => it.status === status);
  if (!response?.media.some(({ examples }) => examples.some(({ name }) => name === example))) {
    throw new Error(`The operation "${id}" has no example "${example}" of the status ${status}.`);
  }
  const code = `${curlSnippet(site.context, operation)} \\\n  -H 'Prefer: code=${status}, example=${example}'`;
  return codeBlock(code, 'sh');
}

export function operations(site: VersionSite, slug: string | undefined): Html {
  const resource = site.resources.find(({ tag }) => slugOf(tag) === slug);
  if (!resource) throw new Error(`Version ${nameOfVersion(site)} has no resource "${slug}".`);
  return operationList(resource, ({ id }) => operationLink(site.version, resource.tag, id));
}

/** The request in all languages. */
export function both(site: VersionSite, id = ''): Html {
  const { operation } = operationOf(site, id);
  return codeGroup(`request-${site.version}-${id}`, snippetsOf(site.context, operation));
}

export function response(site: VersionSite, id: string | undefined): Html {
  const { operation } = operationOf(site, id);
  const example = successOf(operation)?.media[0]?.examples[0];
  if (!example) throw new Error(`The operation "${id}" has no example of a response.`);
  return codeBlock(prettyJson(example.value), 'json');
}

/** The same client, for the real service. */
export function production(site: VersionSite): Html {
  const [domain] = site.document.servers.flatMap(({ variables }) => variables?.domain?.default ?? []);
  const code = clientSetup(site.context, 'basicAuth', `domain: ${literal(domain ?? '')}`);
  return codeBlock(code, 'ts');
}
