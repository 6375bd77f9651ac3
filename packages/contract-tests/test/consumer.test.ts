import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilers } from '@comm100-openapi/tooling/compilers';
import { expect, test } from 'vitest';
import { mock } from '../src/harness.ts';

const readmes = [
  'README.md',
  ...['client-core', 'client-testing', 'client-v1', 'client-v2', 'description', 'mock-core', 'mock-server'].map(
    (name) => `packages/${name}/README.md`,
  ),
].map((file) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));
/** The code of each README: one block goes on where the one before it ended. */
const blocks = (language: string) =>
  readmes.map((readme) =>
    [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code).join('\n'),
  );

// The project is checked with TypeScript 7; people who use the clients may still have 5.
test('the clients and the code of each README type-check in a project with TypeScript 5 that checks its libraries too', () => {
  const consumer = fileURLToPath(new URL('../consumer/', import.meta.url));
  const examples = blocks('ts');
  expect(examples.filter((code) => code === '')).toEqual([]);
  for (const [index, code] of examples.entries()) writeFileSync(join(consumer, `readme-${index + 1}.gen.ts`), code);

  const tsc = join(compilers['5.9'], 'bin', 'tsc');
  expect(JSON.parse(readFileSync(join(compilers['5.9'], 'package.json'), 'utf8')).version).toMatch(/^5\.9\./);
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', consumer], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 60_000);

test('the request of the README works as it is written', async () => {
  const server = await mock();
  const requests = blocks('sh').flatMap((code) => [...code.matchAll(/curl -u (\S+) http:\/\/127\.0\.0\.1:4010(\S+)/g)]);
  expect(requests.length).toBeGreaterThan(0);
  for (const [, user = '', path = ''] of requests) {
    const response = await fetch(server.url + path, { headers: { authorization: `Basic ${btoa(user)}` } });
    expect(response.status).toBe(200);
  }
  await server.close();
});
