import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sourcesOf, watchFiles } from '../src/watch.ts';

/** A project whose build copies a file of a folder called reports to `dist`, and fails where that is empty. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'common', 'reports'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  const source = join(folder, 'common', 'reports', 'item.yaml');
  const build = `
    import { readFileSync, writeFileSync } from 'node:fs';
    const text = readFileSync('common/reports/item.yaml', 'utf8');
    if (text === '') throw new Error('item.yaml is empty');
    writeFileSync('dist/v2.json', text);`;
  writeFileSync(join(folder, 'build.ts'), build);
  writeFileSync(source, 'one');
  return { folder, source, bundle: pathToFileURL(join(folder, 'dist', 'v2.json')).href };
}

test('a file deep in the sources is built once, what the build writes is no source, and a failure is reported', async () => {
  const { source, bundle, folder } = project();
  const events: string[] = [];
  const stop = watchFiles(
    sourcesOf([bundle, bundle]),
    () => events.push('built'),
    (error) => events.push(error ? `failed: ${/item\.yaml is empty/.exec(error.message)}` : 'done'),
  );
  onTestFinished(stop);
  writeFileSync(source, 'two');
  writeFileSync(source, 'three');
  await expect.poll(() => events, { timeout: 10_000 }).toEqual(['built', 'done']);
  writeFileSync(source, '');
  await expect.poll(() => events, { timeout: 10_000 }).toEqual(['built', 'done', 'failed: item.yaml is empty']);
  writeFileSync(join(folder, 'dist', 'v2.json'), 'by hand');
  writeFileSync(source, 'four');
  await expect.poll(() => events.slice(3), { timeout: 10_000 }).toEqual(['built', 'done']);
  // Several times as long as it waits before a build: nothing else counts as a change.
  await setTimeout(500);
  expect(events).toHaveLength(5);
});

test('nothing to watch is an error that says what to do', () => {
  const bundle = pathToFileURL(join(tmpdir(), 'nowhere', 'dist', 'v2.json')).href;
  expect(() => sourcesOf([bundle])).toThrow(/--watch finds no sources .* --v1 and --v2/);
  expect(sourcesOf([bundle, '/a/v1.json'])).toEqual([{ path: '/a/v1.json' }]);
});
