import { type Exchange, type Incoming, ServiceError } from '../exchange.ts';
import { documentedPath, segmentsOf, withDocumentedVersion } from '../path.ts';
import { Remarks, short } from '../remarks.ts';

/** The longest path and query, in characters: what servers usually accept. */
const longest = 16 * 1024;

/** Path and query of an address, which can have an origin in front. */
const parts = /^(?:https?:\/\/[^/?#]*)?([^?#]*)\??([^#]*)/i;

/** Step 1. Splits the address, and writes its path in the documented form as far as that needs no operation. */
export function normalise(incoming: Incoming): Exchange {
  if (incoming.url.length > longest) {
    throw new ServiceError(414, `The address is longer than ${longest} characters.`);
  }
  const [, path = '', search = ''] = parts.exec(incoming.url) ?? [];
  const remarks = new Remarks();
  const documented = documentedPath(path);
  // The service itself writes v2.0 in its links.
  if (documented !== path && documented !== (withDocumentedVersion(path) || '/'))
    remarks.add(() => `path: '${short(path)}' is written '${short(documented)}'`);
  return { incoming, remarks, path: documented, segments: segmentsOf(documented), search };
}
