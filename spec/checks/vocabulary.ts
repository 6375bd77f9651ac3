/**
 * What the API calls the things of the demo company. An `id` belongs to the thing that the field around it is named
 * after, or the last literal segment of the path: `/departments/{id}` and `{ departments: [{ id }] }`.
 */
export const things: Record<string, Reference> = {
  agents: { kinds: ['agents'] },
  me: { kinds: ['agents'] },
  operators: { kinds: ['agents'] },
  reset_api_key: { kinds: ['agents'] },
  profile: { kinds: ['sites'] },
  sites: { kinds: ['sites'] },
  planList: { kinds: ['plans'] },
  groups: { kinds: ['groups'] },
  departments: { kinds: ['departments'] },
  campaigns: { kinds: ['campaigns'] },
  agentWrapup: { kinds: ['formFields'] },
  fields: { kinds: ['formFields', 'customFields', 'secureFormFields'] },
  prechatFields: { kinds: ['formFields', 'customFields'] },
  custom_fields: { kinds: ['customFields'] },
  image: { kinds: ['images'], none: [0] },
  autoInvitations: { kinds: ['autoInvitations'] },
  customRules: { kinds: ['customRules'] },
  rules: { kinds: ['customRules'] },
  routeTo: { kinds: ['agents', 'departments'] },
  cannedMessage: { kinds: ['cannedMessages'] },
  cannedMessages: { kinds: ['cannedMessages'] },
  cannedMessageCategories: { kinds: ['cannedMessageCategories'] },
  customAwayStatus: { kinds: ['customAwayStatuses'] },
  bans: { kinds: ['bans'] },
  ipRanges: { kinds: ['ipRanges'] },
  conversions: { kinds: ['conversionActions'] },
  conversionActions: { kinds: ['conversionActions'] },
  visitorSegments: { kinds: ['visitorSegments'] },
  visitorSegmentations: { kinds: ['visitorSegments'] },
  customMetrics: { kinds: ['customMetrics'] },
  customVariables: { kinds: ['customVariables'] },
  custom_variables: { kinds: ['customVariables'] },
  secureForms: { kinds: ['secureForms'] },
  webhooks: { kinds: ['webhooks'] },
  visitor: { kinds: ['visitors'] },
  visitors: { kinds: ['visitors'] },
  chatting: { kinds: ['visitors'] },
  chat: { kinds: ['chats'] },
  chats: { kinds: ['chats'] },
  offline_message: { kinds: ['offlineMessages'] },
  offline_messages: { kinds: ['offlineMessages'] },
  offlineMessages: { kinds: ['offlineMessages'] },
};

/** Fields that name a thing, or list several, by its id. */
export const references: Record<string, Reference> = {
  agentId: { kinds: ['agents'] },
  operator_id: { kinds: ['agents'] },
  operators: { kinds: ['agents'] },
  agent: { kinds: ['agents'], none: [''] },
  agentName: { kinds: ['agents'] },
  agents: { kinds: ['agents'], isList: true },
  members: { kinds: ['agents'], isList: true },
  groups: { kinds: ['groups'], isList: true },
  departmentId: { kinds: ['departments'] },
  department: { kinds: ['departments'], none: [0, -1] },
  departments: { kinds: ['departments'], isList: true },
  backupDepartmentId: { kinds: ['departments'], none: [0] },
  campaignId: { kinds: ['campaigns'] },
  autoInvitationId: { kinds: ['autoInvitations'] },
  routeToId: { kinds: ['agents', 'departments'], none: [0] },
  simpleRouteToId: { kinds: ['agents', 'departments'], none: [0] },
  categoryId: { kinds: ['cannedMessageCategories'], none: [0] },
  parentId: { kinds: ['cannedMessageCategories'], none: [0] },
  conversionActionId: { kinds: ['conversionActions'] },
  visitorSegmentId: { kinds: ['visitorSegments'] },
  siteId: { kinds: ['sites'] },
  fieldId: { kinds: ['formFields', 'customFields'] },
  field_id: { kinds: ['customFields'] },
  imageId: { kinds: ['images'], none: [0] },
  logoImageId: { kinds: ['images'], none: [0] },
  backgroundImageId: { kinds: ['images'], none: [0] },
  onlineImageId: { kinds: ['images'], none: [0] },
  offlineImageId: { kinds: ['images'], none: [0] },
  visitorId: { kinds: ['visitors'], none: [''] },
  chatId: { kinds: ['chats'] },
  // An offline message of a webhook is a chat that no agent took.
  chat_id: { kinds: ['chats', 'offlineMessages'] },
};

export interface Reference {
  readonly kinds: readonly string[];
  /** Whether it is ids only as a list; a single number is a count. */
  readonly isList?: boolean;
  /** The values that mean none, where that is documented. */
  readonly none?: readonly unknown[];
}

/** Ids of other systems, and of entries that nothing refers to. */
export const foreign = new Set(['ssoUserId', 'logs']);

/** Fields in which the service names itself: links to pages and downloads, and the code to install. */
export const ownLinks = new Set(['previousPage', 'nextPage', 'uri', 'code']);
