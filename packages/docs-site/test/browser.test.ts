/**
 * The built site in a real browser. Chromium comes with an npm package, so nothing has to be installed. On a machine
 * without the libraries that it needs, the tests fail and name the reason; they are not skipped.
 */
import { readdirSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationLink, tagLink, versionLink } from '../src/html/links.ts';
import { type DocsServer, serveDocs } from '../src/serve.ts';
import { unfold, violations } from './axe.ts';
import { closeBrowser, openPage } from './browser.ts';
import { at, documented, largestTag, missing, pick, versions } from './expected.ts';
import { sendForm } from './try-it.ts';

let server: DocsServer;

beforeAll(async () => {
  server = await serveDocs({ port: 0 });
});
afterAll(async () => {
  await closeBrowser();
  await server?.close();
});

const visit = (path: string, options: BrowserContextOptions = {}) => openPage(server.url, path, options);

/** For what is quick on a machine with nothing else to do. */
const slowly = { timeout: 15_000 };

/** Whether an element is where a reader who followed a link to it expects it: in the upper half of the window, and not covered. */
const isInView = (page: Page, id: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const element = document.getElementById(wanted);
    if (!element) return false;
    const { left, top, height } = element.getBoundingClientRect();
    return top < 450 && element.contains(document.elementFromPoint(left + 4, top + height / 2));
  }, id);

const GUIDES = readdirSync(new URL('../pages/guide', import.meta.url)).map(
  (name) => `/guide/${name.replace('.md', '.html')}`,
);

/** The page of each version with the most operations, with those operations. */
const referencePages = versions.map((version) => {
  const tag = largestTag(version);
  const operations = documented(version).filter((operation) => operation.tag === tag);
  return { version, tag, operations, path: tagLink(version, tag) };
});
const allKinds = [
  '/',
  ...GUIDES,
  '/v2/',
  '/v2/schemas.html',
  '/v2/schemas-chats.html',
  '/v2/chats.html',
  '/v2/get-rating-report.html',
];

describe('The start page', () => {
  test('presents both versions, and requests nothing from another origin', async () => {
    const { page, faults, close } = await visit('/');
    const text = (await page.locator('main').textContent()) ?? '';
    const tags = versions.flatMap((version) => documented(version).map(({ tag }) => tag));
    expect(missing(text, ['Version 1.0', 'Version 2.0', 'unofficial', ...tags])).toEqual([]);
    await close();
    expect(faults).toEqual([]);
  });
});

describe.each(referencePages)('The reference page $path', ({ version, tag, operations, path }) => {
  test('shows each of its operations, with samples', async () => {
    const { page, faults, close } = await visit(path);
    for (const { id, summary, path: endpoint, facts } of operations) {
      const section = page.locator(`section.operation[aria-labelledby="${id}"]`);
      expect(missing((await section.textContent()) ?? '', [summary, endpoint, ...facts])).toEqual([]);
      expect(await section.locator('pre:visible').count()).toBeGreaterThan(0);
    }
    await close();
    expect(faults).toEqual([]);
  });

  test.each([390, 1024, 1440])('opens at the operation that its address names, %i px wide', async (width) => {
    const { id } = pick(operations, -1);
    const { page, faults, close } = await visit(operationLink(version, tag, id), { viewport: { width, height: 900 } });
    await expect.poll(() => isInView(page, id), slowly).toBe(true);
    await close();
    expect(faults).toEqual([]);
  });

  test('is there before its scripts', async () => {
    const { id } = pick(operations, -1);
    const { page, close } = await visit('/404.html');
    await page.route('**/*.js', () => {});
    await page.goto(server.url + operationLink(version, tag, id), { waitUntil: 'commit' });
    await expect.poll(() => isInView(page, id), slowly).toBe(true);
    await close();
  });
});

