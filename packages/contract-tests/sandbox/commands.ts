import fc from 'fast-check';
import { expect } from 'vitest';
import { type Fields, type Kind, kinds, type Model } from './model.ts';

/** What sends requests: plain ones, or the typed clients. Each response is judged by the strict description. */
export interface Driver {
  /** @param operation Version and operationId: `v2 listAgents`. */
  call(
    operation: string,
    sent?: { path?: Fields; query?: Fields; body?: unknown },
  ): Promise<{ status: number; body: unknown }>;
}

type Version = 'v1' | 'v2';
type Command = fc.AsyncCommand<Model, Driver>;

/** The agent whose credentials the driver has: not removed, and its rights not taken. */
const driver = 1;

async function succeed(real: Driver, operation: string, sent: Parameters<Driver['call']>[1]): Promise<unknown> {
  const { status, body } = await real.call(operation, sent);
  expect({ operation, sent, status, body: status === 200 ? '' : body }).toEqual({
    operation,
    sent,
    status: 200,
    body: '',
  });
  return body;
}

async function fail(real: Driver, operation: string, sent: Parameters<Driver['call']>[1], want: number): Promise<void> {
  expect({ operation, sent, status: (await real.call(operation, sent)).status }).toEqual({
    operation,
    sent,
    status: want,
  });
}

/** The parameters of a path: the id, and that of the entity in which it is nested. */
function pathOf({ parameter = 'id', owner }: Kind, id: number, fields: Fields = {}): Fields {
  return owner ? { id: fields.owner, [parameter]: id } : { [parameter]: id };
}

function shown({ show }: Kind, model: Model, id: number, { owner: _, ...fields }: Fields): Fields {
  return show?.(fields, model, id) ?? fields;
}

/** Reads an entity and the lists that have it, in both versions. */
async function verify(kind: Kind, model: Model, real: Driver, id: number): Promise<void> {
  const { v1 = {}, v2 } = kind;
  const fields = model.of(kind.kind).get(id);
  if (v2.get && fields) {
    expect(await succeed(real, v2.get, { path: pathOf(kind, id, fields) })).toEqual(shown(kind, model, id, fields));
  }
  if (v1.get && fields && kind.showV1) {
    const path = kind.v1Path?.(fields, id) ?? { id };
    expect(await succeed(real, v1.get, { path })).toMatchObject(kind.showV1(fields, model, id));
  }
  const known = [...model.of(kind.kind)];
  if (v2.list) {
    const listed = await succeed(real, v2.list, { query: {} });
    const want = known.map(([each, its]) => shown(kind, model, each, its));
    expect(entries(listed)).toEqual(want.slice(0, Array.isArray(listed) ? undefined : 10));
    if (!Array.isArray(listed)) expect(listed).toMatchObject({ total: want.length });
  }
  if (v1.list && kind.showV1) {
    const owner = kind.owner && fields?.owner;
    if (kind.owner && owner === undefined) return;
    const listed = await succeed(real, v1.list, { path: kind.owner ? { id: owner } : {} });
    const mine = known.filter(([, its]) => its.owner === owner || !kind.owner);
    // The list of agents calls a name otherwise, and has less of each.
    const want = mine.map(([each, its]) => kind.showV1?.(its, model, each) ?? {});
    if (kind.kind === 'agents') {
      expect(entries(listed)).toMatchObject(
        want.map(({ email, display_name: name, departments, status }) => ({ email, name, departments, status })),
      );
    } else expect(listed).toEqual(want);
  }
}

/** The entries of a list or a page; of groups, without those of the service. */
function entries(body: unknown): Fields[] {
  const found = Array.isArray(body) ? body : Object.values(body as Fields).find(Array.isArray);
  return ((found ?? []) as Fields[]).filter(({ isSystem }) => isSystem !== true);
}

function without(fields: Fields, names: readonly string[] = []): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** What is sent in a version, and what of it the model keeps: what a request of that version can set. */
function request({ toV1, toV2, onlyV1 }: Kind, version: Version, fields: Fields): { body: Fields; kept: Fields } {
  if (version === 'v2' || !toV1) {
    const kept = without(fields, onlyV1);
    return { body: toV2?.(kept) ?? kept, kept };
  }
  const kept = Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => Object.keys(toV1({ [name]: value })).length > 0),
  );
  return { body: toV1(fields), kept };
}

class Create implements Command {
  readonly #kind: Kind;
  readonly #version: Version;
  readonly #fields: Fields;
  readonly #at: number;

