import type { RoutedExchange } from '../exchange.ts';
import { comparable, type ServedExample, type ServedResponse } from '../operation-table.ts';
import type { AnswerProvider } from './provider.ts';

/** The examples of the description, the one whose `x-when` fits the parameters best. */
export const examples: AnswerProvider = {
  kind: 'example',
  answer: (exchange, response) => closest(exchange, response)?.payload,
};

/** The example whose `x-when` names most of the parameters; otherwise the first. */
function closest({ parameters }: RoutedExchange, { examples }: ServedResponse): ServedExample | undefined {
  const [first] = examples;
  if (examples.length < 2) return first;
  const given = new Map([...parameters].map(([{ name }, value]) => [name, comparable(value)]));
  let best: ServedExample | undefined;
  for (const example of examples) {
    const fits = [...example.when].every(([name, values]) => values.has(given.get(name) ?? ''));
    if (fits && (!best || example.when.size > best.when.size)) best = example;
  }
  return best ?? first;
}
