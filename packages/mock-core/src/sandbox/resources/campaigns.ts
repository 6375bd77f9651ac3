import type { Json } from '@comm100-openapi/description';
import { secretOf } from '../entities.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource } from '../resource.ts';
import type { Entity, Store } from '../store.ts';

const settings = [
  'chatButton',
  'chatWindow',
  'language',
  'preChat',
  'postChat',
  'offlineMessage',
  'agentWrapup',
  'invitation',
  'routingRules',
];

export const campaigns: Resource = {
  /** Its settings, invitations and rules are removed with it: concluded. */
  afterRemoval(_, key, { world: { store } }) {
    for (const name of settings) store.remove(`campaigns.${name}`, key);
    for (const kind of ['autoInvitations', 'customRules']) {
      for (const each of [...store.keys(kind)])
        if (secretOf(store.get(kind, each)).owner === key) store.remove(kind, each);
    }
    const sso = store.get('visitorSSO', '');
    if (sso && Array.isArray(sso.campaignSSOOptions)) {
      const left = sso.campaignSSOOptions.filter((option) => !isRecord(option) || String(option.campaignId) !== key);
      store.put('visitorSSO', '', { ...sso, campaignSSOOptions: left });
    }
  },
};

/** Settings of a campaign where nobody has set any: the first ones that the schema allows, and no text. */
export function campaignSettings(kind: string): Resource {
  return { initial: (_, __, contract) => contract.neutral(kind) };
}

/** The code of a page: that of the first campaign, with the name and the id of this one. */
export const code: Resource = {
  initial: (_, __, { seed }) => seed.get('campaigns.code')?.get('1') ?? { value: '' },
  read(entity, { store }, key) {
    const text = typeof entity.value === 'string' ? entity.value : '';
    // A name must not end the comment that it is in.
    const name = String(store.get('campaigns', key)?.name ?? '').replaceAll('--', '- -');
    const value = text
      .replace(/(campaign ")[^"]*(")/, (_, before, after) => before + name + after)
      .replaceAll(/(livechat-button-|code_plan: |main_code_plan = )\d+/g, (_, before) => before + key);
    return { value };
  },
};

/** The invitations of a campaign, the auto invitations as they are in their own collection. */
export const invitation: Resource = {
  ...campaignSettings('campaigns.invitation'),
  seed: ({ autoInvitations: _, ...entity }) => entity,
  read: (entity, { store }, key) => ({ ...entity, autoInvitations: ofCampaign(store, key) }),
  write: ({ autoInvitations: _, ...entity }) => entity,
};

function ofCampaign(store: Store, key: string): Json[] {
  return store.list('autoInvitations').filter((each) => secretOf(each).owner === key) as Json[];
}

/** A text is changed by its category and name; those that are not sent stay. */
export const language: Resource = {
  ...campaignSettings('campaigns.language'),
  write(entity, before) {
    const { languageTexts } = entity;
    if (!Array.isArray(languageTexts) || languageTexts === before?.languageTexts) return entity;
    const texts = (Array.isArray(before?.languageTexts) ? before.languageTexts : []).filter(isRecord);
    for (const sent of languageTexts.filter(isRecord)) {
      const index = texts.findIndex(({ category, name }) => category === sent.category && name === sent.name);
      const { currentText = '' } = sent;
      if (index < 0) texts.push({ defaultText: currentText, macros: '', ...sent, currentText });
      else texts[index] = { ...texts[index], ...sent };
    }
    return { ...entity, languageTexts: texts };
  },
};

/** The kinds of the campaign's fields in version 1.0, where the map leaves it open. */
export const campaignFields: Resource = {
  v1: {
    // A text of the service is the name of the visitor; others are texts.
    'CampaignField.type': ({ type, isSystem }, _, usual) => (type === 'text' && isSystem !== true ? 'text' : usual()),
    'OfflineMessageForm.customOfflinePage': ({ page, isUseOwnPage }) => (isUseOwnPage === true ? page : undefined),
    'OfflineMessageForm.greetingMessage': ({ greetingMessage, isUseOwnPage }) =>
      isUseOwnPage === true ? undefined : greetingMessage,
  },
  operations: {
    /** The options of the category in their groups, as long as they are those of the groups. */
    '1 getAgentWrapUpForm'(call) {
      const shown = wrapup(call);
      const groups = v1Groups(call);
      return shown.map((field): Json => {
        if (!isRecord(field) || field.type !== 'category' || !groups) return field;
        const { options, ...rest } = field;
        const grouped = groups.flatMap((group) =>
          isRecord(group) && Array.isArray(group.options) ? group.options : [],
        );
        return JSON.stringify(grouped) === JSON.stringify(options) ? { ...rest, categories: groups } : field;
      });
    },
  },
};

function wrapup(call: Call): Json[] {
  const value = call.settings();
  return Array.isArray(value) ? value : [];
}

function v1Groups({ world, exchange }: Call): Json[] | undefined {
  const entity: Entity | undefined = world.store.get('campaigns.agentWrapup', String(Number(exchange.pathValues.id)));
  const old = isRecord(entity?.v1) && Array.isArray(entity.v1.value) ? entity.v1.value : [];
  const category = old.filter(isRecord).find(({ categories }) => Array.isArray(categories));
  return category && (category.categories as Json[]);
}
