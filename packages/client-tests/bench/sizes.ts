import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { type Client, readDepartment, writeProgram } from './clients.ts';

/** A program as a page would load it: one file, minified, which makes the call or exports a function that does. */
export async function bundled(folder: string, client: Client, { all = false, exports = false } = {}): Promise<string> {
  const setup = (all && client.setupOfAll) || client.setup;
  const call = client.call(readDepartment);
  const use = exports ? `export const call = () => ${call};` : `console.log(await ${call});`;
  const entry = writeProgram(folder, 'size.ts', `${setup}\n${use}\n`);
  const output = (await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  })) as Rollup.RollupOutput;
  return output.output[0].code;
}

/** The size of a program in bytes, compressed. */
export const sizeOf = async (folder: string, client: Client, all = false): Promise<number> =>
  gzipSync(await bundled(folder, client, { all })).length;
