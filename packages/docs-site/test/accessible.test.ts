/** Every page in both themes, as someone who cannot see it well reads it. */
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

test('axe finds nothing on any page, in light and dark', async () => {
  expect(pages.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const path of pages) {
    const { page } = await openPage(server.url, path, { isReused: true });
    await page.emulateMedia({ colorScheme: 'light' });
    // What is far from the window has no layout and keeps the colours of before, so axe would misread it.
    await page.addStyleTag({ content: '* { content-visibility: visible !important; transition: none !important }' });
    found.push(...(await violations(page)).map((it) => `${path}: ${it}`));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html.dark').waitFor();
    found.push(...(await violations(page, ['color-contrast'])).map((it) => `${path}, dark: ${it}`));
  }
  expect(found).toEqual([]);
}, 400_000);
