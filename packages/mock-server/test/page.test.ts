// The page of the mock in a real browser. Chromium comes with an npm package, so nothing has to be installed.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadDemo, type Mock, startMock } from '../src/index.ts';

const demo = loadDemo();
const [admin] = demo.company.agents;
const authorization = `Basic ${btoa(`${admin?.email}:${admin?.apiKey}`)}`;
const departments = '/api/v2/livechat/departments';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let browser: Browser;
let mock: Mock;
let page: Page;
/** What went wrong on the page, and what it asked of anyone but the mock. */
let faults: string[];

beforeAll(async () => {
  browser = await engine.launch({
    executablePath: await chromium.executablePath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  faults = [];
  mock = await startMock(demo, { port: 0 });
});
afterEach(async () => {
  await page.context().close();
  await mock.close();
  expect(faults).toEqual([]);
});

async function visit(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  page = await context.newPage();
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== mock.url) faults.push(`requested ${request.url()}`);
  });
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`));
  await page.goto(mock.url);
  await page.getByRole('heading', { level: 1, name: 'Larkspur Outdoor' }).waitFor();
}

/** A request of somebody else to the mock. */
function use(path: string, headers: Record<string, string> = {}): Promise<number> {
  return fetch(mock.url + path, { headers: { authorization, ...headers } }).then(({ status }) => status);
}

const status = () => page.getByRole('status').first();
const entries = () => page.getByRole('list', { name: 'Requests' }).getByRole('listitem');

describe('GET / is', () => {
  test.each([
    {
      name: 'a page for a browser',
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      want: [200, 'text/html; charset=utf-8'],
    },
    { name: 'an error in JSON for a client', accept: 'application/json', want: [404, 'application/json'] },
    { name: 'the same for a program that takes all', accept: '*/*', want: [404, 'application/json'] },
  ])('$name', async ({ accept, want }) => {
    await visit();
    const { status, headers } = await fetch(mock.url, { headers: { accept } });
    expect([status, headers.get('content-type')]).toEqual(want);
  });

  test('under a policy that forbids what is not of the mock', async () => {
    await visit();
    const { headers } = await fetch(mock.url, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/);
    const violated = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
          const script = document.createElement('script');
          script.text = 'document.title = "evaluated"';
          document.head.append(script);
        }),
    );
    expect(await violated).toMatch(/^script-src/);
    expect(await page.title()).toBe('Larkspur Outdoor – Comm100 mock');
    expect(faults).toHaveLength(1);
    faults = [];
  });
});

describe('the requests', () => {
  test('come by themselves, with what was wrong and where that is documented', async () => {
    await visit();
    await page.getByText('None yet.').waitFor();
    await use(departments);
    await use(`${departments}/x?<b>=1`);
    await expect.poll(() => entries().count(), { timeout: 10_000 }).toBe(2);
    expect(await entries().first().textContent()).toMatch(/^400GET.*departments\/x.*'id' must be a whole number/);
    const link = entries().first().getByRole('link');
    expect(await link.textContent()).toBe('Documented: Get a single department');
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/.*#get-a-single-department$/);
    await page.getByLabel('Only those with something wrong').check();
    expect(await entries().count()).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('None yet.').waitFor();
    expect(mock.sandbox.requests).toEqual([]);
  });

  test('are shown in part where there are many', async () => {
    for (let count = 0; count < 32; count++) await use(departments);
    await visit();
    const shown = () => page.locator('#request-list li:visible').count();
    await expect.poll(shown).toBe(20);
    expect(await page.getByRole('button', { name: /^Show all/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Show all 32' }).click();
    expect(await shown()).toBe(32);
    expect(await page.getByRole('button', { name: /^Show all/ }).count()).toBe(0);
  });

  test('that stay keep the focus when others come', async () => {
    await visit();
    await use(`${departments}/x`);
    const link = entries().getByRole('link');
    await link.focus();
    await use(departments);
    await expect.poll(() => entries().count(), { timeout: 10_000 }).toBe(2);
    expect(await link.evaluate((it) => it === document.activeElement)).toBe(true);
  });
});

test('the company changes before the eyes of who looks', async () => {
  await visit();
  const agents = page.getByRole('region', { name: 'Agents' });
  await agents.getByText('1 of 3 online').waitFor();
  const tom = agents.getByRole('listitem').filter({ hasText: 'Tom' });
  expect(await tom.textContent()).toBe('Tomaway');
  const chart = page.getByRole('region', { name: 'Chats' }).getByRole('img');
  const before = await chart.getAttribute('aria-label');
  expect(before).toMatch(/^Chats by the hour in which they began\. .*09:00 \d+/);
  const json = { authorization, 'content-type': 'application/json' };
  await fetch(`${mock.url}/api/v2/livechat/agents/2`, { method: 'PUT', headers: json, body: '{"status":"online"}' });
  await agents.getByText('2 of 3 online').waitFor();
  expect(await tom.textContent()).toBe('Tomonline');
  expect(await page.getByRole('region', { name: 'Changes' }).getByRole('listitem').allTextContents()).toContain(
    'agents 1',
  );
  mock.sandbox.clock.set(Date.UTC(2025, 2, 8));
  await expect.poll(() => chart.getAttribute('aria-label'), { timeout: 10_000 }).toMatch(/\. None\.$/);
});

test('calls of webhooks are listed, and repeated by a button with room for its text', async () => {
  await mock.close();
  const sendWebhook = async () => 503;
  mock = await startMock({ ...demo, isLive: true, sendWebhook }, { port: 0 });
  mock.sandbox.clock.set(mock.sandbox.clock.now() + 7_200_000);
  await use(departments);
  await visit({ viewport: { width: 390, height: 800 } });
  const calls = page.getByRole('region', { name: 'Webhook calls' }).getByRole('listitem');
  await calls.first().getByText('The status 503 is not a success.').waitFor();
  const sent = mock.sandbox.deliveries.list().length;
  await calls.first().getByRole('button').click();
  await expect.poll(() => status().textContent()).toMatch(/^Delivery \d+ is sent again\.$/);
  expect(mock.sandbox.deliveries.list().length).toBeGreaterThan(sent);
  // Text that needs more room than its element has covers what is beside it.
  const cramped = await calls.evaluateAll(
    (items) =>
      items.flatMap(({ children }) => [...children].filter((each) => each.scrollWidth > each.clientWidth + 1)).length,
  );
  expect(cramped).toBe(0);
});

describe('the controls', () => {
  test('set the clock, let it run and stand', async () => {
    await visit();
    await page.getByLabel('Time in UTC').fill('2025-03-08T06:07:08');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect.poll(() => page.locator('#now').getAttribute('datetime')).toBe('2025-03-08T06:07:08.000Z');
    expect(mock.sandbox.clock.now()).toBe(Date.UTC(2025, 2, 8, 6, 7, 8));
    await page.getByRole('button', { name: '+1 hour' }).click();
    await expect.poll(() => mock.sandbox.clock.now()).toBe(Date.UTC(2025, 2, 8, 7, 7, 8));
    await expect.poll(() => page.getByLabel('Time in UTC').inputValue()).toBe('2025-03-08T07:07:08');
    const run = page.getByRole('button', { name: 'Run', pressed: false });
    await run.click();
    await expect.poll(() => mock.sandbox.clock.isRunning).toBe(true);
    await page.getByRole('button', { name: 'Run', pressed: true }).click();
    await expect.poll(() => mock.sandbox.clock.isRunning).toBe(false);
    await expect.poll(() => status().textContent()).toBe('The clock stands.');
  });

  test('switch faults on and off, and keep those that were set otherwise', async () => {
    mock.sandbox.faults.set(['status=500@0.25', 'status=502@0.125']);
    await visit();
    expect(await page.getByLabel('Error status: status').first().inputValue()).toBe('500');
    expect(await page.getByLabel('Error status: percent of the requests').last().inputValue()).toBe('12.5');
    await page.getByLabel('Quota used up', { exact: true }).check();
    await expect.poll(() => mock.sandbox.faults.list).toEqual(['status=500@0.25', 'status=502@0.125', 'quota']);
    await page.getByLabel('Error status: percent of the requests').first().fill('0');
    await page.keyboard.press('Tab');
    await expect.poll(() => mock.sandbox.faults.list).toEqual(['status=500@0', 'status=502@0.125', 'quota']);
    await page.getByLabel('Delay: milliseconds').fill('99999999');
    await page.getByLabel('Delay', { exact: true }).check();
    await expect.poll(() => status().textContent()).toMatch(/^The fault 'delay=99999999' needs a whole number/);
    expect(mock.sandbox.faults.list).toEqual(['status=500@0', 'status=502@0.125', 'quota']);
    // The browser reports the request that was rejected.
    expect(faults).toEqual([expect.stringMatching(/400/)]);
    faults = [];
    // What was rejected is not shown for long.
    await page.getByLabel('Delay', { exact: true }).blur();
    await expect.poll(() => page.getByLabel('Delay', { exact: true }).isChecked(), { timeout: 10_000 }).toBe(false);
  });

  test('follow faults that others set, but not while a person writes', async () => {
    await visit();
    const delay = page.getByLabel('Delay: milliseconds');
    await delay.fill('123');
    mock.sandbox.faults.set(['delay=55']);
    await use('/api/v2/nothing');
    await expect.poll(() => entries().count(), { timeout: 10_000 }).toBe(1);
    expect(await delay.inputValue()).toBe('123');
    await delay.blur();
    await expect.poll(() => delay.inputValue(), { timeout: 10_000 }).toBe('55');
  });

  test('reset, which can be undone', async () => {
    await visit();
    mock.sandbox.faults.set(['quota']);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => status().textContent()).toMatch(/^All is as at the start\./);
    expect(mock.sandbox.faults.list).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => mock.sandbox.faults.list).toEqual(['quota']);
  });

  test('save a snapshot and restore it, and name what is wrong with another file', async () => {
    await visit();
    mock.sandbox.clock.set(Date.UTC(2025, 2, 9));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save a snapshot' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('snapshot.json');
    const saved = readFileSync(await download.path());
    mock.sandbox.reset();
    const choose = (buffer: Buffer) =>
      page.getByLabel('Restore one').setInputFiles({ name: 'saved.json', mimeType: 'application/json', buffer });
    await choose(Buffer.from('{"format": 1}'));
    await expect.poll(() => status().textContent()).toMatch(/^'format' of the snapshot must be/);
    await choose(saved);
    await expect.poll(() => mock.sandbox.clock.now()).toBe(Date.UTC(2025, 2, 9));
    expect(faults).toEqual([expect.stringMatching(/400/)]);
    faults = [];
  });

  test('show another world, and drop it', async () => {
    await use(`${departments}/x`, { 'comm100-mock-world': 'a test/1' });
    await visit();
    expect(await entries().count()).toBe(0);
    await page.getByLabel('World', { exact: true }).selectOption('a test/1');
    await expect.poll(() => entries().count()).toBe(1);
    await page.reload();
    await expect.poll(() => entries().count()).toBe(1);
    await page.getByRole('button', { name: 'Drop the world a test/1' }).click();
    await expect.poll(() => entries().count()).toBe(0);
    expect(mock.sandbox.worlds).toEqual([]);
    expect(new URL(page.url()).hash).toBe('');
  });

  test('go back to the main world when another is dropped', async () => {
    await use(departments, { 'comm100-mock-world': 'one' });
    await visit();
    await page.getByLabel('World', { exact: true }).selectOption('one');
    await expect.poll(() => entries().count()).toBe(1);
    mock.sandbox.world('one').drop();
    await expect.poll(() => status().textContent(), { timeout: 10_000 }).toMatch(/^The world 'one' was dropped\./);
    await expect.poll(() => page.getByLabel('World', { exact: true }).inputValue()).toBe('');
  });

  test('work by keyboard alone', async () => {
    await visit();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the requests');
    const reached = new Set<string>();
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.id || document.activeElement?.ariaLabel || ''));
    }
    expect([...reached]).toEqual(
      expect.arrayContaining(['world', 'reset', 'clear', 'time', 'run', 'save', 'restore', 'Delay: milliseconds']),
    );
    await page.locator('#run').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => mock.sandbox.clock.isRunning).toBe(true);
  });
});

test('a mock that is gone is reported, and one that is back is shown', async () => {
  await visit();
  await page.route('**/__mock/**', (route) => route.abort());
  await expect
    .poll(() => status().textContent(), { timeout: 10_000 })
    .toBe('The mock does not respond. The page tries again.');
  await page.unroute('**/__mock/**');
  await expect.poll(() => status().textContent(), { timeout: 10_000 }).toBe('');
  expect(faults.every((fault) => /ERR_FAILED/.test(fault))).toBe(true);
  faults = [];
});

test('a page that is hidden asks nothing', async () => {
  await visit();
  let asked = 0;
  page.on('request', () => asked++);
  // It is hidden while it waits for a response.
  await page.route('**/__mock/state', (route) => setTimeout(() => route.continue(), 500));
  await page.waitForRequest('**/__mock/state');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForTimeout(1000);
  asked = 0;
  await page.waitForTimeout(3000);
  expect(asked).toBe(0);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => asked).toBeGreaterThan(0);
});

describe('the page is readable', () => {
  test.each([
    { colorScheme: 'light', width: 1440 },
    { colorScheme: 'dark', width: 1440 },
    { colorScheme: 'light', width: 390 },
    { colorScheme: 'dark', width: 390 },
  ] as const)('in $colorScheme at $width', async ({ colorScheme, width }) => {
    await use(departments);
    await use(`${departments}/${'x'.repeat(300)}`);
    await use(`${departments}?Colour=red`, { 'comm100-mock-fault': 'delay=1' });
    await use(departments, { 'comm100-mock-world': 'w'.repeat(100) });
    await visit({ colorScheme, viewport: { width, height: 800 } });
    await expect.poll(() => entries().count()).toBe(3);
    await page.getByRole('button', { name: 'Reset' }).focus();
    faults = [];
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const violations = await page.evaluate(
      `${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`,
    );
    expect(violations).toEqual([]);
  });
});
