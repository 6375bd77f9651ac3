import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\0')
  .filter(Boolean);
const files = tracked.length
  ? tracked
  : globSync(['*', 'decisions/*', 'spec/**/*.md', 'packages/*/package.json'], { cwd: root });

describe('a version stands in one place', () => {
  const manifests = files.filter((file) => file.endsWith('package.json'));

  test.each(manifests)('%s takes its versions from the catalog', (file) => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(read(file));
    const all: Record<string, string> = { ...dependencies, ...devDependencies, ...peerDependencies };
    const own = Object.entries(all).filter(([, version]) => !/^(catalog|workspace):/.test(version));
    expect(own, 'write `catalog:` and put the version into pnpm-workspace.yaml').toEqual([]);
  });
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

describe('the front door', () => {
  test.each(['strat', 'toString'])('refuses a word that it does not know: %s', (word) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'front-door.mjs'), word], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toBe(`comm100-openapi: '${word}' is unknown. Use start, test, build, mock.\n`);
  });

  // What it starts by npx is a turbo, which does not run inside of one: here all is built, and a stand-in says so.
  test.skipIf(process.platform === 'win32')(
    'brings up the mock and the documentation, and takes both down when it is ended',
    async () => {
      const words = [join(root, 'scripts', 'front-door.mjs'), 'start', '--port', '0', '--docs-port', '0'];
      const standIn = mkdtempSync(join(tmpdir(), 'comm100-npx-'));
      writeFileSync(join(standIn, 'npx'), '#!/bin/sh\n', { mode: 0o755 });
      const PATH = `${standIn}${delimiter}${process.env.PATH}`;
      const door = spawn(process.execPath, words, { env: { ...process.env, PATH, NO_COLOR: '1' } });
      onTestFinished(() => {
        door.kill();
        rmSync(standIn, { recursive: true });
      });
      let out = '';
      const ready = new Promise<void>((resolve, reject) => {
        door.stdout.on('data', (chunk) => {
          out += chunk;
          if (out.includes('Ctrl+C')) resolve();
        });
        door.once('close', () => reject(new Error(out)));
      });
      await ready;
      const [mock = '', docs = ''] = [...out.matchAll(/(?:Comm100 mock|Documentation) +(\S+)/g)].map(([, url]) => url);
      expect((await fetch(docs)).status).toBe(200);
      expect((await fetch(mock)).status).toBe(404);

      const ended = once(door, 'close');
      door.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      for (const url of [mock, docs]) await expect(fetch(url)).rejects.toThrow();
    },
  );

  test('runs on the oldest Node that the README promises: nothing in it is newer', () => {
    const { engines } = JSON.parse(read('package.json'));
    expect(engines.node).toBe('>=20');
    expect(read('README.md')).toContain('Node 20 or newer');
    expect(read('scripts/front-door.mjs')).not.toMatch(/from '(?!node:)/);
  });
});
