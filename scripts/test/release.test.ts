import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstUseOf, importsOf } from '../release/first-use.ts';
import { closureOf, type Manifest, type Package, publishedPackages } from '../release/packages.ts';

const root = join(import.meta.dirname, '..', '..');
const packages = publishedPackages(root);
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe.each([...packages.values()])('$name can be published', ({ name, folder, manifest }) => {
  test('its manifest has its origin', () => {
    const directory = folder.slice(root.length + 1).replaceAll('\\', '/');
    expect(manifest).toMatchObject({
      version: packages.get('@comm100-openapi/spec')?.manifest.version,
      license: 'MIT',
      description: expect.stringMatching(/\.$/),
      keywords: expect.arrayContaining(['comm100', 'live-chat']),
      repository: { ...repository, directory },
      homepage: expect.stringContaining(directory),
      engines: { node: expect.stringMatching(/^>=\d+(\.\d+)?$/) },
      publishConfig: { access: 'public' },
    });
  });

  test('its README shows a first use', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(firstUseOf(readme, { name, manifest }).code.trim()).not.toBe('');
  });

  test('what it needs of this repository is published too, in a range', () => {
    const own = Object.entries(manifest.dependencies ?? {}).filter(([, range]) => range.startsWith('workspace:'));
    expect(own.filter(([, range]) => range !== 'workspace:^')).toEqual([]);
    expect([...closureOf([name], packages)]).toContain(name);
  });
});

const made = (name: string, fields: Partial<Manifest> = {}): Package => ({
  name,
  folder: '',
  manifest: { name, version: '0.1.0', ...fields },
});

test('a package that needs one that is not published is named', () => {
  const few = new Map([['one', made('one', { dependencies: { two: 'workspace:^' } })]]);
  expect(() => closureOf(['one'], few)).toThrow('two is needed by a published package, and is not published itself.');
});

describe('the first use of a README', () => {
  const readme = [
    '```sh\nnpm install one\n```',
    '```ts\nimport { other } from "other";\n```',
    "```ts\nimport { it } from '@comm100-openapi/one';\nimport '@comm100-openapi/two/part';\n```",
    '```sh\nnpm install one\nnpx one --port 4010\n```',
  ].join('\n\n');

  test.each([
    {
      of: 'a library is the first program with its name',
      manifest: {},
      want: {
        kind: 'program',
        code: "import { it } from '@comm100-openapi/one';\nimport '@comm100-openapi/two/part';\n",
      },
    },
    {
      of: 'a command is the first block that starts it',
      manifest: { bin: { one: './one.js' } },
      want: { kind: 'command', code: 'npm install one\nnpx one --port 4010\n' },
    },
  ])('of $of', ({ manifest, want }) => {
    expect(firstUseOf(readme, made('@comm100-openapi/one', manifest))).toEqual(want);
  });

  test('names the package whose README has none', () => {
    expect(() => firstUseOf('```sh\nls\n```\n', made('@comm100-openapi/one'))).toThrow(
      'The README of @comm100-openapi/one has no first use',
    );
  });

  test('needs the packages that it imports', () => {
    expect(importsOf(readme)).toEqual(['@comm100-openapi/one', '@comm100-openapi/two']);
  });
});

// The addresses are for documentation (RFC 5737, RFC 6761): nothing is there.
describe('the guard of a program', () => {
  const run = (code: string) =>
    spawnSync(process.execPath, ['--import', './release/guard.mjs', '--input-type=module', '--eval', code], {
      cwd: join(root, 'scripts'),
      encoding: 'utf8',
      env: { ...process.env, COMM100_MOCK: '' },
    });

  test.each([
    { with: 'fetch', code: "await fetch('http://192.0.2.1/a').catch(() => {})", host: '192.0.2.1' },
    { with: 'fetch by a name', code: "await fetch('https://stats.invalid/').catch(() => {})", host: 'stats.invalid' },
    {
      with: 'node:https',
      code: "(await import('node:https')).get('https://192.0.2.2').on('error', () => {})",
      host: '192.0.2.2',
    },
    {
      with: 'node:net',
      code: "(await import('node:net')).connect(25, '192.0.2.3').on('error', () => {})",
      host: '192.0.2.3',
    },
  ])('names a connection to another machine by $with', ({ code, host }) => {
    const { status, stderr } = run(code);
    expect(stderr).toContain(`guard: a connection to ${host} was attempted`);
    expect(status).toBe(97);
  });

  test('lets a program talk to this machine', () => {
    const { status, stdout, stderr } = run(`
      const server = (await import('node:http')).createServer((_, response) => response.end('local'));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
      server.close();`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'local\n', stderr: '' });
  });
});
