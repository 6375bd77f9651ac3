import fc from 'fast-check';

/** An object of a request or a response. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The company as simple as it can be: what was sent, by kind and id. It shares nothing with the sandbox but the words of
 * the API.
 */
export class Model {
  readonly kinds = new Map<string, Map<number, Fields>>();
  /** How many names were made, so that each is another. */
  names = 0;

  of(kind: string): Map<number, Fields> {
    const known = this.kinds.get(kind) ?? new Map<number, Fields>();
    this.kinds.set(kind, known);
    return known;
  }

  ids(kind: string): number[] {
    return [...this.of(kind).keys()];
  }

  /** One of the ids there are, chosen by any number; `undefined` where there is none. */
  pick(kind: string, number: number): number | undefined {
    const ids = this.ids(kind);
    return ids[number % Math.max(ids.length, 1)];
  }

  /** Several of the ids there are, each once. */
  pickAll(kind: string, numbers: readonly number[]): number[] {
    return [...new Set(numbers.flatMap((number) => this.pick(kind, number) ?? []))];
  }

  /** Changes every entity of a kind that a function has something for. */
  change(kind: string, changed: (fields: Fields, id: number) => Fields | undefined): void {
    for (const [id, fields] of this.of(kind)) this.of(kind).set(id, { ...fields, ...changed(fields, id) });
  }

  /** The ids of the groups or departments that an agent is in. */
  withAgent(kind: 'groups' | 'departments', agent: number): number[] {
    return this.ids(kind).filter((id) => (this.of(kind).get(id)?.agents as number[] | null)?.includes(agent));
  }

  /** Makes the rules that lead to a department or an agent lead nowhere. */
  forgetRoute(object: 'agent' | 'department', id: number): void {
    this.change('customRules', ({ routeToObject, routeToId }) =>
      routeToObject === object && routeToId === id ? { routeToId: 0 } : undefined,
    );
  }

  /** Makes an agent a member of these, and of no others. */
  join(kind: 'groups' | 'departments', agent: number, wanted: readonly number[]): void {
    this.change(kind, ({ agents }, id) => {
      const members = (agents as number[] | null) ?? [];
      if (members.includes(agent) === wanted.includes(id)) return undefined;
      return { agents: wanted.includes(id) ? [...members, agent] : members.filter((each) => each !== agent) };
    });
  }
}

/** The operations of a kind in one version; what is absent, the version does not have. */
interface Operations {
  readonly list?: string;
  readonly get?: string;
  readonly create?: string;
  readonly update?: string;
  readonly remove?: string;
}

/** What the model knows of a kind. */
export interface Kind {
  readonly kind: string;
  /** The kind in which it is nested, and the parameters of paths with the ids of both. */
  readonly owner?: string;
  readonly parameter?: string;
  readonly v1?: Operations;
  readonly v2: Operations;
  /** What can be set, any of it; numbers stand for entities. */
  readonly fields: fc.Arbitrary<Fields>;
  /** What a creation cannot do without. */
  readonly needed?: (model: Model) => Fields;
  /** What is sent, and kept: numbers become the ids of entities. */
  readonly resolve?: (fields: Fields, model: Model) => Fields;
  /** What version 2.0 shows of it. */
  readonly show?: (fields: Fields, model: Model, id: number) => Fields;
  /** What an update cannot do without. */
  readonly always?: Fields;
  /** A request of version 2.0, where it is not just the fields. */
  readonly toV2?: (sent: Fields) => Fields;
  /** What requests of version 2.0 cannot set. */
  readonly onlyV1?: readonly string[];
  /** A request of version 1.0. */
  readonly toV1?: (sent: Fields) => Fields;
  /** What version 1.0 shows of it, at least. */
  readonly showV1?: (fields: Fields, model: Model, id: number) => Fields;
  /** The name of an entity in paths of version 1.0. @default its id */
  readonly v1Path?: (fields: Fields, id: number) => Fields;
  /** What changes elsewhere when one is removed. */
  readonly removed?: (model: Model, id: number, fields: Fields) => void;
  /** What changes elsewhere when one is kept. */
  readonly kept?: (model: Model, id: number, before: Fields | undefined, fields: Fields) => Fields;
}

const text = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abc XYZ019.-\'"é漢&<,') })
  .map((each) => each.trim() || 'x');
const some = (properties: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(properties, { requiredKeys: [] }) as fc.Arbitrary<Fields>;
const number = fc.nat({ max: 1000 });
const numbers = fc.array(number, { maxLength: 4 });
const flag = fc.boolean();
const colour = fc.constantFrom('1B7F5C', 'C2571A', '3A4FA3');

const renamed = (names: Readonly<Record<string, string>>) => (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (names[name] ? [[names[name], value]] : [])));

