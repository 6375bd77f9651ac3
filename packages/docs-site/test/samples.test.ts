/**
 * The samples of every operation, in all four languages, as the pages show them: each is run against the mock, and what
 * it sends is compared with the example of the bundle and with what the other languages send.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v1 from '@comm100-openapi/client-v1';
import * as v2 from '@comm100-openapi/client-v2';
import { createMock } from '@comm100-openapi/mock-core';
import { loadDemo } from '@comm100-openapi/mock-server';
import { outcomeOf } from '@comm100-openapi/tooling/processes';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { readSite } from '../src/model/site.ts';
import { listPages } from '../src/pages.ts';
import { documented, type Node, type Version, versions } from './expected.ts';
import { samplesOf, sectionsOf } from './rendered.ts';

interface Sample {
  id: string;
  code: string;
}

const codeIn = (directive: string, language: string) =>
  samplesOf(derive(directive).source).find((sample) => sample.language === language)?.code ?? '';

/** The samples in a language of the documented operations, in their order. */
function samplesIn(version: Version, language: string): Sample[] {
  const sections = listPages(readSite(version)).flatMap(({ content }) => sectionsOf(content));
  return documented(version).flatMap(({ id }) =>
    (sections.find((section) => section.id === id)?.samples ?? [])
      .filter((sample) => sample.language === language)
      .map(({ code }) => ({ id, code })),
  );
}

/** The setup of an operation: what its program begins with. */
function setupOf(version: Version, id: string, language: string): string {
  const operation = documented(version).find((it) => it.id === id);
  const [first] = (operation?.node.security ?? []) as Node[];
  return codeIn(`setup ${version} ${first && 'partnerToken' in first ? 'partnerToken' : 'basicAuth'}`, language);
}

// --- What is sent ------------------------------------------------------------------------------------

interface Sent {
  request: string;
  /** The names and values of the query and of a form, sorted; or the JSON of the body. */
  query: string[];
  body: unknown;
  status: number;
}

const sent: Sent[] = [];
const demo = loadDemo();
const mock = createMock({ ...demo, mode: 'example' });
const environment: Record<string, string> = {};

/** The mock behind a port, which records what it gets. */
const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { host, authorization, 'content-type': type = '' } = incoming.headers;
  const url = new URL(incoming.url ?? '', `http://${host}`);
  const headers = { ...(authorization && { authorization }), ...(type && { 'content-type': type }) };
  const request = new Request(url, { method: incoming.method ?? '', headers, ...(text && { body: text }) });
  const response = await mock.fetch(request);
  sent.push({
    request: `${incoming.method} ${decodeURIComponent(url.pathname)}`,
    // The client names the first page of a list, which all others leave out.
    query: pairs(url.search).filter((pair) => !['page=1', 'pageIndex=0'].includes(pair)),
    body: type.startsWith('application/json') ? JSON.parse(text) : pairs(text),
    status: response.status,
  });
  outgoing.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? 'text/plain' });
  outgoing.end(await response.text());
});
// On a busy machine, the usual five seconds could end a connection that a client is about to use.
server.keepAliveTimeout = 60_000;

const pairs = (text: string) => [...new URLSearchParams(text)].map(([name, value]) => `${name}=${value}`).sort();

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const [agent] = demo.company.agents;
  const { email, password } = demo.company.partner;
  const form = new URLSearchParams({ grant_type: 'password', email, password });
  const token = await fetch(`http://127.0.0.1:${port}/partner/oauth/token`, { method: 'POST', body: form });
  Object.assign(environment, {
    COMM100_URL: `http://127.0.0.1:${port}`,
    COMM100_EMAIL: agent?.email,
    COMM100_API_KEY: agent?.apiKey,
    COMM100_PARTNER_TOKEN: ((await token.json()) as { access_token: string }).access_token,
  });
});
afterAll(() => server.close());

