import type { Exchange } from '../exchange.ts';

/** The service's own page links have `/api/v2.0/`; the documents have `/api/v2/`. Both work. */
const versionInPath = /^\/api\/v(\d)\.0(?=\/)/i;

/** Step 1. Splits the address, and writes its path in the documented form as far as that needs no operation. */
export function normalise(exchange: Exchange): void {
  const [rawPath = '/', ...rest] = exchange.incoming.url.split('?');
  let path = rawPath.replace(versionInPath, '/api/v$1');
  if (path.length > 1) path = path.replace(/\/+$/, '');
  exchange.path = path || '/';
  exchange.search = new URLSearchParams(rest.join('?'));
}
