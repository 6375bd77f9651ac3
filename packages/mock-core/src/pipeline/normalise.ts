import { type Exchange, type Incoming, ServiceError } from '../exchange.ts';
import { documentedPath, isPlain, segmentsOf } from '../path.ts';
import { Remarks } from '../remarks.ts';

/** The longest path and query, in characters: what servers usually accept. */
const longest = 16 * 1024;

/** Step 1. Splits the address, and writes its path in the documented form as far as that needs no operation. */
export function normalise(incoming: Incoming): Exchange {
  if (incoming.url.length > longest) {
    throw new ServiceError(414, `The address is longer than ${longest} characters.`);
  }
  const address = incoming.url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const question = address.indexOf('?');
  const path = question < 0 ? address : address.slice(0, question);
  const remarks = new Remarks();
  const documented = documentedPath(path || '/');
  if (!isPlain(path || '/')) {
    remarks.add(() => `path: '${remarks.quote(path)}' is written '${remarks.quote(documented)}'`);
  }
  try {
    return {
      incoming,
      remarks,
      path: documented,
      segments: segmentsOf(documented),
      search: question < 0 ? '' : address.slice(question + 1),
    };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new ServiceError(400, `The path '${path.slice(0, 200)}' is not encoded as an address must be.`);
  }
}