/** Ids as objects that have them. */
const references = (name: string) => (fields: Fields) =>
  fields[name] === undefined ? fields : { ...fields, [name]: (fields[name] as number[]).map((id) => ({ id })) };

/** A name that no other has, of any characters. */
const named = (model: Model) => ({ name: `N${model.names++}` });

const rule = some({
  name: text,
  isEnable: flag,
  routePriority: fc.constantFrom('lowest', 'normal', 'highest'),
  routeToId: number,
});

const agentNames: Readonly<Record<string, string>> = {
  email: 'email',
  displayName: 'display_name',
  firstName: 'first_name',
  lastName: 'last_name',
  title: 'title',
  mobilePhone: 'phone',
  bio: 'description',
  departments: 'departments',
  maxChatsCount: 'max_chats_count',
  isAdmin: 'is_admin',
};
const agentsV1 = {
  list: 'v1 listAgents',
  get: 'v1 getAgent',
  create: 'v1 createAgent',
  update: 'v1 updateAgent',
  remove: 'v1 deleteAgent',
};
const categoryNames = { name: 'name', parentId: 'parentId', isPrivate: 'isPrivate' };
const messageNames = {
  name: 'name',
  message: 'message',
  categoryId: 'categoryId',
  isPrivate: 'isPrivate',
  shortCuts: 'shortcuts',
};

function crud(name: string, plural: string, without: readonly (keyof Operations)[] = []): Operations {
  const all: Operations = {
    list: `list${plural}`,
    get: `get${name}`,
    create: `create${name}`,
    update: `update${name}`,
    remove: `delete${name}`,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([verb, id]) =>
      without.includes(verb as keyof Operations) ? [] : [[verb, `v2 ${id}`]],
    ),
  );
}

const listOnly = (id: string): Operations => ({ list: `v1 ${id}` });