  constructor(kind: Kind, version: Version, fields: Fields, at: number) {
    this.#kind = kind;
    this.#version = kind.v1?.create ? version : 'v2';
    this.#fields = fields;
    this.#at = at;
  }

  check = (model: Readonly<Model>) => !this.#kind.owner || model.ids(this.#kind.owner).length > 0;

  async run(model: Model, real: Driver): Promise<void> {
    const kind = this.#kind;
    const operation = (this.#version === 'v1' ? kind.v1?.create : kind.v2.create) ?? '';
    const owner = kind.owner && model.pick(kind.owner, this.#at);
    const wanted = kind.resolve?.(this.#fields, model) ?? this.#fields;
    const { body, kept } = request(kind, this.#version, { ...kind.needed?.(model), ...wanted });
    const made = (await succeed(real, operation, { path: owner ? { id: owner } : {}, body })) as { id: number };
    expect(model.of(kind.kind).has(made.id)).toBe(false);
    // What version 2.0 shows of it and was not sent is taken as it is; it must stay so.
    const known = kind.v2.get
      ? await succeed(real, kind.v2.get, { path: pathOf(kind, made.id, { owner }) })
      : entries(await succeed(real, kind.v2.list ?? '', {})).find(({ id }) => id === made.id);
    const all = { ...(known as Fields), ...kept, ...(owner && { owner }) };
    model.of(kind.kind).set(made.id, kind.kept?.(model, made.id, undefined, all) ?? all);
    await verify(kind, model, real, made.id);
  }

  toString = () => `${this.#version} create ${this.#kind.kind} ${JSON.stringify(this.#fields)} at ${this.#at}`;
}

class Update implements Command {
  readonly #kind: Kind;
  readonly #version: Version;
  readonly #fields: Fields;
  readonly #at: number;

  constructor(kind: Kind, version: Version, fields: Fields, at: number) {
    this.#kind = kind;
    this.#version = kind.v1?.update ? version : 'v2';
    this.#fields = fields;
    this.#at = at;
  }

  check = (model: Readonly<Model>) => model.ids(this.#kind.kind).length > 0;

  async run(model: Model, real: Driver): Promise<void> {
    const kind = this.#kind;
    const operation = (this.#version === 'v1' ? kind.v1?.update : kind.v2.update) ?? '';
    const id = model.pick(kind.kind, this.#at) ?? 0;
    const before = model.of(kind.kind).get(id) ?? {};
    const wanted = kind.resolve?.(this.#fields, model) ?? this.#fields;
    const fields = kind.kind === 'agents' && id === driver ? without(wanted, ['isAdmin']) : wanted;
    const { body, kept } = request(kind, this.#version, { ...kind.always, ...fields });
    const path = this.#version === 'v1' ? (kind.v1Path?.(before, id) ?? { id }) : pathOf(kind, id, before);
    // A form without a field is no body, and an update needs one.
    if (this.#version === 'v1' && Object.keys(body).length === 0) return;
    await succeed(real, operation, { path, body });
    const changed = kind.kept?.(model, id, before, kept) ?? kept;
    model.of(kind.kind).set(id, { ...before, ...changed });
    await verify(kind, model, real, id);
  }

  toString = () => `${this.#version} update ${this.#kind.kind} #${this.#at} ${JSON.stringify(this.#fields)}`;
}

class Remove implements Command {
  readonly #kind: Kind;
  readonly #version: Version;
  readonly #at: number;

  constructor(kind: Kind, version: Version, at: number) {
    this.#kind = kind;
    this.#version = kind.v1?.remove ? version : 'v2';
    this.#at = at;
  }

  check = (model: Readonly<Model>) =>
    this.#kind.v2.remove !== undefined && model.ids(this.#kind.kind).length > 0 && !this.#isDriver(model);

  #isDriver(model: Readonly<Model>): boolean {
    return this.#kind.kind === 'agents' && model.pick('agents', this.#at) === driver;
  }

  async run(model: Model, real: Driver): Promise<void> {
    const kind = this.#kind;
    const operation = (this.#version === 'v1' ? kind.v1?.remove : kind.v2.remove) ?? '';
    const id = model.pick(kind.kind, this.#at) ?? 0;
    const before = model.of(kind.kind).get(id) ?? {};
    const path = this.#version === 'v1' ? (kind.v1Path?.(before, id) ?? { id }) : pathOf(kind, id, before);
    await succeed(real, operation, { path });
    model.of(kind.kind).delete(id);
    kind.removed?.(model, id, before);
    await fail(real, operation, { path }, 404);
    if (kind.v2.get) await fail(real, kind.v2.get, { path: pathOf(kind, id, before) }, 404);
    await verify(kind, model, real, id);
  }

  toString = () => `${this.#version} remove ${this.#kind.kind} #${this.#at}`;
}

/** Sets the live chat settings of an agent. */
class SetLive implements Command {
  readonly #fields: Fields;
  readonly #at: number;

  constructor(fields: Fields, at: number) {
    this.#fields = fields;
    this.#at = at;
  }

  check = () => true;

  async run(model: Model, real: Driver): Promise<void> {
    const id = model.pick('agents', this.#at) ?? 0;
    const { status, departments, ...rest } = this.#fields;
    const names = [
      'online',
      'away',
      'offline',
      ...[...model.of('customAwayStatus').values()].map(({ name }) => String(name)),
    ];
    const body = {
      ...rest,
      ...(status !== undefined && { status: names[Number(status) % names.length] }),
      ...(departments !== undefined && { departments: model.pickAll('departments', departments as number[]) }),
    };
    await succeed(real, 'v2 updateLiveChatAgent', { path: { id }, body });
    if (body.departments) model.join('departments', id, body.departments);
    const before = model.of('agents').get(id) ?? {};
    const { departments: _, ...kept } = body;
    model.of('agents').set(id, { ...before, ...kept });
    const { status: now, maxChatsCount, isAcceptAllocation, ongoingChats } = { ...before, ...kept } as Fields;
    expect(await succeed(real, 'v2 getLiveChatAgent', { path: { id } })).toEqual({
      id,
      status: now,
      maxChatsCount,
      isAcceptAllocation,
      ongoingChats,
      departments: model.withAgent('departments', id),
    });
    for (const kind of kinds.filter(({ kind: name }) => name === 'agents' || name === 'departments')) {
      await verify(kind, model, real, id);
    }
  }

  toString = () => `live ${this.#at} ${JSON.stringify(this.#fields)}`;
}

/** Reads everything. */
class ReadAll implements Command {
  check = () => true;
  async run(model: Model, real: Driver): Promise<void> {
    for (const kind of kinds) for (const id of [...model.ids(kind.kind), 0]) await verify(kind, model, real, id);
  }
  toString = () => 'read all';
}

/** Sequences of requests. @param most How many in one. */
export function sequences(most: number) {
  const version = fc.constantFrom<Version>('v1', 'v2');
  const at = fc.nat({ max: 50 });
  const of = (kind: Kind) => [
    fc.tuple(version, kind.fields, at).map(([in_, fields, where]) => new Create(kind, in_, fields, where)),
    fc.tuple(version, kind.fields, at).map(([in_, fields, where]) => new Update(kind, in_, fields, where)),
    fc.tuple(version, at).map(([in_, where]) => new Remove(kind, in_, where)),
  ];
  const live = fc.record(
    { status: at, maxChatsCount: at, isAcceptAllocation: fc.boolean(), departments: fc.array(at, { maxLength: 3 }) },
    { requiredKeys: [] },
  );
  const all: fc.Arbitrary<Command>[] = [
    ...kinds.flatMap(of),
    fc.tuple(live, at).map(([fields, where]) => new SetLive(fields, where)),
    fc.constant(new ReadAll()),
  ];
  return fc.commands(all, { maxCommands: most, size: 'max' });
}

/** A model of the company as it is when nobody has changed it. */
export async function beginning(model: Model, real: Driver): Promise<Model> {
  for (const { kind, v2, owner } of kinds) {
    if (owner) continue;
    for (const entity of entries(await succeed(real, v2.list ?? '', {}))) model.of(kind).set(Number(entity.id), entity);
  }
  model.change('groups', ({ agents }) => ({ agents: (agents as Fields[]).map(({ id }) => id) }));
  for (const id of model.ids('agents')) {
    const live = (await succeed(real, 'v2 getLiveChatAgent', { path: { id } })) as Fields;
    const { groups: _, departments: __, ...fields } = { ...model.of('agents').get(id), ...live } as Fields;
    model.of('agents').set(id, fields);
  }
  for (const campaign of model.ids('campaigns')) {
    const path = { id: campaign };
    const { autoInvitations } = (await succeed(real, 'v2 getCampaignInvitation', { path })) as {
      autoInvitations: Fields[];
    };
    const { rules } = (await succeed(real, 'v2 getCampaignRoutingRules', { path })) as { rules: Fields[] };
    for (const each of autoInvitations) model.of('autoInvitations').set(Number(each.id), { ...each, owner: campaign });
    for (const each of rules) model.of('customRules').set(Number(each.id), { ...each, owner: campaign });
  }
  return model;
}
