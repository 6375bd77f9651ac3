/** What the reference promises, held against the real bundles. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, type Company, type Mock, startMock } from '@comm100-openapi/mock-server';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { inline } from '../src/html/markdown.ts';
import { readDemoCompany, readMigration, VERSIONS, type Version } from '../src/model/bundle.ts';
import { listEvidence } from '../src/model/evidence.ts';
import { MIGRATION } from '../src/model/migration.ts';
import type { Json } from '../src/model/openapi.ts';
import { listOperations } from '../src/model/operation.ts';
import { KNOWN_KEYWORDS } from '../src/model/schema.ts';
import { readSite } from '../src/model/site.ts';
import { clientSetup, clientSnippet, curlSnippet, MOCK_URL } from '../src/model/snippet.ts';
import { listPages } from '../src/pages.ts';

describe.each(VERSIONS)('The reference of %s', (version) => {
  const site = readSite(version);
  const pages = listPages(site);

  test('has every operation once, under its own id', () => {
    const all = pages.map(({ content }) => content).join('');
    const ids = listOperations(site.document).map(({ operation }) => operation.operationId);
    const missing = ids.filter((id) => all.split(`<h2 id="${id}"`).length !== 2);
    expect(ids.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  test('has no id twice on a page', () => {
    const repeated = pages.flatMap(({ params, content }) => {
      const ids = [...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${params.page}#${id}`);
    });
    expect(repeated).toEqual([]);
  });

  test('shows or knows every keyword of every schema', () => {
    const unknown = new Set<string>();
    for (const schema of Object.values(site.document.components?.schemas ?? {})) {
      collectKeywords(schema as Json, (keyword) => KNOWN_KEYWORDS.has(keyword) || unknown.add(keyword));
    }
    expect([...unknown]).toEqual([]);
  });

  test('shows every value of every enumeration, and what it means', () => {
    const html = pages.map(({ content }) => content).join('');
    const missing = Object.entries(site.document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      (schema['x-enum-descriptions'] ?? [])
        .filter((meaning) => !html.includes(inline(meaning).source))
        .map((meaning) => `${name}: ${meaning}`),
    );
    expect(missing).toEqual([]);
  });

  test('lists every mark of certainty with its note', () => {
    const notes = new Set(
      [...JSON.stringify(site.document).matchAll(/"x-evidence-note":("(?:[^"\\]|\\.)*")/g)].map(([, note]) =>
        String(JSON.parse(note ?? '""')),
      ),
    );
    const listed = new Set(listEvidence(site).map(({ note }) => note));
    const { source } = derive(`evidence ${version}`);
    expect(notes.size).toBeGreaterThan(0);
    expect([...notes].filter((note) => !listed.has(note) || !source.includes(inline(note).source))).toEqual([]);
  });
});

test('The reference of an older version says of every operation what has become of it', () => {
  const { operations } = readMigration();
  const pages = listPages(readSite(MIGRATION.from)).filter(({ params }) => params.kind === 'resource');
  const term = `<dt>In version ${readSite(MIGRATION.to).document.info.version}</dt>`;
  expect(operations.length).toBeGreaterThan(0);
  expect(
    pages
      .map(({ content }) => content)
      .join('')
      .split(term).length - 1,
  ).toBe(operations.length);
});

/** Calls `found` with each keyword of a schema and of those inside it; the names of members are none. */
function collectKeywords(value: Json | undefined, found: (keyword: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) collectKeywords(entry, found);
    return;
  }
  for (const [keyword, inner] of Object.entries(value)) {
    found(keyword);
    if (['properties', 'patternProperties'].includes(keyword)) {
      for (const member of Object.values(inner as Record<string, Json>)) collectKeywords(member, found);
    } else if (
      ['items', 'allOf', 'anyOf', 'oneOf', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'].includes(
        keyword,
      )
    ) {
      collectKeywords(inner, found);
    }
  }
}

describe('Every sample with the typed client', () => {
  test.each(VERSIONS)('in the reference of %s type-checks', (version) => {
    const samples = samplesOf(version, clientSnippet);
    expect(samples.length).toBeGreaterThan(0);
    expect(typeCheck(samples)).toEqual([]);
  });

  test('in the guides type-checks', () => {
    const samples = guideSamples();
    expect(samples.length).toBeGreaterThan(0);
    expect(typeCheck(samples)).toEqual([]);
  });
});

interface Sample {
  id: string;
  code: string;
}

