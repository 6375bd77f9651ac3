/**
 * Ten calls of each version, and what they must give. The expectations are written by hand, from the facts of the demo
 * company (`spec/demo/company.yaml`) that each comment names; the programs of all languages report their values by the
 * types of the generated client.
 */

export type Version = 'v1' | 'v2';

export interface Call {
  name: string;
  /** What the programs call for it. */
  operations: readonly string[];
  /** What each program has to report. */
  want: unknown;
}

/** `week.chats`: 20 on Monday, and so on. */
const chatsByDay = [20, 18, 17, 19, 11];
/** The codes of `spec/common/errors/`. */
const rejected = (status: number) => ({ status, code: status * 1000 });

export const calls: Record<Version, readonly Call[]> = {
  v1: [
    // 20 chats on Monday, ten to a page.
    { name: 'list', operations: ['listChats'], want: { total: 20, pages: [10, 10] } },
    // Maya, Tom and Priya are in Support.
    { name: 'item', operations: ['getDepartment'], want: { name: 'Support', members: [1, 2, 5] } },
    { name: 'report', operations: ['getChatVolumeReport'], want: chatsByDay },
    // Lucia's message of 6 March is the only one to Billing in those two days.
    {
      name: 'filter',
      operations: ['listOfflineMessages'],
      want: [['5e9d7a34-60cb-4f82-a7d1-0b8c92f60001', 'Lucia Romero']],
    },
    // The department that the examples create has the id 4.
    { name: 'creation', operations: ['createDepartment'], want: { id: 4, name: 'Returns', members: [2, 3] } },
    // Tom, who is no administrator and in Support alone, is changed by text, a list and a boolean.
    {
      name: 'form',
      operations: ['updateAgent'],
      want: { id: 2, title: 'Help & advice', departments: [1, 3], isAdmin: true },
    },
    { name: '400', operations: ['getChatVolumeReport'], want: rejected(400) },
    { name: '401', operations: ['getDepartment'], want: rejected(401) },
    // Priya has no permission.
    { name: '403', operations: ['listAgents'], want: rejected(403) },
    { name: '404', operations: ['getDepartment'], want: rejected(404) },
  ],
  v2: [
    // The token is used once: it is Maya's.
    {
      name: 'token',
      operations: ['getAgentToken', 'getOwnProfile'],
      want: { type: 'bearer', email: 'maya.brooks@larkspur.example' },
    },
    // 20 chats on Monday, eight to a page.
    { name: 'list', operations: ['listChats'], want: { total: 20, pages: [8, 8, 4] } },
    { name: 'item', operations: ['getDepartment'], want: { name: 'Support', agents: [1, 2, 5] } },
    { name: 'report', operations: ['getChatVolumeReport'], want: chatsByDay },
    // Of Grace's two requests of the week, one is a chat; the other was refused.
    {
      name: 'conditions',
      operations: ['listChats'],
      want: [['c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001', 'Grace Hall']],
    },
    { name: 'creation', operations: ['createDepartment'], want: { id: 4, name: 'Returns', agents: [2, 3] } },
    // Two chats are deleted by a form with numbered keys; then they are not found.
    {
      name: 'form',
      operations: ['deleteChats', 'getChat'],
      want: { 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001': 404, 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002': 404 },
    },
    { name: '401', operations: ['getDepartment'], want: rejected(401) },
    { name: '403', operations: ['getDepartment'], want: rejected(403) },
    { name: '404', operations: ['getDepartment'], want: rejected(404) },
  ],
};
