import { type Document, type Json, operationsOf, successOf } from '@comm100-openapi/description';
import { readFacts } from '@comm100-openapi/description/files';
import { Activity } from '../src/sandbox/reports/activity.ts';
import { type FormField, type Reported, surveysOf } from '../src/sandbox/reports/company.ts';
import { bundles, company } from './helpers.ts';

const [v1, v2] = bundles as [Document, Document];

/** What happened in the week of the demo company. */
export const demoActivity = new Activity(readFacts(import.meta.resolve('@comm100-openapi/spec/demo-week.json')));

/** What the demo company has in its lists, without what only the examples of creations have. */
interface Listed {
  readonly id: number;
  readonly name: string;
  readonly created?: boolean;
  readonly campaign?: number;
  readonly category?: number;
  readonly departments?: number[];
}

const lists = company as unknown as Record<string, readonly Listed[]> & {
  readonly wrapupCategories: readonly { campaign: number; name: string; options: string[] }[];
};
const there = (kind: string) => (lists[kind] ?? []).filter(({ created }) => !created);
const idsOf = (kind: string) => there(kind).map(({ id }) => id);
const campaigns = idsOf('campaigns');

/** The demo company as its reports name it: from its own file, and its forms from the examples of their settings. */
export const demoReported: Reported = {
  agents: there('agents').map(({ id, departments = [] }) => ({ id, departments, maxChats: 3 })),
  departments: there('departments').map(({ id, name }) => ({ id, name })),
  campaigns,
  visitorSegments: idsOf('visitorSegments'),
  autoInvitations: there('autoInvitations').map(({ id, campaign = 0 }) => ({ id, campaign })),
  conversionActions: idsOf('conversionActions'),
  cannedMessages: there('cannedMessages').map(({ id, category = 0 }) => ({ id, category })),
  surveys: campaigns.flatMap((campaign) => [
    ...surveysOf('prechat', campaign, fieldsOf('getCampaignPreChat', campaign)),
    ...surveysOf('postchat', campaign, fieldsOf('getCampaignPostChat', campaign)),
    ...surveysOf(
      'wrapup',
      campaign,
      fieldsOf('getCampaignAgentWrapup', campaign),
      lists.wrapupCategories.filter((group) => group.campaign === campaign),
    ),
  ]),
  customMetrics: exampleOf(v1, 'listCustomMetrics') as unknown as Reported['customMetrics'],
  isEnterprise: true,
  hasAutoAllocation: true,
  hasChatbot: true,
};

function fieldsOf(operation: string, campaign: number): FormField[] {
  const value = exampleOf(v2, operation, campaign) as unknown as FormField[] | { fields: FormField[] };
  return Array.isArray(value) ? value : value.fields;
}

/** The example of an operation for an id; the one without a condition where none is for it. */
function exampleOf(document: Document, id: string, key?: number): Json {
  const operation = operationsOf(document).find((each) => each.id === id);
  const examples = operation ? (successOf(operation)?.media[0]?.examples ?? []) : [];
  const found =
    examples.find(({ when }) => key !== undefined && when?.id?.includes(key)) ?? examples.find(({ when }) => !when);
  if (!found) throw new Error(`${id} has no example to read.`);
  return found.value as Json;
}
