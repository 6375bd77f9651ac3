import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// What a page, a worker or an edge function offers, and no more: no modules of Node, no globals of Node, and no text
// that is evaluated as code.
test('the built mock runs where there is neither Node nor eval', () => {
  const program = fileURLToPath(new URL('anywhere.program.mjs', import.meta.url));
  const flags = ['--experimental-vm-modules', '--experimental-import-meta-resolve', '--no-warnings'];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([
    { status: 200, answer: 'state' },
    { status: 200, answer: 'made-up' },
    { status: 400, answer: 'made-up' },
    { status: 200, answer: 'example' },
    { status: 200, answer: 'state' },
  ]);
});
