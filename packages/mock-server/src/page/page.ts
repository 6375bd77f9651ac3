// The page of the mock: what the company is like now, the last requests, and what moves the sandbox.

import type { CompanyState } from '@comm100-openapi/mock-core';
import { chats, counted, people } from './company.ts';
import { read, send } from './control.ts';
import { byId, h, offerAll, show } from './dom.ts';
import { FaultList } from './faults.ts';
import { deliveryOf, newsOf, RequestList } from './requests.ts';

/** How often the page asks, in milliseconds. It does not while it is hidden. */
const pause = 2000;

/** How often new requests are announced, in milliseconds: more often would be noise. */
const newsPause = 10_000;

const requests = new RequestList(byId('request-list'));
const faultList = new FaultList(byId('faults'), setFaults);
let world = new URLSearchParams(location.hash.slice(1)).get('world') ?? '';
let state: CompanyState | undefined;
/** When `state` came, in real time. */
let readAt = 0;
let lastNews = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what was done, or what went wrong. @param more A button, such as to undo it. */
function report(text: string, isProblem = false, more?: Node): void {
  const status = byId('status');
  status.classList.toggle('problem', isProblem);
  status.replaceChildren(...(text ? [h('span', {}, text)] : []), ...(more ? [more] : []));
}

/** Does what a person asked for, reports it, and shows what came of it. */
async function act(action: () => Promise<[done: string, more?: Node]>): Promise<void> {
  try {
    const [done, more] = await action();
    report(done, false, more);
  } catch (error) {
    report((error as Error).message, true);
  }
  await refresh();
}

/** Sends what a person asked for to the mock. @param done What to report then. */
function order(method: string, path: string, done: string, body?: unknown): void {
  void act(async () => {
    await send(method, path, world, body);
    return [done];
  });
}

async function refresh(): Promise<void> {
  clearTimeout(timer);
  try {
    const all = await read('worlds', '');
    const isThere = world === '' || all.worlds.some(({ name }) => name === world);
    if (!isThere) {
      report(`The world '${world}' was dropped. This is the main one.`);
      choose('');
    }
    const asked = world;
    const now = await read('state', asked);
    const [log, faults, calls] = await Promise.all([
      read('requests', asked),
      read('faults', asked),
      now.deliveries > 0 ? read('deliveries', asked) : { deliveries: [] },
    ]);
    if (asked !== world) return;
    if (document.body.classList.contains('silent')) report('');
    document.body.classList.remove('silent');
    state = now;
    readAt = Date.now();
    showState(now);
    showClock();
    showWorlds(all);
    showRequests(log.requests);
    faultList.show(faults);
    byId('deliveries').hidden = calls.deliveries.length === 0;
    show(byId('delivery-list'), calls, () => calls.deliveries.toReversed().map((each) => deliveryOf(each, replay)));
    offerAll(byId('all-deliveries'), byId('delivery-list'), 8);
  } catch (error) {
    if (!document.body.classList.contains('silent')) {
      report((error as Error).message, true);
    }
    document.body.classList.add('silent');
  } finally {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(refresh, pause);
  }
}

function showState(now: CompanyState): void {
  const { company, departments, others, changed } = now;
  document.title = `${company.name} – Comm100 mock`;
  byId('company').textContent = company.name;
  show(byId('people'), { departments, others }, () => people(now));
  const hour = new Date(now.time).getUTCHours();
  show(byId('chats'), { chats: now.chats, hour }, () => chats(now.chats, hour));
  show(byId('changes'), changed, () => {
    const kinds = Object.entries(changed);
    if (kinds.length === 0) return [h('p', { class: 'hint' }, 'All is as at the start.')];
    return [h('ul', {}, ...kinds.map(([kind, count]) => h('li', {}, `${kind} ${count}`)))];
  });
}

/** The time in the company now, in milliseconds. */
function companyTime(): number {
  return state ? Date.parse(state.time) + (state.isRunning ? Date.now() - readAt : 0) : 0;
}

function showClock(): void {
  if (!state) return;
  const time = new Date(companyTime());
  const now = byId<HTMLTimeElement>('now');
  now.dateTime = time.toISOString();
  now.textContent = time.toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
  });
  byId('pace').textContent = state.isRunning ? 'UTC, running' : 'UTC, standing';
  byId('run').setAttribute('aria-pressed', String(state.isRunning));
  const input = byId<HTMLInputElement>('time');
  if (!input.dataset.edited && document.activeElement !== input) input.value = time.toISOString().slice(0, 19);
}

