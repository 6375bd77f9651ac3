/** The form that sends an operation, beyond what `hosting.test.ts` does with it wherever the site is hosted. */
import { loadDemo, type Mock, startMock } from '@comm100-openapi/mock-server';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOfAddress } from '../.vitepress/theme/try/address.ts';
import { tagLink } from '../src/html/links.ts';
import { type DocsServer, serveDocs } from '../src/serve.ts';
import { closeBrowser, openPage } from './browser.ts';
import { documented, versions } from './expected.ts';
import { choose, openForm, sendForm } from './try-it.ts';

let server: DocsServer;
let mock: Mock;

beforeAll(async () => {
  server = await serveDocs({ port: 0 });
  const { bundles, company, migration, facts } = loadDemo();
  mock = await startMock({ bundles, company, migration, facts }, { port: 0 });
});
afterAll(async () => {
  await closeBrowser();
  await server?.close();
  await mock?.close();
});

const visit = async (path: string) => {
  const opened = await openPage(server.url, path);
  opened.page.setDefaultTimeout(8000);
  return opened;
};

describe.each(versions)('The operations of version %s', (version) => {
  // Those with a token first, with a body of a form, and with many parameters.
  const tags = { v1: ['Canned messages', 'Departments'], v2: ['Partner sites', 'Tokens', 'Chats'] }[version];

  test.each(tags)('of "%s" get 200 with what the form begins with', async (tag) => {
    const { page, faults, close } = await visit(tagLink(version, tag));
    const operations = documented(version).filter((operation) => operation.tag === tag);
    // What deletes goes last, so that the others find what they read.
    const ordered = operations.toSorted(
      (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
    );
    const got: string[] = [];
    for (const { id } of ordered) {
      const form = await openForm(page, id);
      got.push(`${id}: ${(await sendForm(form)).status}`);
      await form
        .getByRole('button', { name: 'Reset the sandbox' })
        .click({ timeout: 200 })
        .catch(() => {});
    }
    expect(got).toEqual(ordered.map(({ id }) => `${id}: 200 OK`));
    await close();
    expect(faults).toEqual([]);
  });
});

test('The form works by keyboard, says what happens to a screen reader, and returns where it was opened', async () => {
  const { page, faults, close } = await visit('/v2/departments.html');
  const button = page.locator('[data-try="v2/getDepartment"]');
  await button.focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('form');
  await form.waitFor();
  expect(await focused(page)).toBe('Send to');
  await form.getByLabel('id', { exact: true }).fill('2');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => form.getByRole('status').textContent()).toMatch(/^200 OK/);
  expect(await form.locator('.try-response').textContent()).toContain('"Sales"');
  await form.getByLabel('id', { exact: true }).fill('');
  await page.keyboard.press('Enter');
  expect(await form.getByRole('alert').textContent()).toBe('The path needs a value for id.');
  await page.keyboard.press('Escape');
  expect(await form.count()).toBe(0);
  expect(await button.getAttribute('aria-expanded')).toBe('false');
  expect(await page.evaluate('document.activeElement.dataset.try')).toBe('v2/getDepartment');
  await close();
  expect(faults).toEqual([]);
});

const focused = (page: Page) => page.evaluate('document.activeElement.labels[0].textContent');

test('A request goes to a mock at an address, and never to the service', async () => {
  const { page, faults, close } = await visit('/v2/departments.html');
  const form = await openForm(page, 'listDepartments');
  await choose(form, 'Send to', /address/);
  const address = form.getByLabel('Address', { exact: true });
  await address.fill(mock.url);
  expect((await sendForm(form)).text).toContain('"Support"');
  const command = await form.locator('.try-details pre').first().textContent();
  expect(command).toContain(`${mock.url}/api/v2/livechat/departments`);
  expect(faults).toEqual([`requested ${mock.url}/api/v2/livechat/departments`]);

  // Kept for other pages; whoever types a wrong address is told so before anything is sent.
  await page.goto(`${server.url}/v1/departments.html`);
  const other = await openForm(page, 'listDepartments');
  expect(await other.getByLabel('Address', { exact: true }).inputValue()).toBe(mock.url);
  await other.getByLabel('Address', { exact: true }).fill('https://hosted.comm100.com');
  expect(await other.textContent()).toContain('This is the real service.');
  expect(await other.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  await other.getByLabel('Address', { exact: true }).fill('https://elsewhere.example');
  expect(await other.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  await other.getByRole('checkbox', { name: 'Send them there' }).check();
  expect(await other.getByRole('button', { name: 'Send' }).isDisabled()).toBe(false);
  await other.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9');
  await other.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => other.getByRole('alert').textContent()).toContain('No response from http://127.0.0.1:9.');
  await close();
});

test.each([
  { given: 'http://127.0.0.1:4010', want: 'here' },
  { given: 'http://localhost:4010/base', want: 'here' },
  { given: 'http://[::1]:4010', want: 'here' },
  { given: 'https://hosted.comm100.com', want: 'service' },
  { given: 'https://new.comm100.com', want: 'service' },
  { given: 'https://hosted.comm100.com.example', want: 'elsewhere' },
  { given: 'http://192.168.1.5:4010', want: 'elsewhere' },
  { given: 'http://127.0.0.1.example', want: 'elsewhere' },
  { given: '127.0.0.1:4010', want: 'wrong' },
  { given: 'http://maya:key@127.0.0.1:4010', want: 'wrong' },
  { given: 'javascript:alert(1)', want: 'wrong' },
  { given: '', want: 'wrong' },
])('The address "$given" is $want', ({ given, want }) => {
  expect(kindOfAddress(given, ['hosted.comm100.com'])).toBe(want);
});

test('What another tab changes is there, and a state that cannot be read is forgotten', async () => {
  const { page, faults, close } = await visit('/v2/departments.html');
  const create = await openForm(page, 'createDepartment');
  const other = await page.context().newPage();
  await other.goto(`${server.url}/v2/departments.html`);
  const list = await openForm(other, 'listDepartments');
  expect((await sendForm(list)).text).not.toContain('"Returns"');
  expect((await sendForm(create)).status).toBe('200 OK');
  expect((await sendForm(list)).text).toContain('"Returns"');
  await other.evaluate(
    `for (const key of Object.keys(localStorage)) if (key.includes('sandbox')) localStorage.setItem(key, '{"format":"old"}')`,
  );
  const { status, text } = await sendForm(list);
  expect(status).toBe('200 OK');
  expect(text).not.toContain('"Returns"');
  await close();
  expect(faults).toEqual([]);
});
