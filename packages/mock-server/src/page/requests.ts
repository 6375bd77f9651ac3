import type { Delivery, LoggedRequest } from '@comm100-openapi/mock-core';
import { counted } from './company.ts';
import { h } from './dom.ts';

/** The list of the last requests, the newest first. What is in it already stays as it is, with the focus. */
export class RequestList {
  readonly #list: HTMLElement;
  readonly #items = new Map<string, HTMLElement>();

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  /** @returns the requests that were not shown before */
  show(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
    const isFirst = this.#items.size === 0;
    const keys = new Set(requests.map(keyOf));
    for (const [key, item] of this.#items) {
      if (keys.has(key)) continue;
      item.remove();
      this.#items.delete(key);
    }
    const added = requests.filter((request) => !this.#items.has(keyOf(request)));
    for (const request of added) {
      const item = itemOf(request);
      if (!isFirst) item.classList.add('new');
      this.#items.set(keyOf(request), item);
      this.#list.prepend(item);
    }
    return added;
  }
}

function keyOf({ number, time }: LoggedRequest): string {
  return `${number} ${time}`;
}

/** Requests in a sentence, for those who cannot see the list grow. */
export function newsOf(requests: readonly LoggedRequest[]): string {
  const failed = requests.filter(({ status }) => status >= 400).length;
  return `${counted(requests.length, 'new request')}${failed > 0 ? `, ${counted(failed, 'error')}` : ''}.`;
}

function itemOf({ status, method, path, time, message, remarks, fault, documentation }: LoggedRequest): HTMLElement {
  const isFine = status < 400 && remarks.length === 0;
  const look = status >= 400 ? 'bad' : isFine ? 'fine' : 'odd';
  const date = new Date(time);
  const notes = [
    message ? h('span', {}, message) : undefined,
    fault ? h('span', { class: 'remark' }, `Fault: ${fault}`) : undefined,
    ...remarks.map((remark) => h('span', { class: 'remark' }, remark)),
    documentation &&
      h('a', { href: documentation.url, target: '_blank', rel: 'noreferrer' }, `Documented: ${documentation.title}`),
  ].filter((note) => note !== undefined);
  return h(
    'li',
    { class: look },
    h('span', { class: 'code' }, String(status)),
    h('span', { class: 'method' }, method),
    h('span', { class: 'path' }, path),
    h('time', { class: 'at', datetime: date.toISOString() }, date.toLocaleTimeString('en-GB')),
    notes.length > 0 ? h('div', { class: 'notes' }, ...notes) : undefined,
  );
}

/** A call of a webhook. @param replay Calls it again. */
export function deliveryOf({ id, event, url, state, attempts }: Delivery, replay: (id: number) => void): HTMLElement {
  const last = attempts.at(-1);
  const look = state === 'failed' ? 'bad' : state === 'delivered' ? 'fine' : 'odd';
  const note = last?.problem ? `${state} after ${counted(attempts.length, 'attempt')}: ${last.problem}` : '';
  return h(
    'li',
    { class: look },
    h('span', { class: 'code' }, String(last?.status ?? '–')),
    h('span', { class: 'method' }, 'POST'),
    h('span', { class: 'path' }, `${event} → ${url}`),
    h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': `Call webhook again: delivery ${id}`, onclick: () => replay(id) },
      'Replay',
    ),
    note ? h('div', { class: 'notes' }, h('span', {}, note)) : undefined,
  );
}
