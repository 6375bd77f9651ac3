import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { redocly } from '@comm100-openapi/tooling/redocly';
import { expect, test } from 'vitest';
import { calls, type Version } from '../calls.ts';
import { check, compare } from '../check.ts';
import { findTools, languages } from '../languages.ts';

const versions = Object.keys(calls) as Version[];
const bundleOf = (version: Version) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'spec', 'dist', `comm100-${version}.json`), 'utf8');

interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, unknown> };
}

test.each(versions)('%s has the ten operations that are called, and every program the ten calls', (version) => {
  const bundle = bundleOf(version);
  expect(calls[version]).toHaveLength(10);
  for (const { name, operations } of calls[version]) {
    for (const id of operations) expect(bundle).toContain(`"operationId": "${id}"`);
    for (const { program } of languages) {
      const text = readFileSync(join(import.meta.dirname, '..', 'programs', version, program), 'utf8');
      expect.soft(text, `${version}/${program}`).toMatch(new RegExp(`call\\(["']${name}["']`));
    }
  }
});

test.each([
  { given: [], want: ['item: not called'] },
  { given: [{ call: 'item', ok: false, detail: 'TypeError: no name' }], want: ['item: TypeError: no name'] },
  {
    given: [{ call: 'item', ok: true, detail: { name: 'Sales' } }],
    want: ['item: {"name":"Sales"} instead of {"name":"Support"}'],
  },
  { given: [{ call: 'item', ok: true, detail: { name: 'Support' } }], want: [] },
])('of $given.0.detail, the problems are $want', ({ given, want }) => {
  expect(compare([{ name: 'item', want: { name: 'Support' } }], given)).toEqual(want);
});

// What the guide says of forms, and why the programs of version 2.0 have two clients.
test.each([
  { version: 'v1', sends: 'JSON', want: ['updateVisitorCustomVariables'] },
  { version: 'v2', sends: 'a form', want: ['deleteChats', 'generateJwt', 'getAgentToken', 'getPartnerToken'] },
] as const)('in $version, $want send $sends, and no others', ({ version, sends, want }) => {
  const { paths } = JSON.parse(bundleOf(version)) as { paths: Record<string, Record<string, Operation>> };
  const type = sends === 'JSON' ? 'application/json' : 'application/x-www-form-urlencoded';
  const found = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(({ requestBody }) => requestBody?.content[type] !== undefined)
    .map(({ operationId }) => operationId);
  expect(found.toSorted()).toEqual(want);
});

test('the guide has the version of the generator that is tried', () => {
  const manifest = createRequire(redocly.script)('../package.json') as { version: string };
  const guide = readFileSync(
    join(import.meta.dirname, '..', '..', 'packages', 'docs-site', 'pages', 'guide', 'languages.md'),
    'utf8',
  );
  expect(guide).toContain(`npx @redocly/cli@${manifest.version} generate-client`);
});

// The languages without a slow compiler, where they are installed; `npm run sdks` has all of them.
const cheap = languages.filter(
  (language) => /^(Python|TypeScript)$/.test(language.name) && 'tools' in findTools(language),
);

test.each(cheap.flatMap((language) => versions.map((version) => ({ language, version, name: language.name }))))(
  'the $name client of $version compiles, and its ten calls give what they must',
  async ({ language, version }) => {
    const { problems, passed } = await check(language, version);
    expect(problems).toEqual([]);
    expect(passed).toBe(10);
  },
  120_000,
);
