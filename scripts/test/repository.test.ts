import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import shared from '../../vitest.shared.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\0')
  .filter(Boolean);
const files = tracked.length
  ? tracked
  : globSync(
      [
        '*',
        'decisions/*',
        'spec/**/*.md',
        'packages/*/package.json',
        'packages/*/src/**/*.ts',
        'spec/{build,lib,migration,surface}/*.ts',
      ],
      { cwd: root },
    );

describe('a version stands in one place', () => {
  const manifests = files.filter((file) => file.endsWith('package.json'));

  test.each(manifests)('%s takes its versions from the catalog', (file) => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(read(file));
    const all: Record<string, string> = { ...dependencies, ...devDependencies, ...peerDependencies };
    const own = Object.entries(all).filter(([, version]) => !/^(catalog|workspace):/.test(version));
    expect(own, 'write `catalog:` and put the version into pnpm-workspace.yaml').toEqual([]);
  });
});

test('every test file is one that vitest runs', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const include = shared.test?.include ?? [];
  expect(tests.length).toBeGreaterThan(0);
  expect(
    tests.filter((file) => {
      const folder = file
        .split('/')
        .slice(0, file.startsWith('packages/') ? 2 : 1)
        .join('/');
      return !include.some((glob) => matchesGlob(relative(folder, file), glob));
    }),
    'vitest.shared.ts does not include these',
  ).toEqual([]);
});

describe('an editor goes from a declaration to its source', () => {
  const compiled = files.filter((file) => /^packages\/[^/]+\/tsconfig\.build\.json$/.test(file)).map(dirname);

  test.each(compiled)('%s is built with maps, and brings the sources they name', (folder) => {
    expect(JSON.parse(read(`${folder}/tsconfig.build.json`)).extends).toBe('../../tsconfig.build.json');
    const { files: published = ['src'] } = JSON.parse(read(`${folder}/package.json`));
    expect(published).toContain('src');
  });

  test('a map that was built names a source that exists', () => {
    const map = 'packages/mock-server/dist/index.d.ts.map';
    expect(JSON.parse(read(map)).sources.map((source: string) => join(dirname(map), source))).toEqual([
      join('packages/mock-server/src/index.ts'),
    ]);
  });
});

test('only packages/description reads an x- name', () => {
  // The rules see the sources before they are bundled, the build writes the bundles, and the contract tests judge with
  // a reader of their own.
  const exempt = /^(packages\/(description|contract-tests)|spec\/(rules|build)|scripts)\/|\/test\/|\.(gen|test)\.ts$/;
  const code = files.filter((file) => file.endsWith('.ts') && !exempt.test(file));
  expect(code.length).toBeGreaterThan(50);
  expect(code.filter((file) => /['"]x-(?!small|large|content-type-options)[a-z-]+['"]/.test(read(file)))).toEqual([]);
});

describe('documents', () => {
  const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('packages/docs-site/'));

  test.each(documents)('the links of %s lead somewhere', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => !existsSync(join(root, dirname(file), link)));
    expect(broken).toEqual([]);
  });

  test('decisions are numbered without a gap', () => {
    const numbers = files
      .filter((file) => /^decisions\/\d{4}-/.test(file))
      .map((file) => Number(relative('decisions', file).slice(0, 4)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });
});
