import type { Resource } from '../resource.ts';

/** The site is online while an agent is: the two values are documented, what they depend on is concluded. */
export const siteStatus: Resource = {
  read: (entity, { store }) => {
    const isOnline = store.list('agents').some(({ status, isActive }) => status === 'online' && isActive !== false);
    return { ...entity, status: isOnline ? 'online' : 'offline' };
  },
};
