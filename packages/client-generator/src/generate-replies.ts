#!/usr/bin/env node
/**
 * Writes `replies.gen.ts`, what a test can have each operation of both versions respond with:
 *
 *     generate-replies V1.json V2.json DIRECTORY
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { operationsOf } from '@comm100-openapi/description';
import { readDocument } from '@comm100-openapi/description/files';
import { repliesOf } from './replies.ts';

const [v1, v2, directory] = process.argv.slice(2);
try {
  if (!v1 || !v2 || !directory) throw new Error('give the two bundles and the folder to write to.');
  const versions = Object.entries({ V1: v1, V2: v2 }).map(([suffix, path]) => {
    const operations = operationsOf(readDocument(resolve(path))).filter(({ isWebhook }) => !isWebhook);
    return repliesOf({ suffix, operations });
  });
  const banner = '// Derived from both descriptions. Do not edit: change spec/ and run `npm run build`.\n\n';
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'replies.gen.ts'), banner + versions.join('\n'));
} catch (error) {
  console.error(`generate-replies: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