/** What the samples have to send: the operation of each, and the example of its body where that is JSON. */
function check(version: Version, got: readonly Sent[], samples: readonly Sample[]): void {
  const all = documented(version);
  expect(samples.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  const faults = all.flatMap(({ id, method, path, node }, index) => {
    const { request, status, body } = got[index] ?? { request: 'nothing', status: 0, body: undefined };
    const wanted = new RegExp(`^${method} ${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
    if (!wanted.test(request) || status !== 200) return [`${id}: sends ${request} and gets ${status}`];
    const media = ((node.requestBody as Node)?.content as Node)?.['application/json'] as Node | undefined;
    const [example] = Object.values((media?.examples ?? {}) as Record<string, Node>);
    const isRight = !example || !('value' in example) || JSON.stringify(body) === JSON.stringify(example.value);
    return isRight ? [] : [`${id}: sends ${JSON.stringify(body)}`];
  });
  expect(faults).toEqual([]);
  expect(got).toHaveLength(all.length);
}

// --- Running the samples -------------------------------------------------------------------------------

/** Runs the samples, one after the other. */
type Run = (version: Version, samples: readonly Sample[]) => Promise<void>;

const AsyncFunction = (async () => {}).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;
const silent = { log: () => {} };
const shell = (command: string) => spawnSync('sh', ['-c', command]).status === 0;

const javaScript: Run = async (version, samples) => {
  for (const { id, code } of samples) {
    const program = new AsyncFunction('process', 'console', `${setupOf(version, id, 'js')}\n${code}`);
    await program({ env: environment }, silent);
  }
};

const typeScript: Run = async (version, samples) => {
  const { createClient } = { v1, v2 }[version];
  for (const { id, code } of samples) {
    const setup = setupOf(version, id, 'ts').replace(/^import .*/, '');
    const count = sent.length;
    await new AsyncFunction('createClient', 'process', `${setup}\n${code}`)(createClient, { env: environment });
    // Where a token is needed, the client requests it first.
    sent.splice(count, sent.length - count - 1);
  }
};

const realCurl: Run = async (_, samples) => {
  await run(
    'sh',
    ['-eu', '-s'],
    [`curl() { command curl -s -o /dev/null "$@"; }`, ...samples.map(({ code }) => code)].join('\n'),
  );
};

/** Without curl: a real shell splits a sample into words, so its quoting is checked as in a reader's terminal. */
const wordsOfCurl: Run = async (_, samples) => {
  const begin = `curl() { printf 'begin\\0'; for word; do printf '%s\\0' "$word"; done; }`;
  const output = await run('sh', ['-eu', '-s'], [begin, ...samples.map(({ code }) => code)].join('\n'));
  for (const command of output.split('begin\0').slice(1)) await sendWords(command.split('\0').slice(0, -1));
};

async function sendWords(given: string[]): Promise<void> {
  const words = [...given];
  const headers = new Headers();
  const data: string[] = [];
  let [method, url, isGet] = ['', '', false];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const flag = word.startsWith('-') && word !== '-G' ? word : '';
    const value = flag ? (words.shift() ?? '') : word;
    const [name = '', ...rest] = value.split(flag === '-H' ? ': ' : '=');
    if (word === '-G') isGet = true;
    else if (flag === '') url = value;
    else if (flag === '-X') method = value;
    else if (flag === '-u') headers.set('authorization', `Basic ${btoa(value)}`);
    else if (flag === '-H') headers.set(name, rest.join(': '));
    else if (flag === '-d') data.push(value);
    else if (flag === '--data-urlencode') data.push(`${name}=${encodeURIComponent(rest.join('='))}`);
    else throw new Error(`The sample has the flag "${flag}", which no sample should need.`);
  }
  if (isGet) url += `?${data.splice(0).join('&')}`;
  if (data.length > 0 && !headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded');
  method ||= data.length > 0 ? 'POST' : 'GET';
  await fetch(url, { method, headers, ...(data.length > 0 && { body: data.join('&') }) });
}

const realPython: Run = async (version, samples) => {
  const programs = samples.map(({ id, code }) => `${setupOf(version, id, 'py')}\n${code}`);
  const own = shell('python3 -c "import requests"') ? {} : { PYTHONPATH: join(import.meta.dirname, 'python') };
  const program = [
    'import json, sys',
    `for code in json.loads(${JSON.stringify(JSON.stringify(programs))}):`,
    '    exec(code, {})',
  ];
  await run('python3', ['-'], program.join('\n'), { ...own, PYTHONDONTWRITEBYTECODE: '1' });
};

/** Without Python: a call with named values is close to JavaScript, so it is read as such. */
const readPython: Run = async (_, samples) => {
  const words: Record<string, string> = { True: 'true', False: 'false', None: 'null' };
  const requests = new Proxy(
    {},
    { get: (_target, method: string) => (url: string, options: PythonOptions) => sendPython(method, url, options) },
  );
  for (const { code } of samples) {
    const [call = ''] = /requests\.\w+\(.*?\)(?=\nprint)/s.exec(code) ?? [];
    const parts = call.replace(/\(\s*f"\{url\}/, '("').split(/("(?:[^"\\]|\\.)*")/);
    const [name, address, ...rest] = parts.map((part, index) =>
      index % 2
        ? part
        : part.replaceAll(/\b(True|False|None)\b/g, (word) => words[word] ?? word).replaceAll(/(\w+)=/g, '$1: '),
    );
    const options = rest.join('').replace(/^,/, '').replace(/\)$/, '');
    const program = new AsyncFunction('requests', 'auth', 'headers', `await ${name}${address}, {${options}})`);
    await program(requests, 'basic', 'bearer');
  }
};

interface PythonOptions {
  auth?: string;
  headers?: string;
  params?: Record<string, string | string[]>;
  json?: unknown;
  data?: Record<string, string | string[]>;
}

async function sendPython(
  method: string,
  path: string,
  { auth, headers, params, json, data }: PythonOptions,
): Promise<void> {
  const { COMM100_URL, COMM100_EMAIL, COMM100_API_KEY, COMM100_PARTNER_TOKEN } = environment;
  const encode = (values: Record<string, string | string[]>) =>
    new URLSearchParams(Object.entries(values).flatMap(([name, value]) => [value].flat().map((text) => [name, text])));
  await fetch(`${COMM100_URL}${path}${params ? `?${encode(params)}` : ''}`, {
    method: method.toUpperCase(),
    headers: {
      ...(auth && { authorization: `Basic ${btoa(`${COMM100_EMAIL}:${COMM100_API_KEY}`)}` }),
      ...(headers && { authorization: `Bearer ${COMM100_PARTNER_TOKEN}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(data && { body: encode(data) }),
  });
}

/** Runs a program from its standard input, and resolves to what it prints. @throws {Error} with what it says, where it fails. */
async function run(
  command: string,
  given: string[],
  program: string,
  more: Record<string, string> = {},
): Promise<string> {
  const env = { ...environment, ...more };
  const { status, stdout, stderr } = await outcomeOf(command, given, { env, input: program });
  if (status !== 0) throw new Error(`${command} ends with ${status}: ${stderr}`);
  return stdout;
}

const has = { curl: shell('command -v curl'), python: shell('python3 --version') };
const ways: { name: string; language: string; way: Run; isPossible?: boolean }[] = [
  { name: 'curl', language: 'sh', way: realCurl, isPossible: has.curl },
  { name: 'a shell, without curl', language: 'sh', way: wordsOfCurl },
  { name: 'JavaScript', language: 'js', way: javaScript },
  { name: 'TypeScript', language: 'ts', way: typeScript },
  { name: 'Python', language: 'py', way: realPython, isPossible: has.python },
  { name: 'a reader of Python', language: 'py', way: readPython },
];

describe.each(versions)('Every sample of version %s', (version) => {
  let first: readonly Sent[] | undefined;

  test.for(ways)(
    'runs with $name, and sends what the others send',
    { timeout: 60_000 },
    async ({ language, way, isPossible = true }, { skip }) => {
      skip(!isPossible, 'This machine does not have it.');
      const samples = samplesIn(version, language);
      sent.length = 0;
      await way(version, samples);
      const got = [...sent];
      check(version, got, samples);
      first ??= got;
      expect(got).toEqual(first);
    },
  );

  test('in TypeScript type-checks, after its setup', () => {
    const samples = samplesIn(version, 'ts').map(({ id, code }) => ({
      id,
      code: `${setupOf(version, id, 'ts')}\n${code}`,
    }));
    expect(typeCheck(samples)).toEqual([]);
  });
});

test.skipIf(!has.curl)('The command that requests a token for a partner puts it into the environment', async () => {
  const commands = samplesOf(derive('credentials').source).filter(({ language }) => language === 'sh');
  const command = commands.find(({ code }) => code.includes('COMM100_PARTNER_TOKEN'))?.code;
  const token = await run('sh', ['-eu', '-s'], `${command}\nprintf '%s' "$COMM100_PARTNER_TOKEN"`, {
    COMM100_PARTNER_TOKEN: '',
  });
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${environment.COMM100_URL}/api/v2/partner/sites`, { headers })).status).toBe(200);
});

test('The environment of the guide is that of the mock server and its first agent', () => {
  const [agent] = demo.company.agents;
  expect(codeIn('environment v2', 'sh').split('\n')).toEqual([
    'export COMM100_URL=http://127.0.0.1:4010',
    `export COMM100_EMAIL=${agent?.email}`,
    `export COMM100_API_KEY=${agent?.apiKey}`,
  ]);
});

test('The samples of the guides in TypeScript type-check', () => {
  const samples = guideSamples();
  expect(samples.length).toBeGreaterThan(0);
  expect(typeCheck(samples)).toEqual([]);
});

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
    types: ['node'],
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
  const client =
    "import { createClient } from '@comm100-openapi/client-v2';\ndeclare const client: ReturnType<typeof createClient>;";
  return guides.flatMap((guide) => {
    const directives = [...readFileSync(join(pages, guide), 'utf8').matchAll(/<!--\s*derived:(.*?)-->/g)];
    const samples = directives.flatMap(([, directive = '']) => samplesOf(derive(directive).source));
    return samples
      .filter(({ language }) => language === 'ts')
      .map(({ code }, index) => ({
        id: `${basename(guide, '.md')}-${index}`,
        code: code.includes('createClient(') ? code : `${client}\n${code}`,
      }));
  });
}
