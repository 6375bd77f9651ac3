import type { Incoming } from './exchange.ts';
import { faultHeader } from './faults.ts';

/** The names of the headers of the mock. */
export const spellingHeader = 'comm100-mock-spelling';
export const answerHeader = 'comm100-mock-answer';

const exposed = [spellingHeader, answerHeader, faultHeader, 'allow', 'www-authenticate'].join(', ');

/**
 * The headers that allow a page of any origin to read a response: the data of the mock is invented.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(incoming: Incoming): Record<string, string> {
  const origin = incoming.header('origin');
  return origin === undefined
    ? {}
    : { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed, vary: 'origin' };
}

/** The headers of the response to a preflight; `undefined` where the request is none. */
export function preflightHeaders(incoming: Incoming): Record<string, string> | undefined {
  const origin = incoming.header('origin');
  if (incoming.method !== 'OPTIONS' || !origin || !incoming.header('access-control-request-method')) return undefined;
  const headers = incoming.header('access-control-request-headers');
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
    ...(headers && { 'access-control-allow-headers': headers }),
    'access-control-max-age': '600',
    vary: 'origin, access-control-request-headers',
  };
}
