import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

/** The suite with the clients as one script, as a program that uses them would be built. It sets the global `suite`. */
export async function bundleSuite(): Promise<string> {
  const [output] = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('suite.ts', import.meta.url)), name: 'suite', formats: ['iife'] },
    },
  })) as Rollup.RollupOutput[];
  const code = output?.output[0].code;
  if (!code) throw new Error('The suite could not be bundled.');
  return code;
}
