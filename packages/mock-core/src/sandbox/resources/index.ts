import type { Resource } from '../resource.ts';
import { agents } from './agents.ts';
import { bans } from './bans.ts';
import { campaignFields, campaignSettings, campaigns, code, invitation, language } from './campaigns.ts';
import { agentChats, auditLogs, chats, missedAndRefusedChats, offlineMessages } from './chats.ts';
import { departments } from './departments.ts';
import { agentWrapup, formOf, secureForms } from './forms.ts';
import { groups } from './groups.ts';
import { permissions } from './permissions.ts';
import { customRules, routingRules } from './routing.ts';
import {
  cannedMessageCategories,
  cannedMessages,
  configs,
  conversionActions,
  customAwayStatus,
  ipRanges,
  sites,
  visitorSegmentations,
} from './settings.ts';
import { siteStatus } from './site.ts';
import { visitors } from './visitors.ts';

/** What is particular, by kind. A kind that is not here behaves as the description says. */
export const resources: Readonly<Record<string, Resource>> = {
  agentChats,
  agents,
  'agents.permissions': permissions,
  auditLogs,
  bans,
  campaignFields,
  campaigns,
  'campaigns.agentWrapup': agentWrapup,
  'campaigns.chatButton': campaignSettings('campaigns.chatButton'),
  'campaigns.chatWindow': campaignSettings('campaigns.chatWindow'),
  'campaigns.code': code,
  'campaigns.invitation': invitation,
  'campaigns.language': language,
  'campaigns.offlineMessage': formOf('campaigns.offlineMessage'),
  'campaigns.postChat': formOf('campaigns.postChat'),
  'campaigns.preChat': formOf('campaigns.preChat'),
  'campaigns.routingRules': routingRules,
  cannedMessageCategories,
  cannedMessages,
  chats,
  configs,
  conversionActions,
  customAwayStatus,
  customRules,
  departments,
  groups,
  'groups.permissions': permissions,
  ipRanges,
  missedAndRefusedChats,
  offlineMessages,
  secureForms,
  site_status: siteStatus,
  sites,
  visitorSegmentations,
  visitors,
};
