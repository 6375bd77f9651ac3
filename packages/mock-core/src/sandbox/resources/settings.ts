import type { Json } from '@comm100-openapi/description';
import { invalid, notFound } from '../errors.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource } from '../resource.ts';

/** Messages of a category that is removed have none: concluded. So have the categories in it. */
export const cannedMessageCategories: Resource = {
  write(entity, _, { world }, key) {
    for (let parent = String(entity.parentId ?? 0); parent !== '0'; ) {
      if (parent === key) throw invalid('parentId', 'would put the category into itself.');
      parent = String(world.store.get('cannedMessageCategories', parent)?.parentId ?? 0);
    }
    return entity;
  },
  afterRemoval(_, key, { world: { store } }) {
    for (const [kind, field] of [
      ['cannedMessages', 'categoryId'],
      ['cannedMessageCategories', 'parentId'],
    ] as const) {
      for (const each of [...store.keys(kind)]) {
        const entity = store.get(kind, each);
        if (entity && String(entity[field]) === key) store.put(kind, each, { ...entity, [field]: 0 });
      }
    }
  },
};

/** An agent whose status is removed is away: concluded. A status that has another name keeps its agents. */
export const customAwayStatus: Resource = {
  write(entity, before, call) {
    if (before && before.name !== entity.name) setStatus(call, before.name, entity.name);
    return entity;
  },
  afterRemoval: ({ name }, _, call) => setStatus(call, name, 'away'),
};

function setStatus({ world: { store } }: Call, from: Json | undefined, to: Json | undefined): void {
  for (const key of [...store.keys('agents')]) {
    const agent = store.get('agents', key);
    if (agent && agent.status === from && to !== undefined) store.put('agents', key, { ...agent, status: to });
  }
}

/** Whom a segmentation notifies is an object in requests and text in responses. */
export const visitorSegmentations: Resource = {
  write(entity, before) {
    const { notification } = entity;
    if (!isRecord(notification) || notification === before?.notification) return entity;
    const parts = Object.entries(notification).map(([name, ids]) => `"${name}": ${JSON.stringify(ids)}`);
    return { ...entity, notification: `{${parts.join(', ')}}` };
  },
  v1: { 'VisitorSegment.color': ({ color }) => `#${color ?? ''}` },
};

export const conversionActions: Resource = {
  usual: { isEnable: true },
  operations: { '1 markApiConversionSuccessful': achieved, '2 markConversionAchieved': achieved },
};

/** Each outcome has an example. What was achieved is kept, for reports. */
function achieved({ world, exchange, body, now }: Call): Json | undefined {
  const { store } = world;
  const { conversion_name: name, visitorId: visitor = '', value = '0' } = body;
  const action = store.list('conversionActions').find((each) => each.name === name && each.isEnable !== false);
  const isKnown = store.has('visitors', String(visitor).toLowerCase());
  const cause = !action ? 'unknownConversion' : isKnown ? 'ok' : 'unknownVisitor';
  if (cause === 'ok' && action) {
    const id = store.nextId('achievedConversions');
    store.put('achievedConversions', String(id), {
      id,
      action: action.id ?? 0,
      visitor,
      value: String(value),
      time: now,
    });
  }
  return exchange.operation.success.examples.find((example) => example.name === cause)?.value as Json;
}

/** A site of a partner begins now. */
export const sites: Resource = {
  write: ({ password: _, ...entity }, before, { now }) => (before ? entity : { ...entity, createTime: now }),
  operations: {
    /** The site is paid for from then on; no response shows it. */
    '2 payPartnerSite'(call) {
      const { world, exchange } = call;
      const key = String(Number(exchange.pathValues.site_id));
      const site = world.store.get('sites', key);
      if (!site) throw notFound(call.exchange);
      world.store.put('sites', key, { ...site, secret: { isPaying: true } });
      return undefined;
    },
  },
};

export const cannedMessages: Resource = {
  operations: {
    '1 listCannedMessagesOfCategory': ({ world, exchange, contract }) => {
      const key = String(Number(exchange.pathValues.id));
      if (!world.store.has('cannedMessageCategories', key)) throw notFound(exchange);
      const { entry: show } = contract.listShape(exchange.operation, undefined);
      const found = world.store.list('cannedMessages').filter(({ categoryId }) => String(categoryId) === key);
      return found.map((each) => show(each as Json, world));
    },
    /** As private as its category, as documented for version 1.0. */
    '1 createCannedMessageInCategory': (call) => {
      const key = String(Number(call.exchange.pathValues.id));
      const category = call.world.store.get('cannedMessageCategories', key);
      if (!category) throw notFound(call.exchange);
      return call.create('cannedMessages', { categoryId: Number(key), isPrivate: category.isPrivate ?? false });
    },
  },
};

/** A range begins before it ends: concluded. */
export const ipRanges: Resource = {
  write(entity) {
    const [from, to] = [numberOf(entity.from), numberOf(entity.to)];
    if (from !== undefined && to !== undefined && from > to) throw invalid('to', 'must not be before `from`.');
    return entity;
  },
};

/** An IPv4 address as a number. */
function numberOf(address: Json | undefined): number | undefined {
  if (typeof address !== 'string' || !/^\d+(\.\d+){3}$/.test(address)) return undefined;
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The id of the site is not a setting. */
export const configs: Resource = {
  write: ({ siteId: _, ...entity }, before) => ({ ...entity, siteId: before?.siteId ?? 0 }),
};
