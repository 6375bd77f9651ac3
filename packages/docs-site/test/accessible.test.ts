/** Every page, as someone who cannot see it reads it. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST, type DocsServer, serveDocs } from '../src/serve.ts';
import { violations } from './axe.ts';
import { closeBrowser, openPage } from './browser.ts';

let server: DocsServer;
beforeAll(async () => {
  server = await serveDocs({ port: 0 });
});
afterAll(async () => {
  await closeBrowser();
  await server.close();
});

const pages = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => `/${file.replaceAll('\\', '/')}`);

/** Contrast takes most of the time, and is the same on all pages of a kind: `browser.test.ts` measures it in both themes. */
const rules = [
  'cat.aria',
  'cat.forms',
  'cat.keyboard',
  'cat.language',
  'cat.name-role-value',
  'cat.semantics',
  'cat.structure',
  'cat.tables',
  'cat.text-alternatives',
];

test('axe finds nothing on any page', async () => {
  expect(pages.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const path of pages) {
    const { page } = await openPage(server.url, path, { isReused: true });
    found.push(...(await violations(page, rules)).map((it) => `${path}: ${it}`));
  }
  expect(found).toEqual([]);
}, 400_000);
