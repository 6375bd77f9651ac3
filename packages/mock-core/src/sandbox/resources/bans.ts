import { invalid } from '../errors.ts';
import type { Resource } from '../resource.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A ban is of a visitor or of an address. The field of the other type is empty, as in the examples. */
export const bans: Resource = {
  write(entity) {
    if (entity.type === 'visitor') {
      if (!guid.test(String(entity.visitorId))) throw invalid('visitorId', 'must be the id of a visitor.');
      return { ...entity, ipAddress: '' };
    }
    if (!entity.ipAddress) throw invalid('ipAddress', "is required for a ban of the type 'ip'.");
    return { ...entity, visitorId: '' };
  },
};
