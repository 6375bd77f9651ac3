import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { isCollection } from '../rules/lib/nodes.ts';

const spec = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{v1,v2,common}/**/*.yaml', { cwd: spec }).map(normalize);

/** What the lint rules read. */
const lists = ['common/editions.yaml', 'common/permissions.yaml'].map(normalize);

// A file that nothing refers to is never in a bundle, so no other check sees it.
it('every file of the description, and every part of a shared file, is referred to', () => {
  const used = new Set(files.flatMap(referencesIn));
  const roots = files.filter((file) => file.endsWith('openapi.yaml'));
  const spare = files
    .filter((file) => !roots.includes(file) && !lists.includes(file))
    .flatMap(componentsIn)
    .filter((component) => !used.has(component));
  expect(files.length).toBeGreaterThan(0);
  expect(spare.map((component) => `spec/${component}: no file refers to it; use it or remove it`)).toEqual([]);
});

/** A file is a component, but for those that hold several, each under its name. */
function componentsIn(file: string): string[] {
  if (!isCollection(file)) return [file];
  return Object.keys(parse(readFileSync(join(spec, file), 'utf8'))).map((name) => `${file}#/${name}`);
}

function referencesIn(file: string): string[] {
  const text = readFileSync(join(spec, file), 'utf8');
  return [...text.matchAll(/\$ref['"]?:\s*['"]?([^\s'",}]+)/g)].map(([, target = '']) =>
    // `#/Name` points into the file itself.
    target.startsWith('#') ? file + target : normalize(join(dirname(file), target)),
  );
}
