import type { AnswerProvider } from './provider.ts';

/** The examples of the description, the one whose `x-when` names most of the parameters; otherwise the first. */
export const examples: AnswerProvider = {
  kind: 'example',
  answer({ parameters }, { examples, ranked }) {
    const [first] = examples;
    if (examples.length < 2) return first?.payload;
    return (ranked.find(({ fits }) => fits(parameters)) ?? first)?.payload;
  },
};
