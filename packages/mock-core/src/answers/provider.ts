import type { AnswerKind, RoutedExchange } from '../exchange.ts';
import type { ServedResponse } from '../operation-table.ts';
import type { Payload } from '../payload.ts';

/**
 * A source of responses. It gets a request that is valid and allowed, and the response that is due: the success of the
 * operation, or what a `Prefer` header asks for.
 */
export interface AnswerProvider {
  readonly kind: AnswerKind;
  /**
   * The content of the response; `undefined` where this source has none, and the next one is asked.
   *
   * @throws {ServiceError} where the response is an error, such as 404 for an object that does not exist.
   */
  answer(exchange: RoutedExchange, response: ServedResponse): Payload | undefined | Promise<Payload | undefined>;
}
