import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const spec = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{v1,v2,common}/**/*.yaml', { cwd: spec }).map(normalize);

/** What the lint rules read. */
const lists = ['common/editions.yaml', 'common/permissions.yaml'].map(normalize);

// A file that nothing refers to never comes into a bundle, so no other check sees it.
it('every file of the description is referred to', () => {
  const used = new Set(files.flatMap(referencesIn));
  const spare = files.filter((file) => !used.has(file) && !file.endsWith('openapi.yaml') && !lists.includes(file));
  expect(files.length).toBeGreaterThan(0);
  expect(spare.map((file) => `spec/${file}: no file refers to it; use it or take it out`)).toEqual([]);
});

function referencesIn(file: string): string[] {
  const text = readFileSync(join(spec, file), 'utf8');
  return [...text.matchAll(/\$ref['"]?:\s*['"]?([^\s'",}#]+)/g)].map(([, target = '']) =>
    normalize(join(dirname(file), target)),
  );
}