function showRequests(all: Parameters<RequestList['show']>[0]): void {
  const isFirst = readAt === 0 || lastNews === 0;
  const added = requests.show(all);
  byId('no-requests').hidden = all.length > 0;
  offerAll(byId('all-requests'), byId('request-list'), 20);
  if (added.length === 0) return;
  if (!isFirst && Date.now() - lastNews >= newsPause) byId('news').textContent = newsOf(added);
  lastNews = Date.now();
}

function showWorlds({ worlds, limit, dropped }: Awaited<ReturnType<typeof read<'worlds'>>>): void {
  const select = byId<HTMLSelectElement>('world');
  const names = worlds.map(({ name }) => name);
  show(select, names, () => names.map((name) => h('option', { value: name }, labelOf(name))));
  select.value = world;
  const item = ({ name, requests: count, changed }: (typeof worlds)[number]) => {
    const current = name === world ? 'true' : undefined;
    const button = { type: 'button', class: 'quiet name', 'aria-current': current, onclick: () => open(name) };
    const dropping = { type: 'button', class: 'quiet drop', 'aria-label': `Drop the world ${name}` };
    return h(
      'li',
      {},
      h('button', button, labelOf(name)),
      h('span', { class: 'hint' }, `${counted(count, 'request')}, ${counted(changed, 'change')}`),
      name === '' ? undefined : h('button', { ...dropping, onclick: () => drop(name) }, 'Drop'),
    );
  };
  show(byId('worlds'), { worlds, world, dropped }, () => [
    ...[...worlds.slice(0, 1), ...worlds.slice(1).reverse()].map(item),
    dropped > 0 ? h('li', { class: 'hint' }, `${dropped} dropped, because there can be ${limit}.`) : undefined,
  ]);
  offerAll(byId('all-worlds'), byId('worlds'), 12);
}

function labelOf(name: string): string {
  return name === '' ? 'main' : name;
}

function choose(name: string): void {
  world = name;
  history.replaceState(null, '', name ? `#${new URLSearchParams({ world: name })}` : location.pathname);
  delete byId('time').dataset.edited;
}

function open(name: string): void {
  choose(name);
  void refresh();
}

function drop(name: string): void {
  if (name === world) choose('');
  order('DELETE', `worlds/${encodeURIComponent(name)}`, `The world '${name}' was dropped.`);
}

function setFaults(faults: string[]): void {
  const done = faults.length > 0 ? `Requests now get: ${faults.join(', ')}.` : 'Requests now get no faults.';
  order('PUT', 'faults', done, { faults });
}

function setClock(change: { time?: Date; isRunning?: boolean }, done: string): void {
  delete byId('time').dataset.edited;
  order('PUT', 'clock', done, change);
}

function replay(id: number): void {
  order('POST', `deliveries/${id}/replay`, `Delivery ${id} is sent again.`);
}

byId('world').onchange = ({ target }) => open((target as HTMLSelectElement).value);
byId('clear').onclick = () => order('DELETE', 'requests', 'The requests were cleared.');
byId('only-wrong').onchange = ({ target }) =>
  byId('request-list').classList.toggle('only-wrong', (target as HTMLInputElement).checked);

byId('reset').onclick = () =>
  act(async () => {
    const before = await read('snapshot', world);
    await send('POST', 'reset', world);
    const undo = () => order('POST', 'restore', 'The state is as it was before the reset.', before);
    return ['All is as at the start.', h('button', { type: 'button', onclick: undo }, 'Undo')];
  });

byId('clock').onsubmit = (event) => {
  event.preventDefault();
  setClock({ time: new Date(`${byId<HTMLInputElement>('time').value}Z`) }, 'The clock was set.');
};
byId('time').oninput = () => {
  byId('time').dataset.edited = 'true';
};
byId('later').onclick = () => setClock({ time: new Date(companyTime() + 3_600_000) }, 'It is one hour later.');
byId('today').onclick = () => setClock({ time: new Date() }, 'The clock shows the present.');
byId('run').onclick = () =>
  setClock({ isRunning: !state?.isRunning }, state?.isRunning ? 'The clock stands.' : 'The clock runs.');

byId('save').onclick = () =>
  act(async () => {
    const snapshot = JSON.stringify(await read('snapshot', world), null, 2);
    const href = URL.createObjectURL(new Blob([snapshot], { type: 'application/json' }));
    h('a', { href, download: `snapshot${world && `-${world.replaceAll(/\W+/g, '-')}`}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    return ['The snapshot was saved.'];
  });
byId<HTMLInputElement>('restore').onchange = async ({ target }) => {
  const input = target as HTMLInputElement;
  const [file] = input.files ?? [];
  if (file) order('POST', 'restore', `The state is as in ${file.name}.`, await file.text());
  input.value = '';
};

document.onvisibilitychange = () => {
  if (document.hidden) clearTimeout(timer);
  else void refresh();
};
setInterval(() => state?.isRunning && showClock(), 1000);
void refresh();
