// How much memory a world needs: with nothing of its own, after a few writes, and with a full log of requests.
// npm run bench:worlds, in packages/contract-tests

import { createMock, loadDemo } from '@comm100-openapi/mock-server';
import { table } from '@comm100-openapi/tooling/table';

const demo = loadDemo();
const [agent] = demo.company.agents;
const headers = {
  authorization: `Basic ${btoa(`${agent?.email}:${agent?.apiKey}`)}`,
  'content-type': 'application/json',
};
const departments = 'http://mock.example/api/v2/livechat/departments';

/** What each world is used for, from little to much. */
const uses = {
  'one request': [{ count: 1, method: 'GET', body: undefined }],
  '10 departments created': [{ count: 10, method: 'POST', body: 'name' }],
  '200 requests, all rejected': [{ count: 200, method: 'POST', body: undefined }],
};

const worlds = 200;
const rows: string[][] = [];
for (const [name, calls] of Object.entries(uses)) {
  const mock = createMock({ ...demo, mode: 'sandbox' });
  // What all worlds share is made first.
  await use(mock.fetch, calls);
  const before = memory();
  for (let world = 0; world < worlds; world++) await use(mock.sandbox.world(`world ${world}`).fetch, calls);
  const each = (memory() - before) / worlds;
  rows.push([name, `${(each / 1024).toFixed(1)} kB a world`]);
  if (mock.sandbox.worlds.length !== worlds) throw new Error(`There are ${mock.sandbox.worlds.length} worlds.`);
}
console.log(table(rows, { numbers: true }));

async function use(fetch: (request: Request) => Promise<Response>, calls: (typeof uses)[keyof typeof uses]) {
  for (const { count, method, body } of calls) {
    for (let index = 0; index < count; index++) {
      const sent = body && JSON.stringify({ name: `Department ${index}` });
      await (await fetch(new Request(departments, { method, headers, ...(sent && { body: sent }) }))).text();
    }
  }
}

/** The memory in use, in bytes. */
function memory(): number {
  if (!globalThis.gc) throw new Error('Start it with node --expose-gc.');
  for (let count = 0; count < 3; count++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
