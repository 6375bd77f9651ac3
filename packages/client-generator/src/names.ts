import type { Operation } from '@comm100-openapi/description';

/** The name of an operation in a client: `departments.update`. */
export interface MethodName {
  readonly group: string;
  readonly method: string;
}

/** The methods whose names would read badly, by operationId. */
const exceptions: Readonly<Record<string, string>> = {
  createCannedMessageInCategory: 'createMessage',
  deleteChats: 'deleteMany',
  getAgentToken: 'getAgentToken',
  getLiveChatConfig: 'get',
  getPartnerToken: 'getPartnerToken',
  listCannedMessagesOfCategory: 'listMessages',
  updateLiveChatConfig: 'update',
};

/**
 * The name of an operation: the group is its tag, and the method is its operationId without what the tag says already.
 * `updateDepartment` of `Departments` is `departments.update`, `setAgentPassword` of `Agents` is `agents.setPassword`. A
 * report has the name of what it reports: `reports.chatVolume`.
 */
export function methodNameOf({ id, tags }: Pick<Operation, 'id' | 'tags'>): MethodName {
  const tag = wordsOf(tags[0] ?? '');
  const [verb = '', ...noun] = wordsOf(id);
  const rest = exceptions[id] ? [] : withoutTag(noun, tag);
  const isReport = tag.at(-1) === 'reports' && verb === 'get';
  return { group: camelCase(tag), method: exceptions[id] ?? camelCase(isReport ? rest : [verb, ...rest]) };
}

/** The nouns of an operationId that its tag does not say: those of `agents` are left out of `agent effective permissions`. */
function withoutTag(noun: readonly string[], tag: readonly string[]): readonly string[] {
  const words = noun.map(singular);
  const said = tag.map(singular);
  const ends = (one: readonly string[], other: readonly string[]) =>
    one.slice(-other.length).join(' ') === other.join(' ');
  if (ends(said, words)) return [];
  if (ends(words, said)) return noun.slice(0, -said.length);
  // `Campaign appearance` has the first word of `campaign chat button`, `Agent groups` has the last of `group permissions`.
  const from = said.indexOf(words[0] ?? '');
  const different = words.findIndex((word, index) => word !== said[from + index]);
  return from < 0 || different < 0 ? noun : noun.slice(different);
}

/** The words of a name, in lower case: `live chat config` of `getLiveChatConfig`. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('uses')) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** `chatButton` of the words `chat` and `button`. */
export function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('');
}

/** With its first letter in upper case. */
export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
