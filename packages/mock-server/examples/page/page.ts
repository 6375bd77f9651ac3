import { createClient } from '@comm100-openapi/client-v2';
import { loadMock } from './load.ts';

const { agents } = await (await fetch('demo-company.json')).json();
const { email, apiKey } = agents[0];
const show = (id: string, text: string) => document.querySelector(`#${id}`)?.replaceChildren(text);

// In the page itself: the client sends its requests straight to the mock.
const { fetch: send } = await loadMock();
const options = { auth: { type: 'basic', email, apiKey }, fetch: send } as const;
try {
  createClient(options);
} catch (error) {
  // A page must not have the key of a real agent; the demo company's is no secret.
  show('error', String(error));
}
const client = createClient({ ...options, dangerouslyAllowBrowser: true });
const departments = await client.get('/api/v2/livechat/departments');
show('client', departments.map(({ name }) => name).join(', '));
show('chats', String((await client.get('/api/v2/livechat/chats')).total));

// By a service worker: any code of the page calls the paths of the service on the page's own origin.
await navigator.serviceWorker.register('service-worker.js', { type: 'module' });
await navigator.serviceWorker.ready;
if (!navigator.serviceWorker.controller) location.reload();
else {
  const headers = { authorization: `Basic ${btoa(`${email}:${apiKey}`)}` };
  const response = await fetch('/api/v2/livechat/departments/1', { headers });
  show('worker', (await response.json()).name);
}