/** Every collection that can be changed. */
export const kinds: readonly Kind[] = [
  {
    kind: 'departments',
    v1: {
      list: 'v1 listDepartments',
      get: 'v1 getDepartment',
      create: 'v1 createDepartment',
      update: 'v1 updateDepartment',
      remove: 'v1 deleteDepartment',
    },
    v2: crud('Department', 'Departments'),
    fields: some({
      name: text,
      description: text,
      agents: numbers,
      groups: numbers,
      allocationRule: fc.constantFrom('load balancing', 'round robin', 'capability weighted'),
      isLastChattedPreferred: flag,
      backupDepartmentId: number,
    }),
    needed: named,
    resolve: ({ agents, groups, backupDepartmentId, ...rest }, model) => ({
      ...rest,
      ...(agents !== undefined && { agents: model.pickAll('agents', agents as number[]) }),
      ...(groups !== undefined && { groups: model.pickAll('groups', groups as number[]) }),
      ...(backupDepartmentId !== undefined && {
        backupDepartmentId: model.pick('departments', Number(backupDepartmentId)) ?? 0,
      }),
    }),
    toV1: renamed({ name: 'name', description: 'description', agents: 'members' }),
    showV1: ({ id, name, description, agents }, model) => ({
      id,
      name,
      description,
      members: agents,
      status: (agents as number[]).some((agent) => model.of('agents').get(agent)?.status === 'online') ? 0 : 2,
    }),
    removed: (model, id) => {
      model.change('departments', ({ backupDepartmentId }) =>
        backupDepartmentId === id ? { backupDepartmentId: 0 } : undefined,
      );
      model.forgetRoute('department', id);
    },
  },
  {
    kind: 'agents',
    v1: agentsV1,
    v2: crud('Agent', 'Agents'),
    onlyV1: ['departments', 'maxChatsCount', 'isAdmin'],
    toV2: references('groups'),
    fields: some({
      displayName: text,
      firstName: text,
      lastName: text,
      title: text,
      mobilePhone: text,
      bio: text,
      groups: numbers,
      departments: numbers,
      maxChatsCount: number,
      isAdmin: flag,
    }),
    needed: (model) => ({
      email: `u${model.names++}@larkspur.example`,
      displayName: 'D',
      firstName: 'F',
      lastName: 'L',
      password: 'secret-1',
    }),
    resolve: ({ groups, departments, ...rest }, model) => ({
      ...rest,
      ...(groups !== undefined && { groups: model.pickAll('groups', groups as number[]) }),
      ...(departments !== undefined && { departments: model.pickAll('departments', departments as number[]) }),
    }),
    show: (
      {
        password: _,
        status: __,
        maxChatsCount: ___,
        isAcceptAllocation: ____,
        ongoingChats: _____,
        departments: ______,
        ...fields
      },
      model,
      id,
    ) => ({
      ...fields,
      groups: model.withAgent('groups', id).map((group) => ({ id: group, name: model.of('groups').get(group)?.name })),
    }),
    toV1: (sent) => renamed({ ...agentNames, password: 'password' })(sent),
    showV1: (fields, model, id) => ({
      ...renamed(agentNames)(fields),
      departments: model.withAgent('departments', id),
      status: { online: 0, away: 1, offline: 2 }[String(fields.status)] ?? 1,
    }),
    v1Path: ({ email }) => ({ email }),
    removed: (model, id) => {
      model.join('groups', id, []);
      model.join('departments', id, []);
      model.forgetRoute('agent', id);
    },
    kept: (model, id, before, { groups, departments, password: _, ...fields }) => {
      if (groups !== undefined && (groups as unknown[]).every(Number.isInteger))
        model.join('groups', id, groups as number[]);
      if (departments !== undefined) model.join('departments', id, departments as number[]);
      return before
        ? fields
        : { maxChatsCount: 3, status: 'offline', isAcceptAllocation: true, ongoingChats: 0, ...fields };
    },
  },
  {
    kind: 'groups',
    v2: crud('Group', 'Groups'),
    toV2: references('agents'),
    fields: some({ name: text, description: text, agents: numbers }),
    needed: named,
    resolve: ({ agents, ...rest }, model) => ({
      ...rest,
      ...(agents !== undefined && { agents: model.pickAll('agents', agents as number[]) }),
    }),
    show: (fields, model) => ({
      ...fields,
      agents:
        (fields.agents as number[] | null)?.map((id) => {
          const { firstName, lastName } = model.of('agents').get(id) ?? {};
          return { id, name: `${firstName} ${lastName}`.trim() };
        }) ?? null,
    }),
    removed: (model, id) =>
      model.change('departments', ({ groups }) => ({ groups: (groups as number[]).filter((group) => group !== id) })),
  },
  {
    kind: 'cannedMessageCategories',
    v1: {
      list: 'v1 listCannedMessageCategories',
      get: 'v1 getCannedMessageCategory',
      create: 'v1 createCannedMessageCategory',
      update: 'v1 updateCannedMessageCategory',
      remove: 'v1 deleteCannedMessageCategory',
    },
    v2: crud('CannedMessageCategory', 'CannedMessageCategories'),
    fields: some({ name: text, isPrivate: flag }),
    needed: (model) => ({
      ...named(model),
      parentId: model.pick('cannedMessageCategories', model.names) ?? 0,
      isPrivate: false,
    }),
    toV1: renamed(categoryNames),
    showV1: (fields) => fields,
    removed: (model, id) => {
      model.change('cannedMessages', ({ categoryId }) => (categoryId === id ? { categoryId: 0 } : undefined));
      model.change('cannedMessageCategories', ({ parentId }) => (parentId === id ? { parentId: 0 } : undefined));
    },
  },
  {
    kind: 'cannedMessages',
    v1: {
      list: 'v1 listCannedMessages',
      get: 'v1 getCannedMessage',
      create: 'v1 createCannedMessage',
      update: 'v1 updateCannedMessage',
      remove: 'v1 deleteCannedMessage',
    },
    v2: crud('CannedMessage', 'CannedMessages'),
    fields: some({ name: text, message: text, shortCuts: text, isPrivate: flag, categoryId: number }),
    needed: (model) => ({ ...named(model), message: 'm' }),
    resolve: ({ categoryId, ...rest }, model) => ({
      ...rest,
      ...(categoryId !== undefined && { categoryId: model.pick('cannedMessageCategories', Number(categoryId)) ?? 0 }),
    }),
    toV1: renamed(messageNames),
    showV1: (fields) => ({ id: fields.id, ...renamed(messageNames)(fields) }),
  },
  {
    kind: 'campaigns',
    v1: listOnly('listCampaigns'),
    v2: crud('Campaign', 'Campaigns'),
    fields: some({ name: text, description: text, language: text }),
    needed: (model) => ({ ...named(model), language: 'English' }),
    showV1: ({ id, name, description }) => ({ id, name, description }),
    removed: (model, id) => {
      for (const kind of ['autoInvitations', 'customRules']) {
        for (const [key, { owner }] of model.of(kind)) if (owner === id) model.of(kind).delete(key);
      }
    },
  },
  {
    kind: 'autoInvitations',
    owner: 'campaigns',
    parameter: 'autoInvitation_id',
    v1: listOnly('listAutoInvitations'),
    v2: {
      get: 'v2 getAutoInvitation',
      create: 'v2 createAutoInvitation',
      update: 'v2 updateAutoInvitation',
      remove: 'v2 deleteAutoInvitation',
    },
    fields: some({ name: text, isEnable: flag, isPopupOnlyOneTime: flag }),
    needed: named,
    showV1: ({ id, name, isEnable }) => ({ id, name, isEnable }),
  },
  {
    kind: 'customRules',
    owner: 'campaigns',
    parameter: 'custom_rule_id',
    v2: {
      get: 'v2 getCustomRule',
      create: 'v2 createCustomRule',
      update: 'v2 updateCustomRule',
      remove: 'v2 deleteCustomRule',
    },
    fields: rule,
    needed: (model) => ({
      ...named(model),
      isEnable: true,
      routeToObject: 'agent',
      routeToId: model.pick('agents', 1) ?? 0,
      conditions: { when: 'all', logicalExpression: '', list: [] },
    }),
    resolve: ({ routeToId, ...rest }, model) => ({
      ...rest,
      ...(routeToId !== undefined && {
        routeToObject: 'agent',
        routeToId: model.pick('agents', Number(routeToId)) ?? 0,
      }),
    }),
  },
  {
    kind: 'customAwayStatus',
    v2: { ...crud('CustomAwayStatus', 'CustomAwayStatuses') },
    fields: some({ isVisible: flag }),
    needed: named,
    removed: (model, _, { name }) =>
      model.change('agents', ({ status }) => (status === name ? { status: 'away' } : undefined)),
  },
  {
    kind: 'bans',
    v2: crud('Ban', 'Bans'),
    fields: some({ comment: text }),
    needed: (model) => ({ type: 'ip', ipAddress: `198.51.100.${model.names++ % 250}` }),
  },
  {
    kind: 'conversionActions',
    v1: listOnly('listConversionActions'),
    v2: crud('ConversionAction', 'ConversionActions', ['remove']),
    fields: some({ name: text, isEnable: flag, isCaseSensitive: flag, isAssignValue: flag }),
    needed: (model) => ({ ...named(model), isEnable: true, type: 'Livechatapi' }),
    showV1: ({ id, name, isEnable }) => ({ id, name, isEnable }),
  },
  {
    kind: 'visitorSegmentations',
    v1: listOnly('listVisitorSegments'),
    v2: crud('VisitorSegmentation', 'VisitorSegmentations'),
    fields: some({ name: text, color: colour, isEnable: flag, description: text }),
    needed: (model) => ({
      ...named(model),
      color: 'C2571A',
      isEnable: true,
      conditions: { when: 'all', logicalExpression: '', list: [] },
    }),
    showV1: ({ id, name, color, isEnable }) => ({ id, name, color: `#${color}`, isEnable }),
  },
  {
    kind: 'secureForms',
    v2: crud('SecureForm', 'SecureForms'),
    fields: some({ name: text, description: text }),
    needed: named,
  },
  {
    kind: 'webhooks',
    v2: crud('Webhook', 'Webhooks', ['get']),
    fields: some({
      event: fc.constantFrom('chatStarted', 'chatEnded'),
      targetUrl: fc.webUrl({ validSchemes: ['https'] }),
    }),
    needed: () => ({ event: 'chatEnded', targetUrl: 'https://hooks.example/x' }),
  },
  {
    kind: 'customVariables',
    v1: listOnly('listCustomVariables'),
    v2: crud('CustomVariable', 'CustomVariables', ['get']),
    fields: some({ value: text, type: fc.constantFrom('text', 'integer', 'decimal') }),
    needed: (model) => ({ name: `variable_${model.names++}`, type: 'text', value: 'x' }),
    showV1: ({ name, value }) => ({ name, value }),
  },
  {
    kind: 'ipRanges',
    v2: crud('IpRange', 'IpRanges', ['get']),
    fields: some({ to: fc.constantFrom('203.0.113.50', '203.0.113.60') }),
    needed: () => ({ from: '203.0.113.1', to: '203.0.113.20' }),
  },
  {
    kind: 'sites',
    parameter: 'site_id',
    always: { planList: [{ id: 1, name: 'Enterprise', products: 0 }] },
    v2: {
      list: 'v2 listPartnerSites',
      get: 'v2 getPartnerSite',
      create: 'v2 createPartnerSite',
      update: 'v2 updatePartnerSite',
    },
    fields: some({ company: text, city: text, country: text }),
    needed: (model) => ({
      password: 'secret-1',
      contact: { firstName: 'A', lastName: 'B', email: `s${model.names++}@sites.example`, phone: '1' },
      company: 'C',
      website: 'https://c.example',
      companySize: '1-10',
      timeZone: '24',
      planList: [{ id: 1, name: 'Enterprise', products: 0 }],
    }),
    show: ({ password: _, ...fields }) => fields,
  },
];
