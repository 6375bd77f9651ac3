import type { RoutedExchange } from '../exchange.ts';
import type { ServedExample, ServedResponse } from '../operation-table.ts';
import type { AnswerProvider } from './provider.ts';
import { fits, givenValues } from './when.ts';

/** The examples of the description, the one whose `x-when` fits the parameters best. */
export const examples: AnswerProvider = {
  kind: 'example',
  answer: (exchange, response) => closest(exchange, response)?.payload,
};

/** The example whose `x-when` names most of the parameters; otherwise the first. */
function closest({ parameters }: RoutedExchange, { examples }: ServedResponse): ServedExample | undefined {
  const [first] = examples;
  if (examples.length < 2) return first;
  const given = givenValues(parameters);
  const conditions = ({ when = {} }: ServedExample) => Object.keys(when).length;
  let best: ServedExample | undefined;
  for (const example of examples) {
    if (fits(example.when, given) && (!best || conditions(example) > conditions(best))) best = example;
  }
  return best ?? first;
}
