import type { AnswerProvider } from './provider.ts';
import { givenValues } from './when.ts';

/** The examples of the description, the one whose `x-when` names most of the parameters; otherwise the first. */
export const examples: AnswerProvider = {
  kind: 'example',
  answer({ parameters }, { examples, ranked }) {
    const [first] = examples;
    if (examples.length < 2) return first?.payload;
    const given = givenValues(parameters);
    return (ranked.find(({ fits }) => fits(given)) ?? first)?.payload;
  },
};
