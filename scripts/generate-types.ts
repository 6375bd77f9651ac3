#!/usr/bin/env node
/**
 * Writes the TypeScript types of a bundled OpenAPI document.
 *
 *     generate-types BUNDLE.json OUTPUT.gen.ts
 *
 * @see https://openapi-ts.dev/node
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const [bundle, output] = process.argv.slice(2);
if (!bundle || !output) {
  console.error('generate-types: give the bundle and the file to write: generate-types BUNDLE.json OUTPUT.gen.ts');
  process.exit(2);
}

const document = JSON.parse(await readFile(resolve(bundle), 'utf8'));
const types = await openapiTS(document, { alphabetize: false, defaultNonNullable: false });
const banner = `// Derived from ${document.info.title} ${document.info.version}. Do not edit: change spec/ and run \`npm run build\`.\n\n`;
await mkdir(dirname(resolve(output)), { recursive: true });
await writeFile(resolve(output), banner + astToString(types));
