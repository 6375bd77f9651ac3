import { Refusal, type RoutedExchange, type World } from '../exchange.ts';

/** Step 9. Holds the mock's own answer to the description, so that nobody builds on one that the service could not give. */
export function selfCheck({ operation, outgoing }: RoutedExchange, { engine }: World): void {
  if (!outgoing) throw new Error(`${operation.id} was not answered.`);
  const [first] = engine.checkAnswer(operation.prism, {
    statusCode: outgoing.status,
    headers: outgoing.headers,
    body: outgoing.body,
  });
  if (first) {
    throw new Refusal(
      500,
      `The mock's answer to ${operation.id} breaks the description: ${first.message}. Mend the example in spec/.`,
    );
  }
}
