import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// No engine for containers is needed here: what the file says is compared with what it is about.
const text = readFileSync(new URL('../Containerfile', import.meta.url), 'utf8');
const root = new URL('../../../', import.meta.url);
const words = (instruction: string) =>
  JSON.parse(new RegExp(`^${instruction} .*?(\\[.*\\])$`, 'm').exec(text)?.[1] ?? '[]');

test('its program starts with the options that it has', () => {
  const [program, file = '', ...options] = words('ENTRYPOINT');
  expect(program).toBe('node');
  const script = fileURLToPath(new URL(file.replace('/mock/', '../'), import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script, ...options, '--version'], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

test('the check of its health sees a mock that is not there', () => {
  const [program, ...options] = words('HEALTHCHECK');
  expect(program).toBe('node');
  const script = options.map((option: string) => option.replace(':4010', ':1'));
  expect(script).not.toEqual(options);
  expect(spawnSync(process.execPath, script).status).toBe(1);
});

test('what it names exists', () => {
  const { name, engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(text.match(/--filter[= ](\S+)/g)).toEqual([`--filter=${name}`, `--filter ${name}`]);
  const bases = [...text.matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => Number(major));
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toBeGreaterThanOrEqual(Number(engines.node.replace('>=', '')));
  expect(existsSync(new URL('.dockerignore', root))).toBe(true);
});

test('the build gets every source: what it leaves out is derived', () => {
  const leftOut = readFileSync(new URL('.dockerignore', root), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [source] = [
        line.replaceAll('.', '\\.').replaceAll(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(.*/)?')),
      ];
      return new RegExp(`^${source}(/|$)`);
    });
  const isLeftOut = (path: string) => leftOut.some((pattern) => pattern.test(path));
  const under = (folder: string) =>
    readdirSync(new URL(folder, root), { recursive: true }).map(
      (name) => `${folder}/${String(name).replaceAll('\\', '/')}`,
    );
  const sources = ['spec/common', 'spec/v1', 'spec/v2', 'spec/demo', 'packages/mock-core/src'].flatMap(under);
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter(isLeftOut)).toEqual([]);
  for (const path of ['spec/dist', 'packages/mock-core/dist/index.js', 'node_modules/a', '.git/HEAD', 'spec/reports'])
    expect(isLeftOut(path)).toBe(true);
});
