// Runs the built mock in a realm of its own, which has the language, the few globals below and nothing else. A module
// of Node cannot be imported in it, and text cannot be evaluated as code.
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, SourceTextModule } from 'node:vm';

const platform = {
  Request,
  Response,
  Headers,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  crypto,
  CryptoKey,
  atob,
  btoa,
  structuredClone,
};
const context = createContext(platform, { codeGeneration: { strings: false, wasm: false } });

const modules = new Map();
function load(url) {
  if (!url.startsWith('file:')) throw new Error(`${url} is imported, which not every runtime has.`);
  const known = modules.get(url);
  if (known) return known;
  const module = new SourceTextModule(readFileSync(fileURLToPath(url), 'utf8'), { context, identifier: url });
  modules.set(url, module);
  return module;
}
const read = (file) => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${file}`))));

const entry = load(new URL('../dist/index.js', import.meta.url).href);
await entry.link((specifier, { identifier }) => load(import.meta.resolve(specifier, identifier)));
await entry.evaluate();

const company = read('demo-company.json');
const mock = entry.namespace.createMock({
  bundles: [read('v1.json'), read('v2.json')],
  company,
  migration: read('migration.json'),
});
const [{ email, apiKey, password }] = company.agents;
const results = [];
async function send(path, init = {}, authorization = `Basic ${btoa(`${email}:${apiKey}`)}`) {
  const headers = { authorization, ...init.headers };
  const response = await mock.fetch(new Request(`https://mock.test${path}`, { ...init, headers }));
  results.push({ status: response.status, answer: response.headers.get('comm100-mock-answer') });
  return response.json();
}

const departments = '/api/v2/livechat/departments';
await send(departments);
await send(departments, { headers: { prefer: 'dynamic=true' } });
await send(departments, { method: 'POST', body: '{"agents":"x"}', headers: { 'content-type': 'application/json' } });
const grant = new URLSearchParams({ grant_type: 'password', email, password });
const { access_token: token } = await send('/oauth/token', { method: 'POST', body: grant });
await send(departments, {}, `Bearer ${token}`);
writeSync(1, JSON.stringify(results));
