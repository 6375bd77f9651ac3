import { readFileSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const read = (file) => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${file}`))));
const bundles = [read('v1.json'), read('v2.json')];
const company = read('demo-company.json');

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (found.url.startsWith('node:')) throw new Error(`${context.parentURL} imports ${found.url}`);
    return found;
  },
});
// Node loads its own Request and Response when they are first used, and needs its globals for that.
new Response(new Request('https://mock.test', { method: 'POST', body: 'x' }).body);
for (const name of ['process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'require']) {
  delete globalThis[name];
}
// Both must be out of reach, or this proves nothing.
if (typeof process !== 'undefined' || typeof Buffer !== 'undefined') throw new Error('Node is still there.');
try {
  new Function('return 1');
  throw new TypeError('Text can still be evaluated.');
} catch (error) {
  if (!(error instanceof EvalError)) throw error;
}

const { createMock } = await import('../dist/index.js');
const mock = createMock({ bundles, company });
const [{ email, apiKey, password }] = company.agents;
const results = [];
async function send(path, init = {}, authorization = `Basic ${btoa(`${email}:${apiKey}`)}`) {
  const headers = { authorization, ...init.headers };
  const response = await mock.fetch(new Request(`https://mock.test${path}`, { ...init, headers }));
  results.push({ status: response.status, answer: response.headers.get('comm100-mock-answer') });
  // Node's own `json()` needs a Buffer.
  const { value } = await response.body.getReader().read();
  return JSON.parse(new TextDecoder().decode(value));
}

const departments = '/api/v2/livechat/departments';
await send(departments);
await send(departments, { headers: { prefer: 'dynamic=true' } });
await send(departments, { method: 'POST', body: '{"agents":"x"}', headers: { 'content-type': 'application/json' } });
const grant = new URLSearchParams({ grant_type: 'password', email, password });
const { access_token: token } = await send('/oauth/token', { method: 'POST', body: grant });
await send(departments, {}, `Bearer ${token}`);
writeSync(1, JSON.stringify(results));
