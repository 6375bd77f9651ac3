import type { Json } from '@comm100-openapi/description';
import type { ServedResponse } from '../operation-table.ts';
import { entityOf, secretOf } from './entities.ts';
import { byKeywords } from './keywords.ts';
import { isRecord } from './merge.ts';
import { type Keys, orderOf } from './order.ts';
import { timeOf } from './project.ts';
import type { Call, Resource } from './resource.ts';

/** How many entries a page has where the request cannot choose, or does not. */
const usualSize = 10;

/** The response of a list: the entries that the request asks for, a page of them where the list has pages. */
export function listOf(call: Call, { examples }: ServedResponse): Json {
  const { action, exchange, contract, world } = call;
  const { operation } = exchange;
  const keys = keysOf(call);
  const { entry, fields } = contract.listShape(operation, action.list);
  const show = (key: string) => entry(entityOf(world, action.kind, key), world);
  const { list } = action;
  if (!list) return keys.slice().map(show);
  if (!fields.has('total')) return { [list]: keys.slice().map(show) };

  const given = valuesOf(call);
  const size = Number(given.pageSize ?? usualSize);
  const index = given.page === undefined ? Number(given.pageIndex ?? 0) : Math.max(Number(given.page), 1) - 1;
  const page = keys.slice(index * size, (index + 1) * size).map(show);
  const total = keys.length;
  if (fields.has('pages')) return { [list]: page, pages: Math.ceil(total / size), total };
  const [example] = examples;
  const sample = isRecord(example?.value) ? example.value : {};
  const link = (to: number) => linkTo(call, String(sample.previousPage || ''), to);
  const isLast = (index + 1) * size >= total;
  // The first page links to itself where the samples do.
  const before = sample.previousPage ? link(0) : (sample.previousPage ?? '');
  return {
    total,
    previousPage: index > 0 ? link(index - 1) : before,
    nextPage: isLast ? (sample.nextPage === null ? null : '') : link(index + 1),
    [list]: page,
  };
}

/** The address of another page, which keeps the filters of the request. @param sample An address of the example, or empty. */
function linkTo({ exchange }: Call, sample: string, page: number): string {
  const path = sample ? new URL(sample).pathname : exchange.operation.path.replace(/^\/api\/v(\d)\//, '/api/v$1.0/');
  const query = new URLSearchParams([...exchange.query].filter(([name]) => name !== 'pageIndex'));
  query.set('pageIndex', String(page));
  return `${exchange.incoming.origin}${path}?${query}`;
}

/** The parameters of the query by name; conditions, which are numbered, as one list. */
function valuesOf({ exchange }: Call): Readonly<Record<string, Json>> {
  const values = exchange.parameters as Readonly<Record<string, Json>>;
  const conditions: Record<string, Json>[] = [];
  for (const [name, value] of exchange.query) {
    const [, number, field = ''] = /^conditions\[(\d{1,2})\]\[(\w+)\]$/.exec(name) ?? [];
    if (number !== undefined) conditions[Number(number)] = { ...conditions[Number(number)], [field]: value };
  }
  return conditions.length > 0 ? { ...values, conditions: conditions.filter(Boolean) } : values;
}

/** The keys of the entities that a list has, in its order. */
function keysOf(call: Call): Keys {
  const { world, action, exchange, contract } = call;
  const { kind, owner } = action;
  const resource = contract.resource(kind);
  const values = valuesOf(call);
  const filters: Resource['filters'] = { keywords: byKeywords, keyword: byKeywords, ...resource.filters };
  const tests = Object.entries(filters).flatMap(([name, filter]) => {
    const value = values[name];
    return value === undefined ? [] : (filter(value, call) ?? []);
  });
  const owning = owner && String(Number(exchange.pathValues[owner.parameter]));
  const keys = resource.time
    ? orderOf(world.store, kind, resource.time).between(...rangeOf(call))
    : [...world.store.keys(kind)];
  const fits = (key: string) => {
    const entity = entityOf(world, kind, key);
    if (!entity || (owning !== undefined && secretOf(entity).owner !== owning)) return false;
    return tests.every((test) => test(entity, key));
  };
  const found = tests.length === 0 && owning === undefined ? keys : keys.slice().filter(fits);
  return resource.isNewestFirst ? found.slice().toReversed() : found;
}

const day = 86_400_000;

/**
 * The range of time that a request asks for: from the first moment to the one before which it ends, in milliseconds since
 * 1970. Without it, it is the current day. Days of version 1.0 are days of UTC, and both are included; whether the
 * moment that ends a range of version 2.0 is included is not documented: it is not, so that ranges that follow
 * each other have each chat once.
 */
function rangeOf(call: Call): [from: number, to: number] {
  const { timeFrom, timeTo, timezone, date_from, date_to, dateFrom, dateTo } = valuesOf(call);
  const today = Math.floor(call.world.clock.now() / day) * day;
  if (call.exchange.operation.query.has('timefrom')) {
    const offset = offsetOf(String(timezone ?? '+00:00'));
    const local = Math.floor((call.world.clock.now() + offset) / day) * day - offset;
    const from = timeFrom === undefined ? local : Date.parse(`${timeFrom}Z`) - offset;
    const to = timeTo === undefined ? local + day : Date.parse(`${timeTo}Z`) - offset;
    return [from, to];
  }
  // The audit log has moments, of which the last is included too.
  if (dateFrom !== undefined && dateTo !== undefined) return [timeOf(String(dateFrom)), timeOf(String(dateTo)) + 1];
  const first = date_from === undefined ? today : Date.parse(String(date_from));
  const last = date_to === undefined ? today : Date.parse(String(date_to));
  return [first, last + day];
}

/** `+08:00` in milliseconds. */
function offsetOf(text: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