describe('The search', () => {
  const open = async (page: Page, words: string) => {
    // The shortcut works as soon as the page has its scripts.
    const isOpen = async () => {
      await page.keyboard.press('Control+k');
      return page.locator('.search-dialog').isVisible();
    };
    await expect.poll(isOpen, slowly).toBe(true);
    await page.getByRole('searchbox').fill(words);
    const results = page.locator('.search-dialog li');
    await results.first().waitFor();
    return results;
  };

  // The words that people use, and the address that has to be among the first results.
  const wanted: { given: string; want: string; within?: number }[] = [
    ...['authentication', 'auth', 'login', 'api key', 'token'].map((given) => ({
      given,
      want: '/guide/credentials.html',
    })),
    ...['pagination', 'paging', 'page size'].map((given) => ({ given, want: '/guide/paging.html' })),
    ...['rate limit', 'throttling', '429'].map((given) => ({ given, want: '/guide/quota.html' })),
    ...['typescript', 'sdk', 'typed client'].map((given) => ({ given, want: '/guide/client.html' })),
    { given: 'retry', want: '/guide/client.html#retries-and-time-limits', within: 2 },
    { given: 'transcript', want: '/guide/programs.html#export-chats' },
    { given: 'parseWebhook', want: '/guide/client.html#webhooks' },
    { given: 'parseDate', want: '/guide/client.html#dates-and-other-values' },
    { given: 'tarball', want: '/guide/first-request.html#the-typed-client' },
    { given: 'require commonjs', want: '/guide/client.html' },
    { given: 'preflight', want: '/guide/mock.html#from-a-page-in-a-browser' },
    { given: 'msw', want: '/guide/testing.html#with-msw', within: 2 },
    { given: 'find my api key', want: '/guide/credentials.html#where-is-the-api-key' },
    ...['timezone', 'time zone', 'utc'].map((given) => ({ given, want: '/guide/wire.html' })),
    ...['swagger', 'openapi', 'download'].map((given) => ({ given, want: '/guide/downloads.html', within: 2 })),
    { given: 'sandbox', want: '/guide/mock.html' },
    { given: 'postman', want: '/guide/downloads.html' },
    { given: 'unit test', want: '/guide/testing.html' },
    { given: 'base url', want: '/guide/hosts.html' },
    { given: 'upgrade', want: '/guide/migration.html' },
    { given: '403', want: '/guide/errors.html#Forbidden', within: 2 },
    { given: 'webhook', want: '/v2/webhooks.html#createWebhook', within: 3 },
    { given: 'Manage Settings', want: '/guide/permissions.html#manage-settings' },
    { given: 'enterprise', want: '/guide/permissions.html#enterprise', within: 2 },
    { given: 'create department', want: '/v2/departments.html#createDepartment' },
    { given: 'listChats', want: '/v2/chats.html#listChats' },
    { given: 'GET /api/v2/livechat/departments', want: '/v2/departments.html#listDepartments', within: 2 },
    { given: 'ent.comm100.com', want: '/guide/hosts.html#retired-domains', within: 3 },
    { given: 'deparment', want: '/v2/departments.html', within: 8 },
  ];

  test('finds what people mean by the words that they use', async () => {
    const { page, faults, close } = await visit('/v2/bans.html');
    const results = await open(page, 'agent');
    expect(await violations(page, ['cat.aria', 'cat.forms', 'cat.name-role-value'])).toEqual([]);
    expect(await violations(page, ['color-contrast'])).toEqual([]);
    const wrong: string[] = [];
    for (const { given, want, within = 1 } of wanted) {
      await page.getByRole('searchbox').fill(given);
      await page.waitForTimeout(20);
      const links = await results.locator('a').evaluateAll((all) => all.map((it) => it.getAttribute('href')));
      if (!links.slice(0, within).includes(want)) wrong.push(`${given}: ${links.slice(0, within + 2)}`);
    }
    await close();
    expect(wrong).toEqual([]);
    expect(faults).toEqual([]);
  });

  test.each(referencePages)(
    'prefers $version where it is read, and goes to an operation by the keyboard',
    async ({ version, path, operations, tag }) => {
      const { id, summary } = pick(operations, -1);
      const { page, faults, close } = await visit(path);
      const results = await open(page, summary);
      const first = await results.first().textContent();
      expect(missing(first ?? '', [summary, `Version ${version.slice(1)}.0`])).toEqual([]);
      expect(first).toContain(pick(operations, -1).path);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${operationLink(version, tag, id)}`);
      expect(await page.locator('.search-dialog').isVisible()).toBe(false);
      await close();
      expect(faults).toEqual([]);
    },
  );

  test('goes to the field that has the words', async () => {
    const { page, faults, close } = await visit('/v2/bans.html');
    const results = await open(page, 'isAutoSendTranscriptToEmail');
    await results.first().click();
    await page.waitForURL('**/v2/schemas-campaign-appearance.html#ChatWindowAdvanced.isAutoSendTranscriptToEmail');
    await expect.poll(() => isInView(page, 'ChatWindowAdvanced.isAutoSendTranscriptToEmail'), slowly).toBe(true);
    await close();
    expect(faults).toEqual([]);
  });

  test('loads its index with the first search, and no page before', async () => {
    const { page, close } = await visit('/v2/bans.html');
    const loaded = () => page.evaluate<string[]>('performance.getEntriesByType("resource").map(({ name }) => name)');
    expect((await loaded()).filter((name) => name.includes('search.data'))).toEqual([]);
    await open(page, 'agent');
    expect((await loaded()).filter((name) => name.includes('search.data'))).toHaveLength(1);
    await close();
  });
});

describe('The list of all operations', () => {
  test('narrows down to the words and the method of the filter', async () => {
    const { path, summary } = pick(documented('v2'), 0);
    const { page, faults, close } = await visit(versionLink('v2'));
    const rows = page.locator('.index-resource li:visible');
    const all = documented('v2').length + Object.keys(at('v2', 'webhooks')).length;
    expect(await rows.count()).toBe(all);
    await page.getByLabel('Filter operations').fill(path);
    await expect.poll(() => rows.count(), slowly).toBeLessThan(all);
    expect(await rows.first().textContent()).toContain(summary);
    await page.getByLabel('Filter operations').fill('');
    await page.getByLabel('Method').selectOption('DELETE');
    const deletes = documented('v2').filter(({ method }) => method === 'DELETE');
    await expect.poll(() => rows.count(), slowly).toBe(deletes.length);
    await page.getByLabel('Filter operations').fill('no such operation');
    await page.getByText('No operation has all of these words.').waitFor();
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The examples of an operation', () => {
  test('are chosen by their names', async () => {
    const { page, faults, close } = await visit('/v2/bans.html#getBan');
    const menu = page.getByLabel('Response to Get a ban', { exact: true });
    await menu.selectOption('Ip');
    const shown = page.locator('[aria-labelledby="getBan"] .example:visible');
    expect(await shown.count()).toBe(1);
    expect(await shown.textContent()).toContain('"type": "ip"');
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The address of a field', () => {
  test('opens the part that it is in', async () => {
    const { page, faults, close } = await visit('/v2/schemas-tokens.html#AgentTokenRequest.refresh_token');
    await page.locator('[id="AgentTokenRequest.refresh_token"]:visible').waitFor();
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The link to the other version', () => {
  test('lands on the counterpart, from either side', async () => {
    const { page, faults, close } = await visit('/v1/visitor-segments.html');
    await page.getByRole('link', { name: 'Visitor segmentations in version 2.0, newer' }).click();
    await page.waitForURL('**/v2/visitor-segmentations.html');
    await page.goto(`${server.url}/v2/chats.html#getChat`, { waitUntil: 'networkidle' });
    await page.locator('[aria-labelledby="getChat"] .facts').getByRole('link', { name: 'Get a chat' }).click();
    await page.waitForURL('**/v1/chats.html#getChat');
    await expect.poll(() => isInView(page, 'getChat'), slowly).toBe(true);
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The language of the samples', () => {
  test('follows the arrow keys, in all samples, and is remembered on the next page', async () => {
    const { page, faults, close } = await visit(pick(referencePages, 0).path);
    const of = (name: string) => page.getByRole('radio', { name, exact: true });
    const shown = () => page.locator('.operation .vp-code-group').last().locator('pre:visible').textContent();
    expect(await shown()).toMatch(/^curl /);
    await of('curl').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await of('JavaScript').last().isChecked()).toBe(true);
    expect(await shown()).toMatch(/await fetch\(/);
    await page.goto(server.url + pick(referencePages, 1).path, { waitUntil: 'networkidle' });
    expect(await of('JavaScript').first().isChecked()).toBe(true);
    expect(await shown()).toMatch(/await fetch\(/);
    // By a link, the page changes without being loaded.
    await page.locator('.sidebar section > ul > li > a:not([aria-current])').last().click();
    await expect.poll(shown).toMatch(/await fetch\(/);
    await page.getByText('Python', { exact: true }).first().click();
    expect(await shown()).toMatch(/requests\./);
    await page.setViewportSize({ width: 1440, height: 900 });
    const cutOff = () =>
      page
        .locator('.operation-samples pre')
        .evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth).length);
    for (const name of ['curl', 'JavaScript', 'TypeScript', 'Python']) {
      await page.getByText(name, { exact: true }).first().click();
      expect(`${await cutOff()} with ${name}`).toBe(`0 with ${name}`);
    }
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The button at a sample', () => {
  test('copies it unchanged', async () => {
    const { page, faults, close } = await visit(pick(referencePages, 0).path, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const sample = page.locator('.operation .vp-code-group .active').first();
    await sample.locator('button.copy').click();
    await sample.locator('button.copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await sample.locator('pre').textContent());
    await close();
    expect(faults).toEqual([]);
  });
});

describe('The theme', () => {
  const isDark = (page: Page) => page.evaluate<boolean>('document.documentElement.classList.contains("dark")');

  test.each(['light', 'dark'] as const)('is %s where the system is, until it is switched', async (colorScheme) => {
    const { page, faults, close } = await visit('/', { colorScheme });
    expect(await isDark(page)).toBe(colorScheme === 'dark');
    await page.locator('.VPNavBarAppearance .VPSwitchAppearance').click();
    expect(await isDark(page)).toBe(colorScheme === 'light');
    await page.goto(server.url + pick(referencePages, 0).path, { waitUntil: 'networkidle' });
    expect(await isDark(page)).toBe(colorScheme === 'light');
    await close();
    expect(faults).toEqual([]);
  });

  // The build leaves out the styles that nothing uses. What opens is not in the HTML of a page.
  test('has the styles of what opens on a narrow screen', async () => {
    const { page, faults, close } = await visit('/guide/client.html', {
      viewport: { width: 390, height: 800 },
      reducedMotion: 'reduce',
    });
    const styleOf = (selector: string, name: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${name}`);
    await page.locator('.VPNavBarHamburger').click();
    expect(await styleOf('.VPNavScreen', 'position')).toBe('fixed');
    expect(await styleOf('.VPNavBarHamburger .middle', 'transform')).not.toBe('none');
    await page.locator('.VPNavBarHamburger').click();
    await page.locator('.VPLocalNavOutlineDropdown button').click();
    await page.locator('.VPLocalNavOutlineDropdown .items').waitFor();
    expect(await styleOf('.VPLocalNavOutlineDropdown .items', 'position')).toBe('absolute');
    await page.keyboard.press('Escape');
    await page.locator('.VPLocalNav .menu').click();
    await expect.poll(() => styleOf('.VPSidebar', 'opacity'), slowly).toBe('1');
    expect(await styleOf('.VPSidebar .level-1 .text', 'fontWeight')).toBe('500');
    expect(await styleOf('.VPBackdrop', 'position')).toBe('fixed');
    await page.setViewportSize({ width: 800, height: 800 });
    expect(await styleOf('.VPNavBarExtra .menu', 'position')).toBe('absolute');
    await close();
    expect(faults).toEqual([]);
  });
});

describe('Every kind of page', () => {
  test.each(allKinds)(
    '%s has its headings in order, is readable in both themes and fits a narrow screen',
    async (path) => {
      const { page, faults, close } = await visit(path, { colorScheme: 'light' });
      const headings = page.locator('main').locator('h1, h2, h3, h4, h5, h6');
      const levels = await headings.evaluateAll((all) => all.map((heading) => Number(heading.tagName[1])));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);

      // A form and a response are part of a page once an operation is tried.
      const tryIt = page.getByRole('button', { name: /^Try it/ }).first();
      if ((await tryIt.count()) > 0) {
        await tryIt.click();
        await sendForm(page.getByRole('form', { name: /^Try it/ }));
      }
      await unfold(page);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html.dark').waitFor();
      expect(await violations(page, ['color-contrast'])).toEqual([]);

      await page.setViewportSize({ width: 375, height: 800 });
      expect(await page.evaluate<string[]>(`(${tooWide})()`)).toEqual([]);
      await close();
      expect(faults).toEqual([]);
    },
  );
});

/** In the page: the elements that reach beyond the right edge, unless they are in something that scrolls. */
const tooWide = `() => {
  const scrolls = (element) => {
    for (let it = element.parentElement; it; it = it.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(it).overflowX)) return true;
    }
    return false;
  };
  const wide = [...document.querySelectorAll('main *')].filter((element) => {
    const { right, width } = element.getBoundingClientRect();
    return width > 0 && right > innerWidth + 1 && !scrolls(element) && getComputedStyle(element).position !== 'absolute';
  });
  const page = document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : [];
  return [...page, ...wide.map((element) => element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40))];
}`;
