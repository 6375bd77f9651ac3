import { expect, test } from 'vitest';
import { methodNameOf } from '../src/names.ts';

// The names are what programs are written with: a changed line here breaks them.
test.each([
  { tag: 'Departments', id: 'listDepartments', want: 'departments.list' },
  { tag: 'Departments', id: 'getDepartment', want: 'departments.get' },
  { tag: 'Canned message categories', id: 'deleteCannedMessageCategory', want: 'cannedMessageCategories.delete' },
  { tag: 'Custom away status', id: 'listCustomAwayStatuses', want: 'customAwayStatus.list' },
  { tag: 'Custom away status', id: 'getCustomAwayStatus', want: 'customAwayStatus.get' },
  { tag: 'Agents', id: 'setAgentPassword', want: 'agents.setPassword' },
  { tag: 'Agents', id: 'getAgentEffectivePermissions', want: 'agents.getEffectivePermissions' },
  { tag: 'Agents', id: 'getOwnProfile', want: 'agents.getOwnProfile' },
  { tag: 'Agent groups', id: 'listGroups', want: 'agentGroups.list' },
  { tag: 'Agent groups', id: 'getGroupPermissions', want: 'agentGroups.getPermissions' },
  { tag: 'Visitors', id: 'listChattingVisitors', want: 'visitors.listChatting' },
  { tag: 'Visitor SSO', id: 'getVisitorSsoSettings', want: 'visitorSso.getSettings' },
  { tag: 'IP restriction', id: 'createIpRange', want: 'ipRestriction.createRange' },
  { tag: 'Campaign appearance', id: 'getCampaignChatButton', want: 'campaignAppearance.getChatButton' },
  { tag: 'Campaign invitations', id: 'getCampaignInvitation', want: 'campaignInvitations.get' },
  { tag: 'Campaign invitations', id: 'deleteAutoInvitation', want: 'campaignInvitations.deleteAutoInvitation' },
  { tag: 'Conversion actions', id: 'markConversionAchieved', want: 'conversionActions.markAchieved' },
  { tag: 'Reports', id: 'getChatVolumeReport', want: 'reports.chatVolume' },
  { tag: 'Real-time reports', id: 'getRealTimeRightNow', want: 'realTimeReports.rightNow' },
  // The exceptions
  { tag: 'Chats', id: 'deleteChats', want: 'chats.deleteMany' },
  { tag: 'Chats', id: 'deleteChat', want: 'chats.delete' },
  { tag: 'Configuration', id: 'getLiveChatConfig', want: 'configuration.get' },
  { tag: 'Tokens', id: 'getAgentToken', want: 'tokens.getAgentToken' },
  {
    tag: 'Canned message categories',
    id: 'listCannedMessagesOfCategory',
    want: 'cannedMessageCategories.listMessages',
  },
])('$id of $tag is $want', ({ tag, id, want }) => {
  const { group, method } = methodNameOf({ id, tags: [tag] });
  expect(`${group}.${method}`).toBe(want);
});
