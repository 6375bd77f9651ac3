/** The guides show files of the repository, and calls that tests can make. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestClient } from '@comm100-openapi/client-testing';
import { expect, test } from 'vitest';
import { DIST } from '../src/serve.ts';
import { textOf } from './rendered.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** A guide as a page, and as Markdown. */
const shown = (guide: string) => {
  const read = (extension: string) => readFileSync(join(DIST, 'guide', `${guide}.${extension}`), 'utf8');
  return { page: textOf(read('html')), markdown: read('md') };
};
const filesOf = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => /\.m?[jt]s$/.test(file) && !/^(vitest\.config|guide\.test)\./.test(file))
    .map((file) => join(folder, file));

test.each([
  ...filesOf('examples').map((file) => ({ guide: 'programs', file })),
  ...filesOf('packages/client-testing/examples').map((file) => ({ guide: 'testing', file })),
  { guide: 'testing', file: 'packages/mock-server/examples/msw.test.ts' },
])('$guide shows $file, whole', ({ guide, file }) => {
  const text = readFileSync(join(root, file), 'utf8').trimEnd();
  expect(shown(guide).page).toContain(text);
  expect(shown(guide).markdown).toContain(`\n${text}\n\`\`\``);
});

test.each(['first', 'requests', 'company', 'time'])('testing shows the sample %s', (region) => {
  const source = readFileSync(join(root, 'packages/client-testing/examples/guide.test.ts'), 'utf8');
  const lines = source.split(`// #region ${region}\n`)[1]?.split('// #endregion')[0]?.trimEnd().split('\n') ?? [];
  const text = lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
  expect(shown('testing').page).toContain(text);
  expect(shown('testing').markdown).toContain(`\n${text}\n\`\`\``);
});

const regions = ['calls.py', 'calls.go', 'calls.php', 'Calls.java'].flatMap((program) => [
  ...['first', 'paging', 'forms'].map((region) => ({ file: `v2/${program}`, region })),
  { file: `v1/${program}`, region: 'forms' },
]);

test.each(regions)('languages shows $region of $file', ({ file, region }) => {
  const source = readFileSync(join(root, 'sdks/programs', file), 'utf8').split('\n');
  const begin = source.findIndex((line) => line.endsWith(` #region ${region}`) || line === `# region ${region}`);
  const end = source.findIndex((line, index) => index > begin && line.includes('endregion'));
  expect(end - begin).toBeGreaterThan(3);
  const indent = /^\s*/.exec(source[begin] ?? '')?.[0] ?? '';
  const text = source
    .slice(begin + 1, end)
    .map((line) => line.replace(indent, ''))
    .join('\n')
    .trim();
  expect(shown('languages').page).toContain(text);
  expect(shown('languages').markdown).toContain(`\n${text}\n\`\`\``);
});

const guide = readFileSync(join(root, 'packages/docs-site/pages/guide/testing.md'), 'utf8');
const calls = [...guide.matchAll(/^\| `(mock\.[^`]+)`/gm)].map(([, call = '']) => call);

test('testing has calls of stubs', () => {
  expect(calls.length).toBeGreaterThan(7);
});

test.each(calls)('%s is possible', (call) => {
  const { mock } = createTestClient();
  expect(() => new Function('mock', `return ${call}`)(mock)).not.toThrow();
});
