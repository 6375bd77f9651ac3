import { ServiceError } from './exchange.ts';

/** The service's own page links have `/api/v2.0/`; the documents have `/api/v2/`. Both work. */
const versionInPath = /^\/api\/v(\d)\.0(?=\/)/i;

export function withDocumentedVersion(path: string): string {
  return path.replace(versionInPath, '/api/v$1');
}

/** Older applications of the vendor call the same paths behind the name of the program that serves them. */
const programInPath = /^\/(?:accountwebapi|livechatwebapi|livechatapi)(?=\/)/i;

/** A path in the documented form, as far as that needs no operation. @param path Not decoded. */
export function documentedPath(path: string): string {
  const short = withDocumentedVersion(path.replace(programInPath, ''));
  // No regular expression: it would try each of many slashes in turn.
  let end = short.length;
  while (end > 1 && short[end - 1] === '/') end--;
  return short.slice(0, end) || '/';
}

/** Whether segments are those of a path. @param known With `undefined` in place of a parameter. */
export function areSegmentsOf(known: readonly (string | undefined)[], segments: readonly string[]): boolean {
  return known.length === segments.length && known.every((each, at) => each === undefined || each === segments[at]);
}

/** The segments of a path in the documented form, decoded. @throws {ServiceError} 400 where one is not encoded as an address must be. */
export function segmentsOf(documented: string): string[] {
  const segments = documented.slice(1).split('/');
  if (!documented.includes('%')) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    throw new ServiceError(400, `The path '${documented.slice(0, 200)}' is not encoded as an address must be.`);
  }
}
