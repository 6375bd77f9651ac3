import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

// What a client adds to a program: minified and compressed, as a page would load it. A change that makes a client
// larger than this needs a reason.
const settings = `{ auth: { type: 'basic', email: 'a', apiKey: 'b' } }`;
const programs = [
  {
    name: 'one call by path',
    code: `import { createPathClient } from '@comm100-openapi/client-v2';
      console.log(await createPathClient(${settings}).get('/api/v2/livechat/departments'));`,
    most: 6800,
  },
  {
    name: 'all of version 2.0 by name',
    code: `import { createClient } from '@comm100-openapi/client-v2';
      console.log(await createClient(${settings}).departments.list());`,
    most: 9000,
  },
];

test.each(programs)('$name has $most bytes at most', async ({ code, most }) => {
  const entry = fileURLToPath(new URL('program.js', import.meta.url));
  const output = (await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [
      { name: 'program', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) },
    ],
    build: { write: false, target: 'es2023', modulePreload: false, rollupOptions: { input: entry } },
  })) as Rollup.RollupOutput;
  const { code: program } = output.output[0];
  expect(program).toContain('/api/v2/livechat/departments');
  const bytes = gzipSync(program).length;
  // Nothing at all would be small, too.
  expect(bytes).toBeGreaterThan(3000);
  expect(bytes).toBeLessThanOrEqual(most);
});
