/** The site where it is hosted: at the root and in a subfolder, without rewriting, every page of it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIST, type DocsServer, serveDocs } from '../src/serve.ts';
import { closeBrowser, openPage } from './browser.ts';
import { choose, openForm, sendForm } from './try-it.ts';

const root = mkdtempSync(join(tmpdir(), 'docs-hosting-'));
const folder = '/team/comm100/';
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

beforeAll(() => {
  const built = join(root, 'built');
  const vitepress = fileURLToPath(new URL('../node_modules/vitepress/bin/vitepress.js', import.meta.url));
  const env = { ...process.env, DOCS_URL: `https://docs.example${folder}` };
  // Both builds write to the same cache, so the other one has to be finished: the task `test` comes after `build`.
  const { status, stderr } = spawnSync(process.execPath, [vitepress, 'build', '--outDir', built], {
    cwd: packageFolder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  mkdirSync(join(root, 'served', 'team'), { recursive: true });
  cpSync(built, join(root, 'served', folder), { recursive: true });
  cpSync(join(DIST, 'index.html'), join(root, 'served', 'index.html'));
}, 180_000);
afterAll(async () => {
  await closeBrowser();
  rmSync(root, { recursive: true });
});

describe.each([
  { place: 'at the root', directory: () => DIST, base: '/' },
  { place: 'in a subfolder', directory: () => join(root, 'served'), base: folder },
])('The site $place', ({ directory, base }) => {
  let server: DocsServer;
  beforeAll(async () => {
    server = await serveDocs({ port: 0, directory: directory() });
  });
  afterAll(() => server.close());

  const pages = () =>
    readdirSync(join(directory(), base), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html'))
      .map((file) => file.replaceAll('\\', '/'));

  test('has no link and no anchor that leads nowhere', () => {
    const files = new Map(pages().map((file) => [base + file, readFileSync(join(directory(), base, file), 'utf8')]));
    const ids = new Map([...files].map(([file, text]) => [file, new Set(text.match(/(?<= id=")[^"]+/g))]));
    const others = new Set(
      readdirSync(join(directory(), base), { recursive: true, encoding: 'utf8' }).map((file) => base + file),
    );
    const broken = [...files].flatMap(([file, text]) =>
      [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].flatMap(([, link = '']) => {
        const { origin, pathname, hash } = new URL(link.replaceAll('&amp;', '&'), `http://site${file}`);
        if (origin !== 'http://site') return [];
        const target = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
        const anchor = decodeURIComponent(hash.slice(1));
        const exists = files.has(target) || others.has(target);
        return exists && (anchor === '' || ids.get(target)?.has(anchor)) ? [] : [`${file}: ${link}`];
      }),
    );
    expect(files.size).toBeGreaterThan(60);
    expect([...new Set(broken)]).toEqual([]);
  });

  // At the root, accessible.test.ts opens them all.
  if (base === folder)
    test('opens every page without an error and without another origin', async () => {
      const faults: string[] = [];
      for (const file of pages().filter((name) => name !== '404.html')) {
        const visit = await openPage(server.url, base + file, { tab: 'all pages' });
        faults.push(...visit.faults.map((fault) => `${file}: ${fault}`));
      }
      expect(faults).toEqual([]);
    }, 180_000);

  test('goes from page to page by links', async () => {
    const { page, faults, close } = await openPage(server.url, base);
    await page.getByRole('link', { name: 'All operations of version 2.0' }).click();
    await page.waitForURL(`**${base}v2/`);
    await page.locator('.index-resource .contents a').first().click();
    await page.locator('section.operation').first().waitFor();
    await page.locator('.sidebar').getByRole('link', { name: 'Bans' }).click();
    await page.waitForURL(`**${base}v2/bans.html`);
    await page.locator('.sidebar [aria-current]', { hasText: 'Bans' }).waitFor();
    await close();
    expect(faults).toEqual([]);
  });

  test('tries operations in the sandbox of the page, whose state all pages and both versions share', async () => {
    const { page, faults, close } = await openPage(server.url, `${base}v2/canned-messages.html`);
    const create = await openForm(page, 'createCannedMessage');
    const body = create.getByLabel('Body', { exact: true });
    await body.fill('{ "name": "Lost parcel", "message": "I am looking for it.", "categoryId": 1 }');
    expect(await sendForm(create)).toMatchObject({ status: '200 OK', text: expect.stringContaining('"Lost parcel"') });

    // A reference to nothing, and text that is not JSON.
    await body.fill('{ "name": "Lost parcel", "message": "I am looking for it.", "categoryId": 4711 }');
    expect(await sendForm(create)).toMatchObject({
      status: '400 Bad Request',
      text: expect.stringMatching(/categoryId.*4711|4711.*categoryId/),
    });
    await body.fill('{ "name": "Lost parcel" "message": "" }');
    await create.getByRole('button', { name: 'Send' }).click();
    expect(await create.getByRole('alert').textContent()).toMatch(/^The body is not JSON\. .+/);

    // Another page, loaded anew, knows what was created, and offers its id.
    await page.goto(`${server.url}${base}v1/canned-messages.html`);
    const list = await openForm(page, 'listCannedMessages');
    await list.waitFor();
    // All is there by now: no request needs the network.
    await page.context().setOffline(true);
    expect((await sendForm(list)).text).toContain('"Lost parcel"');
    const get = await openForm(page, 'getCannedMessage');
    await get.getByRole('button', { name: /Lost parcel/ }).click();
    expect((await sendForm(get)).text).toContain('"Lost parcel"');
    await get.getByLabel('id', { exact: true }).fill('4711');
    expect(await sendForm(get)).toMatchObject({
      status: '404 Not Found',
      text: expect.stringContaining('could not be found'),
    });
    await choose(get, 'As', /no permission/);
    expect(await sendForm(get)).toMatchObject({
      status: '403 Forbidden',
      text: expect.stringMatching(/do not have the permission.*Manage Public Canned Messages/s),
    });
    await choose(get, 'As', /all permissions/);
    await get.getByRole('button', { name: 'Reset the sandbox' }).click();
    expect((await sendForm(list)).text).not.toContain('"Lost parcel"');
    await close();
    expect(faults).toEqual([]);
  });
});

test('a page that does not exist has a landmark and a way back', async () => {
  const server = await serveDocs({ port: 0 });
  const { page, close } = await openPage(server.url, '/nothing.html');
  expect(await page.getByRole('main').getByRole('link').getAttribute('href')).toBe('/');
  expect(await page.getByRole('main').getByRole('heading').textContent()).toBe('Page not found');
  await close();
  await server.close();
});

test('pages name their own address, where it is known', () => {
  const page = (name: string) => readFileSync(join(root, 'served', folder, name), 'utf8');
  expect(page('v2/bans.html')).toContain(
    '<link rel="canonical" href="https://docs.example/team/comm100/v2/bans.html">',
  );
  expect(page('index.html')).toContain('<link rel="canonical" href="https://docs.example/team/comm100/">');
  expect(page('sitemap.xml')).toContain('<loc>https://docs.example/team/comm100/v2/bans.html</loc>');
  expect(readFileSync(join(DIST, 'index.html'), 'utf8')).not.toContain('canonical');
});

test('what is sent is compressed', async () => {
  const server = await serveDocs({ port: 0 });
  const { headers } = await fetch(`${server.url}/v2/bans.html`, { headers: { 'accept-encoding': 'gzip' } });
  expect(headers.get('content-encoding')).toBe('gzip');
  await server.close();
});
