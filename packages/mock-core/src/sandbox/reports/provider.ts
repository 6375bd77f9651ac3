import type { Json } from '@comm100-openapi/description';
import type { AnswerProvider } from '../../answers/provider.ts';
import { composed } from '../../payload.ts';
import type { Contract } from '../contract.ts';
import { entityOf, idsIn, secretOf, settingsOf } from '../entities.ts';
import { isRecord } from '../merge.ts';
import type { Entity } from '../store.ts';
import type { World } from '../world.ts';
import { type FormField, type Reported, type Survey, surveysOf } from './company.ts';
import { isReport, report } from './report.ts';

/**
 * The reports of the company of a request, computed from what happened in it.
 *
 * @param isEnterprise Whether the account's edition is Enterprise, which has more in the report on today.
 */
export function reports(contract: Contract, isEnterprise: boolean): AnswerProvider {
  return {
    kind: 'state',
    answer({ operation, parameters, world }, response) {
      if (!world || !isReport(operation.id)) return undefined;
      const text = (name: string) => (parameters[name] === undefined ? undefined : String(parameters[name]));
      const rows = report(
        operation.id,
        operation.document.info.version.startsWith('1') ? 'v1' : 'v2',
        world.activity,
        reportedOf(contract, world, isEnterprise),
        {
          timeFrom: text('timeFrom'),
          timeTo: text('timeTo'),
          timezone: text('timezone'),
          filterName: text('filterName'),
          filterValue: parameters.filterValue === undefined ? undefined : Number(parameters.filterValue),
          group: text('group'),
          now: world.clock.now(),
        },
      );
      return composed(rows, response.validate);
    },
  };
}

/** The company as its reports name it, as the store has it now. */
function reportedOf(contract: Contract, world: World, isEnterprise: boolean): Reported {
  const { store } = world;
  const all = (kind: string) => [...store.keys(kind)].map((key) => ({ key, entity: entityOf(world, kind, key) ?? {} }));
  const ids = (kind: string) => all(kind).map(({ entity }) => Number(entity.id));
  const settings = (kind: string, key = '') => settingsOf(contract, world, kind, key);
  const { isMaxChatForAllAgents, maxChatForAllAgents } = settings('autoAllocation');
  const config = settings('configs');
  const campaigns = all('campaigns').map(({ key }) => key);
  return {
    agents: all('agents').map(({ entity }) => ({
      id: Number(entity.id),
      departments: idsIn(entity.departments),
      maxChats: Number(isMaxChatForAllAgents === true ? maxChatForAllAgents : entity.maxChatsCount),
    })),
    departments: all('departments').map(({ entity }) => ({ id: Number(entity.id), name: String(entity.name) })),
    campaigns: campaigns.map(Number),
    visitorSegments: ids('visitorSegmentations'),
    autoInvitations: all('autoInvitations').map(({ entity }) => ({
      id: Number(entity.id),
      campaign: Number(secretOf(entity).owner),
    })),
    conversionActions: ids('conversionActions'),
    cannedMessages: all('cannedMessages').map(({ entity }) => ({
      id: Number(entity.id),
      category: Number(entity.categoryId),
    })),
    surveys: campaigns.flatMap((key): Survey[] => {
      const wrapup = settings('campaigns.agentWrapup', key);
      return [
        ...surveysOf('prechat', Number(key), fieldsIn(settings('campaigns.preChat', key).fields)),
        ...surveysOf('postchat', Number(key), fieldsIn(settings('campaigns.postChat', key).fields)),
        ...surveysOf('wrapup', Number(key), fieldsIn(wrapup.value), groupsOf(wrapup)),
      ];
    }),
    customMetrics: all('customMetrics').map(({ entity }) => ({
      id: Number(entity.id),
      expression: String(entity.expression),
    })),
    isEnterprise,
    hasAutoAllocation: config.isEnableAutoAllocation === true,
    hasChatbot: world.activity.botChats.size > 0,
  };
}

function fieldsIn(value: Json | undefined): FormField[] {
  return Array.isArray(value) ? (value as unknown as FormField[]) : [];
}

/** The groups of the categories of a wrap-up, which only version 1.0 shows, as long as they have the same categories. */
function groupsOf(wrapup: Entity): { name: string; options: string[] }[] {
  const known = isRecord(wrapup.v1) && Array.isArray(wrapup.v1.value) ? wrapup.v1.value : [];
  const groups = known.flatMap((field) => (isRecord(field) && Array.isArray(field.categories) ? field.categories : []));
  const named = groups.flatMap((group) =>
    isRecord(group) && Array.isArray(group.options)
      ? [{ name: String(group.name), options: group.options.map(String) }]
      : [],
  );
  const now = fieldsIn(wrapup.value).find(({ type }) => type === 'wrapupcategory');
  const options = named.flatMap((group) => group.options);
  return options.join('\n') === (now?.options ?? '') ? named : [];
}
