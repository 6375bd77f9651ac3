import type { Json } from '@comm100-openapi/description';
import { invalid, notFound } from '../errors.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource } from '../resource.ts';
import type { Entity } from '../store.ts';

/** The statuses of visitors who are in a chat, with their voice or in text. */
const chatting: readonly unknown[] = [1, 2];

export const visitors: Resource = {
  v1: {
    'Visitor.language': ({ language }) =>
      String(language ?? '')
        .toLowerCase()
        .replace('-', '_'),
    'Visitor.screen_resolution': ({ screen_resolution }) => String(screen_resolution ?? '').replace('x', '*'),
    'Visitor.time_zone': ({ time_zone }) => String(time_zone ?? '').replace('GMT ', 'UTC'),
    'Visitor.department': ({ department }, { store }) => store.get('departments', String(department))?.name ?? '',
  },
  operations: {
    '1 listChattingVisitors': chattingVisitors,
    '2 listChattingVisitors': chattingVisitors,
    '1 updateVisitorCustomVariables': setVariables,
    '2 updateVisitorCustomVariables': setVariables,
  },
};

function chattingVisitors({ world, exchange, contract }: Call): Json {
  const { operation } = exchange;
  const { entry: show } = contract.listShape(operation, undefined);
  return world.store
    .list('visitors')
    .flatMap((visitor) => (chatting.includes(visitor.status) ? [show(visitor as Json, world)] : []));
}

/** Sets variables of a visitor by name; the others stay. That a name must be of a variable of the site is concluded. */
function setVariables(call: Call): Json {
  const { world, exchange, contract } = call;
  const key = (exchange.pathValues.id ?? '').toLowerCase();
  const visitor = world.store.get('visitors', key);
  if (!visitor) throw notFound(exchange);
  const variables = (Array.isArray(visitor.custom_variables) ? visitor.custom_variables : []).filter(isRecord);
  const names = new Set(world.store.list('customVariables').map(({ name }) => name));
  for (const sent of (Array.isArray(exchange.body) ? exchange.body : []).filter(isRecord)) {
    const index = variables.findIndex(({ name }) => name === sent.name);
    if (index >= 0) variables[index] = { ...variables[index], ...sent };
    else if (names.has(sent.name ?? null)) variables.push({ url: '', ...sent });
    else
      throw invalid('name', `is ${JSON.stringify(sent.name)}, which is not the name of a custom variable of the site.`);
  }
  const changed: Entity = { ...visitor, custom_variables: variables };
  world.store.put('visitors', key, changed);
  return contract.projector(exchange.operation).of(exchange.operation.success.schema ?? {})(changed as Json, world);
}
