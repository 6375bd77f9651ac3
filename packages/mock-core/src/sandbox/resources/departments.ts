import { idsIn, secretOf } from '../entities.ts';
import type { Resource } from '../resource.ts';
import { forgetRoute } from './routing.ts';

/** What belongs to a department and is removed with it: documented for version 1.0, concluded for version 2.0. */
const belongings = ['chats', 'missedAndRefusedChats', 'offlineMessages'];

export const departments: Resource = {
  afterRemoval(_, key, call) {
    const { store } = call.world;
    for (const kind of belongings) {
      for (const each of [...store.keys(kind)]) {
        if (String(secretOf(store.get(kind, each)).department) === key) store.remove(kind, each);
      }
    }
    // That whoever refers to it refers to none from then on is concluded.
    for (const each of [...store.keys('departments')]) {
      const department = store.get('departments', each);
      if (department && String(department.backupDepartmentId) === key) {
        store.put('departments', each, { ...department, backupDepartmentId: 0 });
      }
    }
    for (const each of [...store.keys('visitors')]) {
      const visitor = store.get('visitors', each);
      if (visitor && String(visitor.department) === key) store.put('visitors', each, { ...visitor, department: -1 });
    }
    forgetRoute(store, 'department', key);
  },

  v1: {
    // Online while one of its agents is: the two values are documented, what they depend on is concluded.
    'Department.status': ({ agents }, { store }) =>
      idsIn(agents).some((id) => store.get('agents', String(id))?.status === 'online') ? 0 : 2,
  },
};
