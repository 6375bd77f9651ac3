import type { FaultKind } from '@comm100-openapi/mock-core';
import type { FaultsState } from './control.ts';
import { h } from './dom.ts';

const labels: Readonly<Record<string, string>> = {
  status: 'Error status',
  delay: 'Delay',
  slow: 'Slow body',
  reset: 'Connection reset',
  truncate: 'Body cut off',
  quota: 'Quota used up',
  'token-expired': 'Token expired',
};

/** A fault as it is in a row: `status=503@0.1` for a tenth of the requests. */
interface Row {
  readonly kind: FaultKind;
  readonly isOn: boolean;
  readonly amount: string;
  readonly percent: string;
}

/** A row for each fault that there is, switched on or off. */
export class FaultList {
  readonly #list: HTMLElement;
  readonly #change: (faults: string[]) => void;
  #read: readonly (() => string | undefined)[] = [];

  /** @param change Called with all faults that are on, when a person changes one. */
  constructor(list: HTMLElement, change: (faults: string[]) => void) {
    this.#list = list;
    this.#change = change;
  }

  /** Shows the faults, where the rows do not show them already. What a person is writing stays. */
  show({ faults, kinds }: FaultsState): void {
    const isWriting = this.#list.contains(document.activeElement);
    if (this.#read.length > 0 && (isWriting || this.#faults().join() === faults.join())) return;
    const on = faults.map(readFault);
    const rows = kinds
      .flatMap((kind): Row[] => {
        const ofKind = on.filter(({ name }) => name === kind.name);
        const amount = String(kind.usual ?? kind.example?.split('=')[1] ?? '');
        if (ofKind.length === 0) return [{ kind, isOn: false, amount, percent: '100' }];
        return ofKind.map((fault) => ({ kind, isOn: true, amount: fault.amount ?? amount, percent: fault.percent }));
      })
      .map((row) => rowOf(row, () => this.#change(this.#faults())));
    this.#read = rows.map(({ value }) => value);
    this.#list.replaceChildren(...rows.map(({ element }) => element));
  }

  #faults(): string[] {
    return this.#read.flatMap((each) => each() ?? []);
  }
}

function rowOf({ kind, isOn, amount, percent }: Row, changed: () => void) {
  const label = labels[kind.name] ?? kind.name;
  const box = h('input', { type: 'checkbox', checked: isOn, onchange: changed });
  const input = (value: string, name: string, from: number, to: number) =>
    h('input', {
      type: 'number',
      value,
      min: from,
      max: to,
      step: 'any',
      required: true,
      'aria-label': `${label}: ${name}`,
      onchange: () => box.checked && changed(),
    });
  const isTime = kind.name !== 'status';
  const name = isTime ? 'milliseconds' : 'status';
  const number = kind.from === undefined ? undefined : input(amount, name, kind.from, kind.to ?? kind.from);
  const part = input(percent, 'percent of the requests', 0, 100);
  const unit = (text: string) => h('span', { 'aria-hidden': 'true' }, text);
  const element = h(
    'li',
    { class: 'faulty' },
    h('label', {}, box, label),
    number && h('span', { class: 'number' }, number, isTime ? unit('ms') : undefined),
    h('span', { class: 'part' }, part, unit('%')),
  );
  const value = () => {
    if (!box.checked) return undefined;
    const share = part.value === '100' ? '' : `@${Number((Number(part.value) / 100).toFixed(6))}`;
    return kind.name + (number ? `=${number.value}` : '') + share;
  };
  return { element, value };
}

function readFault(text: string): { name: string; amount: string | undefined; percent: string } {
  const [fault = '', rate = '1'] = text.split('@');
  const [name = '', amount] = fault.split('=');
  return { name, amount, percent: String(Number((Number(rate) * 100).toFixed(4))) };
}