/** What a strict compiler says of the samples, each a module of its own in this folder, so that the packages are found. */
function typeCheck(samples: readonly Sample[]): string[] {
  const files = new Map(samples.map(({ id, code }) => [`${import.meta.dirname}/sample-${id}.ts`, code]));
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const code = files.get(path);
    return code === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, code, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const name = file ? basename(file.fileName) : 'the samples';
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** The TypeScript that the guides derive, with a client before it where it uses one that exists already. */
function guideSamples(): Sample[] {
  const pages = fileURLToPath(new URL('../pages', import.meta.url));
  const guides = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  return guides.flatMap((guide) => {
    const directives = [...readFileSync(join(pages, guide), 'utf8').matchAll(/<!--\s*derived:(.*?)-->/g)];
    const blocks = directives.flatMap(([, directive = '']) =>
      [...derive(directive).source.matchAll(/data-language="ts">.*?<code>(.*?)<\/code>/g)].map(([, code = '']) =>
        textOf(code),
      ),
    );
    return blocks.map((code, index) => {
      const { context } = readSite('v2');
      const id = `${basename(guide, '.md')}-${index}`;
      return { id, code: code.includes('createClient(') ? code : `${clientSetup(context, [])}\n${code}` };
    });
  });
}

/** HTML of a sample as the reader copies it. */
function textOf(source: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#10': '\n', '#123': '{' };
  return source.replace(/<[^>]+>/g, '').replace(/&([^;]+);/g, (entity, name: string) => entities[name] ?? entity);
}

describe('Every sample with curl', () => {
  let mock: Mock;
  beforeAll(async () => {
    // The mock has types of its own for the same files.
    const bundles = VERSIONS.map((version) => readSite(version).document as unknown as Bundle);
    mock = await startMock({ bundles, company: readDemoCompany() as unknown as Company }, { port: 0 });
  });
  afterAll(() => mock.close());

  test.each(VERSIONS)(
    'of %s is taken by the mock server',
    async (version) => {
      const snippets = samplesOf(version, curlSnippet);
      const refused: string[] = [];
      for (const { id, code } of snippets) {
        const { status, text } = await run(code, mock.url);
        if (status !== 200) refused.push(`${id}: ${status} ${text}`);
      }
      expect(snippets.length).toBeGreaterThan(0);
      expect(refused).toEqual([]);
    },
    120_000,
  );
});

function samplesOf(version: Version, make: typeof curlSnippet): Sample[] {
  const { context, document } = readSite(version);
  return listOperations(document)
    .filter(({ isWebhook }) => !isWebhook)
    .map((located) => ({ id: located.operation.operationId, code: make(context, located) }));
}

/**
 * Sends what a sample sends. A real shell takes it apart, with a `curl` that only prints its arguments; so
 * quoting is checked as a reader's terminal would, and no curl is needed.
 */
async function run(code: string, url: string): Promise<{ status: number; text: string }> {
  const [token, request = token ?? ''] = code.includes('TOKEN=$(') ? code.split('\n\n') : [undefined, code];
  const variables: Record<string, string> = {};
  if (token !== undefined) {
    const [, call = '', member = ''] = /\$\((.*?) \\\n {2}\| sed .*?"(\w+)"/s.exec(token) ?? [];
    const { text } = await send(words(call, {}), url);
    variables.TOKEN = String((JSON.parse(text) as Record<string, unknown>)[member]);
  }
  return send(words(request, variables), url);
}

function words(code: string, variables: Record<string, string>): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${code}`;
  const output = execFileSync('sh', ['-euc', script], { encoding: 'utf8', env: { ...process.env, ...variables } });
  return output.split('\0').slice(0, -1);
}

async function send(given: string[], base: string): Promise<{ status: number; text: string }> {
  const [url = '', ...flags] = given.filter((word) => word !== '-s');
  const headers = new Headers();
  const data: string[] = [];
  let method: string | undefined;
  for (let at = 0; at < flags.length; at += 2) {
    const value = flags[at + 1] ?? '';
    const [name, ...rest] = value.split(value.includes('=') && flags[at] !== '-H' ? '=' : ': ');
    switch (flags[at]) {
      case '-X':
        method = value;
        break;
      case '-u':
        headers.set('authorization', `Basic ${btoa(value)}`);
        break;
      case '-H':
        headers.set(name ?? '', rest.join(': '));
        break;
      case '-d':
        data.push(value);
        break;
      case '--data-urlencode':
        data.push(`${name}=${encodeURIComponent(rest.join('='))}`);
        break;
      default:
        throw new Error(`The sample has the flag "${flags[at]}", which no sample should need.`);
    }
  }
  if (data.length > 0 && !headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded');
  const response = await fetch(url.replace(MOCK_URL, base), {
    method: method ?? (data.length > 0 ? 'POST' : 'GET'),
    headers,
    ...(data.length > 0 && { body: data.join('&') }),
  });
  return { status: response.status, text: await response.text() };
}
