/** Every page, as someone who cannot see it reads it, and what goes wrong when it is opened. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST, type DocsServer, serveDocs } from '../src/serve.ts';
import { contrastViolations, unfold, violations } from './axe.ts';
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

/** All but contrast, which has a way of its own. */
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

test('every page opens without an error and without another origin, and axe finds nothing on it in either theme', async () => {
  expect(pages.length).toBeGreaterThan(100);
  const found: string[] = [];
  const failed: string[] = [];
  const measured = new Set<string>();
  const judge = async (path: string, tab: string) => {
    const { page, faults } = await openPage(server.url, path, { tab });
    // Vue has taken over once the switch of the theme has its name.
    await page.locator('.VPSwitchAppearance[title]:not([title=""])').first().waitFor({ state: 'attached' });
    const report = (theme: string, problems: string[]) =>
      found.push(...problems.map((it) => `${path}, ${theme}: ${it}`));
    report('both themes', await violations(page, rules));
    await unfold(page);
    report('light', await contrastViolations(page, measured));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html.dark').waitFor();
    report('dark', await contrastViolations(page, measured));
    await page.emulateMedia({ colorScheme: 'light' });
    if (path !== '/404.html') failed.push(...faults.map((fault) => `${path}: ${fault}`));
  };
  // Two tabs keep two cores busy.
  const left = pages.values();
  const readAll = async (tab: string) => {
    for (const path of left) await judge(path, tab);
  };
  await Promise.all(['one', 'other'].map(readAll));
  expect(failed).toEqual([]);
  expect(found).toEqual([]);
}, 600_000);
