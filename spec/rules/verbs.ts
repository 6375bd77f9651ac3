/** The verbs that an operationId may start with, by method, the usual one first; and those of a webhook, which is received. */
export const verbs: Record<string, readonly Verb[]> = {
  get: [
    { verb: 'list', use: 'for many', example: 'listDepartments' },
    { verb: 'get', use: 'for one', example: 'getDepartment' },
  ],
  post: [
    { verb: 'create', use: 'for a new thing', example: 'createDepartment' },
    { verb: 'generate', use: 'for a thing that is not kept', example: 'generateJwt' },
    { verb: 'get', use: 'for a token that credentials are exchanged for', example: 'getAgentToken', noun: /Token$/ },
    { verb: 'mark', use: 'for reporting that something happened', example: 'markConversion' },
    { verb: 'set', use: 'for a value of another user', example: 'setAgentPassword' },
  ],
  put: [
    { verb: 'update', use: 'for some or all fields', example: 'updateDepartment' },
    { verb: 'change', use: 'for a value of your own', example: 'changeOwnPassword' },
    { verb: 'pay', use: 'for paying', example: 'paySite' },
    { verb: 'reset', use: 'for a value that the service chooses', example: 'resetApiKey' },
    { verb: 'set', use: 'for one value', example: 'setAgentPassword' },
    { verb: 'unlock', use: 'for unlocking', example: 'unlockAgent' },
  ],
  delete: [{ verb: 'delete', use: 'for one or many', example: 'deleteDepartment' }],
  webhook: [{ verb: 'receive', use: 'for what the service sends', example: 'receiveChatEnded' }],
};

interface Verb {
  readonly verb: string;
  readonly use: string;
  readonly example: string;
  /** What the rest of the name looks like, where the verb does not go with everything. */
  readonly noun?: RegExp;
}
