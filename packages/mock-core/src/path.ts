/** The service's own page links have `/api/v2.0/`; the documents have `/api/v2/`. Both work. */
const versionInPath = /^\/api\/v(\d)\.0(?=\/)/i;

/** Older applications of the vendor call the same paths behind the name of the program that serves them. */
const programInPath = /^\/(?:accountwebapi|livechatwebapi|livechatapi)(?=\/)/i;

/** Whether a path is written as the service writes it: with no program in front, and no slash at its end. */
export function isPlain(path: string): boolean {
  return path === '/' || !(programInPath.test(path) || path.endsWith('/'));
}

/** A path in the documented form, as far as that needs no operation. @param path Not decoded. */
export function documentedPath(path: string): string {
  const short = path.replace(programInPath, '').replace(versionInPath, '/api/v$1');
  return short.replace(/\/+$/, '') || '/';
}

/** The segments of a path in the documented form, decoded. @throws {URIError} where one is not encoded as an address must be. */
export function segmentsOf(documented: string): string[] {
  return documented
    .split('/')
    .slice(1)
    .map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
}
