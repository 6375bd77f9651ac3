/** The service's own page links have `/api/v2.0/`; the documents have `/api/v2/`. Both work. */
const versionInPath = /^\/api\/v(\d)\.0(?=\/)/i;

/** Older applications of the vendor call the same paths behind the name of the program that serves them. */
const programInPath = /^\/(?:accountwebapi|livechatwebapi|livechatapi)(?=\/)/i;

/** Whether a path is written as the service writes it: with no program in front, and no slash at its end. */
export function isPlain(path: string): boolean {
  return path === '' || path === '/' || !(programInPath.test(path) || path.endsWith('/'));
}

/** A path in the documented form, as far as that needs no operation. @param path Not decoded. */
export function documentedPath(path: string): string {
  const short = path.replace(programInPath, '').replace(versionInPath, '/api/v$1');
  // No regular expression: it would try each of many slashes in turn.
  let end = short.length;
  while (end > 1 && short[end - 1] === '/') end--;
  return short.slice(0, end) || '/';
}

/** The segments of a path in the documented form, decoded. @throws {URIError} where one is not encoded as an address must be. */
export function segmentsOf(documented: string): string[] {
  const segments = documented.slice(1).split('/');
  return documented.includes('%') ? segments.map(decodeURIComponent) : segments;
}
