import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serveDocs } from '../src/serve.ts';

const directory = mkdtempSync(join(tmpdir(), 'docs-site-'));
mkdirSync(join(directory, 'guide'));
writeFileSync(join(directory, 'index.html'), '<h1>Start</h1>');
writeFileSync(join(directory, '404.html'), '<h1>Nothing here</h1>');
writeFileSync(join(directory, 'guide', 'one.html'), '<h1>One</h1>');
writeFileSync(join(directory, 'app.js'), 'export {}');
afterAll(() => rmSync(directory, { recursive: true }));

test('serves pages and files with their types, and its own page for the rest', async () => {
  const server = await serveDocs({ port: 0, directory });
  const seen = await Promise.all(
    ['/', '/guide/one.html', '/guide/one', '/app.js', '/nothing', '/..%2f..%2fetc/passwd'].map(async (path) => {
      const response = await fetch(server.url + path);
      const type = response.headers.get('content-type')?.split(';')[0];
      return { path, status: response.status, type, text: await response.text() };
    }),
  );
  await server.close();
  expect(seen).toEqual([
    { path: '/', status: 200, type: 'text/html', text: '<h1>Start</h1>' },
    { path: '/guide/one.html', status: 200, type: 'text/html', text: '<h1>One</h1>' },
    { path: '/guide/one', status: 200, type: 'text/html', text: '<h1>One</h1>' },
    { path: '/app.js', status: 200, type: 'text/javascript', text: 'export {}' },
    { path: '/nothing', status: 404, type: 'text/html', text: '<h1>Nothing here</h1>' },
    { path: '/..%2f..%2fetc/passwd', status: 404, type: 'text/html', text: '<h1>Nothing here</h1>' },
  ]);
});

test('names the port that is in use', async () => {
  const first = await serveDocs({ port: 0, directory });
  const port = Number(new URL(first.url).port);
  await expect(serveDocs({ port, directory })).rejects.toThrow(
    `The documentation site cannot listen on 127.0.0.1:${port}: the port ${port} is in use.`,
  );
  await first.close();
});

test('reports that the site is not built, and what to do', async () => {
  await expect(serveDocs({ port: 0, directory: join(directory, 'guide') })).rejects.toThrow(
    'Build it first: npm run build.',
  );
});

test('closes, so that the port is free again', async () => {
  const first = await serveDocs({ port: 0, directory });
  await fetch(first.url);
  await first.close();
  const again = await serveDocs({ port: Number(new URL(first.url).port), directory });
  expect(again.url).toBe(first.url);
  await again.close();
});
