// Builds the page and its service worker, serves them with a policy that forbids evaluation, and opens them.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as engine } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const policy = "default-src 'self'; img-src data:";
const files = new Map<string, { type: string; body: string }>();
let server: Server;

async function bundle(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const [output] = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['es'], fileName: name } },
  })) as Rollup.RollupOutput[];
  return output?.output[0].code ?? '';
}

beforeAll(async () => {
  for (const name of ['page', 'service-worker']) {
    files.set(`/${name}.js`, { type: 'text/javascript', body: await bundle(name) });
  }
  files.set('/', { type: 'text/html', body: readFileSync(new URL('index.html', import.meta.url), 'utf8') });
  for (const file of ['comm100-v1', 'comm100-v2', 'demo-company', 'demo-week', 'migration']) {
    const name = file.replace('comm100-', '');
    const body = readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${name}.json`)), 'utf8');
    files.set(`/${file}.json`, { type: 'application/json', body });
  }
  server = createServer(({ url = '/' }, response) => {
    const file = files.get(url);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type, 'content-security-policy': policy });
    response.end(file?.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(() => server?.close());

test('the mock responds in a page and in a service worker, with no evaluation of text', async () => {
  const browser = await engine.launch({
    executablePath: await chromium.executablePath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => page.locator('#worker').textContent(), { timeout: 20_000 }).toBe('Support');
  expect(await page.locator('#client').textContent()).toBe('Support, Sales, Billing');
  expect(await page.locator('#chats').textContent()).toBe('10');
  expect(await page.locator('#error').textContent()).toContain('ConfigurationError: Everyone can read an API key');
  expect(faults).toEqual([]);
  // The policy does what it says.
  await expect(
    page.evaluate(
      () =>
        new Promise((_, fail) => {
          addEventListener('securitypolicyviolation', (event) => fail(new Error(event.violatedDirective)));
          const script = document.createElement('script');
          script.text = 'eval(1)';
          document.head.append(script);
        }),
    ),
  ).rejects.toThrow(/script-src/);
  await browser.close();
}, 90_000);
