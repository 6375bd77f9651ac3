import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The project is checked with TypeScript 7; people who use the clients may still have 5.

const require = createRequire(import.meta.url);

test('the clients type-check in a project with TypeScript 5 that checks its libraries too', () => {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const project = fileURLToPath(new URL('../consumer/tsconfig.json', import.meta.url));
  const run = () => execFileSync(process.execPath, [tsc, '--project', project], { encoding: 'utf8', stdio: 'pipe' });
  expect(run).not.toThrow();
  expect(require('typescript/package.json').version).toMatch(/^5\./);
});
