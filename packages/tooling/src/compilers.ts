import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const folderOf = (from: string) => dirname(createRequire(from).resolve('typescript/package.json'));

/** The folder of TypeScript 5, which has the JavaScript API and the server for editors, and of TypeScript 7. */
export const compilers = {
  '5.9': folderOf(import.meta.url),
  '7': folderOf(new URL('../../package.json', import.meta.url).href),
};
