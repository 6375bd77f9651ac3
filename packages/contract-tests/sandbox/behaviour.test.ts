import { describe, expect, test } from 'vitest';
import { type Operation, operationsOf, versions } from '../src/description.ts';
import { basic, type Sent, sandbox, World } from './harness.ts';

const operations = new Map(
  versions.flatMap((version) => operationsOf(version).map((operation) => [`${version} ${operation.id}`, operation])),
);
const mock = sandbox();
let worlds = 0;

/** A body as `JSON.parse` returns it. */
type Body = ReturnType<typeof JSON.parse>;

/** A company that nobody has changed, and requests by version and operationId. Each response fits the strict description. */
function company() {
  const world = new World(mock, `behaviour ${worlds++}`);
  return async function call(name: string, sent: Sent = {}, want = 200): Promise<Body> {
    const operation = operations.get(name) as Operation;
    const { status, body, violations } = await world.send(operation, sent);
    expect({ name, status, violations, body: status === want ? '' : body }).toEqual({
      name,
      status: want,
      violations: '',
      body: '',
    });
    return body;
  };
}

const tom = {
  email: 'tom.okafor@larkspur.example',
  password: 'demo-password-2',
  apiKey: '00000000000000000000000000000002',
};
const asTom = basic(tom.email, tom.apiKey);
const ids = (list: { id: unknown }[]) => list.map(({ id }) => id);

describe('a thing of its own', () => {
  test('what is created is in the next list, is shown, changes and is gone', async () => {
    const call = company();
    const { id } = await call('v2 createDepartment', { body: { name: 'Returns', agents: [2, 4] } });
    expect(ids(await call('v2 listDepartments'))).toEqual([1, 2, 3, id]);
    await call('v2 updateDepartment', { path: { id }, body: { description: 'Goods that come back' } });
    expect(await call('v2 getDepartment', { path: { id } })).toMatchObject({
      name: 'Returns',
      description: 'Goods that come back',
      agents: [2, 4],
    });
    expect(await call('v2 deleteDepartment', { path: { id } })).toBe(`Department '${id}' has been removed.`);
    await call('v2 getDepartment', { path: { id } }, 404);
    await call('v2 updateDepartment', { path: { id }, body: {} }, 404);
    await call('v2 deleteDepartment', { path: { id } }, 404);
    expect(ids(await call('v2 listDepartments'))).toEqual([1, 2, 3]);
    expect((await call('v2 createDepartment', { body: { name: 'Returns' } })).id).toBe(id + 1);
  });

  test('another world does not see it', async () => {
    await company()('v2 deleteDepartment', { path: { id: 1 } });
    expect(ids(await company()('v2 listDepartments'))).toEqual([1, 2, 3]);
  });

  test.each<{ name: string; call: string; sent: Sent; want: string }>([
    {
      name: 'an agent in a department',
      call: 'v2 createDepartment',
      sent: { body: { name: 'A', agents: [1, 99] } },
      want: "'agents'",
    },
    {
      name: 'a group in a department',
      call: 'v2 updateDepartment',
      sent: { path: { id: 1 }, body: { groups: [99] } },
      want: "'groups'",
    },
    {
      name: 'a backup department',
      call: 'v2 updateDepartment',
      sent: { path: { id: 1 }, body: { backupDepartmentId: 99 } },
      want: "'backupDepartmentId'",
    },
    {
      name: 'a member, in version 1.0',
      call: 'v1 createDepartment',
      sent: { body: { name: 'A', members: [99] } },
      want: "'members'",
    },
    {
      name: 'the departments of an agent',
      call: 'v2 updateLiveChatAgent',
      sent: { path: { id: 1 }, body: { departments: [99] } },
      want: "'departments'",
    },
    {
      name: 'the departments of an agent, in version 1.0',
      call: 'v1 updateAgent',
      sent: { path: { email: tom.email }, body: { departments: [99] } },
      want: "'departments'",
    },
    {
      name: 'the groups of an agent',
      call: 'v2 updateAgent',
      sent: { path: { id: 1 }, body: { groups: [{ id: 99 }] } },
      want: "'groups'",
    },
    {
      name: 'the groups of one of us',
      call: 'v2 updateOwnProfile',
      sent: { body: { groups: [{ id: 99 }] } },
      want: "'groups'",
    },
    {
      name: 'the agents of a group',
      call: 'v2 createGroup',
      sent: { body: { name: 'A', agents: [{ id: 99 }] } },
      want: "'agents'",
    },
    {
      name: 'a category',
      call: 'v2 createCannedMessage',
      sent: { body: { name: 'A', message: 'a', categoryId: 99 } },
      want: "'categoryId'",
    },
    {
      name: 'a category, in version 1.0',
      call: 'v1 createCannedMessage',
      sent: { body: { name: 'A', message: 'a', categoryId: 99 } },
      want: "'categoryId'",
    },
    {
      name: 'a category above',
      call: 'v2 updateCannedMessageCategory',
      sent: { path: { id: 1 }, body: { parentId: 99 } },
      want: "'parentId'",
    },
    {
      name: 'a category in itself',
      call: 'v2 updateCannedMessageCategory',
      sent: { path: { id: 1 }, body: { parentId: 1 } },
      want: "'parentId'",
    },
    {
      name: 'whom a segmentation notifies',
      call: 'v2 updateVisitorSegmentation',
      sent: { path: { id: 1 }, body: { notification: { agents: [99] } } },
      want: "'notification.agents'",
    },
    {
      name: 'a campaign of the single sign-on',
      call: 'v2 updateVisitorSsoSettings',
      sent: { body: { campaignSSOOptions: [{ campaignId: 99, signInType: 'no', isSkipPrechat: true }] } },
      want: "'campaignSSOOptions.campaignId'",
    },
    {
      name: 'where a rule leads',
      call: 'v2 createCustomRule',
      sent: { path: { id: 1 }, body: { name: 'A', isEnable: true, routeToObject: 'agent', routeToId: 99 } },
      want: "'routeToId'",
    },
    {
      name: 'a field of a form',
      call: 'v2 updateCampaignPreChat',
      sent: { path: { id: 1 }, body: { fields: [{ id: 99, name: 'A', type: 'text' }] } },
      want: "'fields.id'",
    },
    {
      name: 'a variable of a visitor',
      call: 'v2 updateVisitorCustomVariables',
      sent: { path: { id: '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f0001' }, body: [{ name: 'nothing', value: '1' }] },
      want: "'name'",
    },
    {
      name: 'a status',
      call: 'v2 updateLiveChatAgent',
      sent: { path: { id: 1 }, body: { status: 'Asleep' } },
      want: "'status'",
    },
    {
      name: 'the email of another agent',
      call: 'v2 createAgent',
      sent: {
        body: {
          email: 'TOM.okafor@larkspur.example',
          displayName: 'T',
          firstName: 'T',
          lastName: 'T',
          password: 'secret-1',
        },
      },
      want: "'email'",
    },
    {
      name: 'the email of another agent, in version 1.0',
      call: 'v1 updateAgent',
      sent: { path: { email: tom.email }, body: { email: 'maya.brooks@larkspur.example' } },
      want: "'email'",
    },
  ])('$name that is not right is rejected by name', async ({ call, sent, want }) => {
    const { message } = await company()(call, sent, 400);
    expect(message).toContain(want);
  });
});

describe('both versions show one company', () => {
  test('agents, by id and by email', async () => {
    const call = company();
    const made = await call('v1 createAgent', {
      body: {
        email: 'ada@larkspur.example',
        password: 'secret-1',
        display_name: 'Ada',
        first_name: 'Ada',
        last_name: 'L',
        departments: [1, 3],
        is_admin: true,
      },
    });
    expect(made).toMatchObject({ departments: [1, 3], max_chats_count: 3, status: 2, is_admin: true, is_active: true });
    expect(await call('v2 getAgent', { path: { id: made.id } })).toMatchObject({ displayName: 'Ada', isAdmin: true });
    expect(await call('v2 getLiveChatAgent', { path: { id: made.id } })).toMatchObject({
      departments: [1, 3],
      status: 'offline',
    });
    expect((await call('v2 getDepartment', { path: { id: 3 } })).agents).toEqual([4, made.id]);
    await call('v2 updateLiveChatAgent', { path: { id: made.id }, body: { status: 'Lunch', departments: [3] } });
    expect(await call('v1 getAgent', { path: { email: 'ADA@larkspur.example' } })).toMatchObject({
      status: 1,
      departments: [3],
    });
    await call('v2 updateAgent', { path: { id: made.id }, body: { email: 'ada.l@larkspur.example' } });
    await call('v1 getAgent', { path: { email: 'ada@larkspur.example' } }, 404);
    expect(await call('v1 deleteAgent', { path: { email: 'ada.l@larkspur.example' } })).toEqual({
      result: "Operator 'ada.l@larkspur.example' has been removed.",
    });
    await call('v2 getAgent', { path: { id: made.id } }, 404);
    expect((await call('v2 getDepartment', { path: { id: 3 } })).agents).toEqual([4]);
  });

  test('departments, whose status follows their agents', async () => {
    const call = company();
    const { id, status } = await call('v1 createDepartment', { body: { name: 'Repairs', members: [4] } });
    expect(status).toBe(2);
    expect(await call('v2 getDepartment', { path: { id } })).toMatchObject({
      agents: [4],
      groups: [],
      allocationRule: 'load balancing',
    });
    await call('v2 updateLiveChatAgent', { path: { id: 4 }, body: { status: 'online' } });
    expect((await call('v1 getDepartment', { path: { id } })).status).toBe(0);
    for (const agent of [1, 3, 4])
      await call('v2 updateLiveChatAgent', { path: { id: agent }, body: { status: 'offline' } });
    expect(await call('v1 getSiteStatus')).toEqual({ status: 'offline' });
  });

  test('canned messages and their categories', async () => {
    const call = company();
    const { id } = await call('v1 createCannedMessageCategory', { body: { name: 'Mine', isPrivate: true } });
    const made = await call('v1 createCannedMessageInCategory', {
      path: { id },
      body: { name: 'A', message: 'a', shortcuts: 'x' },
    });
    expect(made).toMatchObject({ categoryId: id, isPrivate: true });
    expect(await call('v2 getCannedMessage', { path: { id: made.id } })).toMatchObject({
      shortCuts: 'x',
      categoryId: id,
      isPrivate: true,
    });
    await call('v2 updateCannedMessage', { path: { id: made.id }, body: { shortCuts: 'y' } });
    expect(await call('v1 listCannedMessagesOfCategory', { path: { id } })).toEqual([{ ...made, shortcuts: 'y' }]);
    await call('v1 deleteCannedMessageCategory', { path: { id } });
    expect((await call('v2 getCannedMessage', { path: { id: made.id } })).categoryId).toBe(0);
    await call('v1 listCannedMessagesOfCategory', { path: { id } }, 404);
  });

  test('variables of a visitor', async () => {
    const call = company();
    const path = { id: '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f0003' };
    await call('v2 createCustomVariable', { body: { name: 'tier', type: 'text' } });
    await call('v1 updateVisitorCustomVariables', { path, body: [{ name: 'tier', value: 'gold' }] });
    const { custom_variables: variables } = await call('v2 getVisitor', { path });
    expect(variables).toContainEqual({ name: 'tier', value: 'gold', url: '' });
    expect(variables).toHaveLength(3);
  });

  test('what version 2.0 sets for a campaign', async () => {
    const call = company();
    const { id } = await call('v2 createCampaign', { body: { name: 'Fair', language: 'English' } });
    await call('v2 updateCampaignPreChat', {
      path: { id },
      body: {
        greetingMessage: 'Hello',
        fields: [
          { id: 1, name: 'Name', type: 'text', isVisible: true, isRequired: true, options: '' },
          { name: 'Size', type: 'select', isVisible: true, isRequired: false, options: 'S\nM' },
        ],
      },
    });
    const form = await call('v1 getPreChatForm', { path: { id } });
    expect(form.greetingMessage).toBe('Hello');
    expect(form.fields.map(({ name, type, options }: Record<string, unknown>) => [name, type, options])).toEqual([
      ['Name', 'name', []],
      ['Size', 'select', ['S', 'M']],
    ]);
    const invitation = await call('v2 createAutoInvitation', { path: { id }, body: { name: 'Hi' } });
    expect(await call('v1 listAutoInvitations', { path: { id } })).toEqual([
      { id: invitation.id, name: 'Hi', isEnable: false },
    ]);
    await call('v1 listAutoInvitations', { path: { id: 99 } }, 404);
  });
});

describe('who may do what', () => {
  test('everybody has a profile', async () => {
    const call = company();
    expect((await call('v2 getOwnProfile', { authorization: asTom })).displayName).toBe('Tom');
    await call('v2 updateOwnProfile', { authorization: asTom, body: { title: 'Guide' } });
    expect((await call('v2 getAgent', { path: { id: 2 } })).title).toBe('Guide');
  });

  test('a reset key ends the old one', async () => {
    const call = company();
    const { api_key: key } = await call('v1 resetAgentApiKey', { path: { email: tom.email } });
    await call('v2 getOwnProfile', { authorization: asTom }, 401);
    expect((await call('v2 getOwnProfile', { authorization: basic(tom.email, key) })).id).toBe(2);
  });

  const grant = (password: string) => ({ body: { grant_type: 'password', email: tom.email, password } });

  test('a changed password is asked for at the next token', async () => {
    const call = company();
    const token = await call('v2 getAgentToken', grant(tom.password));
    await call(
      'v2 changeOwnPassword',
      { authorization: asTom, body: { currentPassword: 'wrong', newPassword: 'new-1' } },
      400,
    );
    await call('v2 changeOwnPassword', {
      authorization: asTom,
      body: { currentPassword: tom.password, newPassword: 'new-1' },
    });
    await call('v2 getAgentToken', grant(tom.password), 401);
    await call('v2 getAgentToken', grant('new-1'));
    await call('v2 getOwnProfile', { authorization: `Bearer ${token.access_token}` });
    await call('v2 setAgentPassword', { path: { id: 2 }, body: { password: 'new-2' } });
    await call('v2 getAgentToken', grant('new-2'));
    await call('v1 updateAgent', { path: { email: tom.email }, body: { password: 'new-3' } });
    await call('v2 getAgentToken', grant('new-3'));
  });

  test('five wrong passwords lock an agent, until somebody unlocks the agent', async () => {
    const call = company();
    for (let attempt = 0; attempt < 4; attempt++) await call('v2 getAgentToken', grant('wrong'), 401);
    await call('v2 getAgentToken', grant(tom.password));
    for (let attempt = 0; attempt < 5; attempt++) await call('v2 getAgentToken', grant('wrong'), 401);
    await call('v2 getAgentToken', grant(tom.password), 401);
    await call('v2 getOwnProfile', { authorization: asTom }, 401);
    expect((await call('v2 getAgent', { path: { id: 2 } })).isLocked).toBe(true);
    await call('v2 unlockAgent', { path: { id: 2 } });
    await call('v2 getAgentToken', grant(tom.password));
    await call('v2 unlockAgent', { path: { id: 99 } }, 404);
  });

  test('an agent who is not active, or was removed, cannot log in', async () => {
    const call = company();
    await call('v1 updateAgent', { path: { email: tom.email }, body: { is_active: false } });
    await call('v2 getOwnProfile', { authorization: asTom }, 401);
    await call('v1 updateAgent', { path: { email: tom.email }, body: { is_active: true } });
    await call('v2 getOwnProfile', { authorization: asTom });
    await call('v2 deleteAgent', { path: { id: 2 } });
    await call('v2 getOwnProfile', { authorization: asTom }, 401);
  });

  test('permissions decide, those of groups too', async () => {
    const call = company();
    await call('v2 listDepartments', { authorization: asTom }, 403);
    await call('v2 updateAgentPermissions', { path: { id: 2 }, body: { liveChat: { manageSettings: true } } });
    await call('v2 listDepartments', { authorization: asTom });
    await call('v2 updateAgentPermissions', { path: { id: 2 }, body: { liveChat: { manageSettings: false } } });
    await call('v2 updateGroupPermissions', { path: { id: 2 }, body: { liveChat: { manageSettings: true } } });
    await call('v2 listDepartments', { authorization: asTom });
    expect((await call('v2 getAgentPermissions', { path: { id: 2 } })).liveChat.manageSettings).toBe(false);
    expect((await call('v2 getAgentEffectivePermissions', { path: { id: 2 } })).liveChat.manageSettings).toBe(true);
    await call('v2 updateAgent', { path: { id: 2 }, body: { groups: [] } });
    await call('v2 listDepartments', { authorization: asTom }, 403);
    await call('v1 updateAgent', { path: { email: tom.email }, body: { is_admin: true } });
    await call('v2 listDepartments', { authorization: asTom });
  });

  test('groups of the service keep themselves', async () => {
    const call = company();
    await call('v2 updateGroup', { path: { id: 4 }, body: { name: 'All' } }, 400);
    await call('v2 deleteGroup', { path: { id: 3 } }, 400);
    await call('v2 deleteAgent', { path: { id: 5 } });
    expect(ids((await call('v2 getGroup', { path: { id: 4 } })).agents)).toEqual([1, 2, 3, 4]);
    await call('v1 updateAgent', { path: { email: tom.email }, body: { is_admin: true } });
    expect(ids((await call('v2 getGroup', { path: { id: 3 } })).agents)).toEqual([1, 2]);
  });
});

describe('what is removed, and what refers to it', () => {
  test('a department takes its chats and messages along', async () => {
    const call = company();
    await call('v2 deleteDepartment', { path: { id: 1 } });
    const week = { timeFrom: '2025-03-03T00:00:00', timeTo: '2025-03-08T00:00:00' };
    expect(
      (await call('v2 listChats', { query: week })).chats.map(({ department }: { department: string }) => department),
    ).toEqual(['Sales']);
    expect((await call('v2 listOfflineMessages', { query: week })).total).toBe(1);
    expect((await call('v2 listMissedAndRefusedChats', { query: week })).total).toBe(1);
    expect((await call('v2 getDepartment', { path: { id: 2 } })).backupDepartmentId).toBe(0);
    const { rules } = await call('v2 getCampaignRoutingRules', { path: { id: 1 } });
    expect(rules.map(({ routeToId }: { routeToId: number }) => routeToId)).toEqual([2, 0]);
    expect((await call('v2 getLiveChatAgent', { path: { id: 1 } })).departments).toEqual([2]);
  });

  test('a campaign takes its settings, invitations and rules along', async () => {
    const call = company();
    await call('v2 deleteCampaign', { path: { id: 1 } });
    await call('v2 getCampaignChatButton', { path: { id: 1 } }, 404);
    await call('v2 getAutoInvitation', { path: { id: 1, autoInvitation_id: 1 } }, 404);
    expect((await call('v2 getVisitorSsoSettings')).campaignSSOOptions).toHaveLength(1);
  });

  test('an away status that is removed leaves its agents away', async () => {
    const call = company();
    await call('v2 updateLiveChatAgent', { path: { id: 1 }, body: { status: 'Lunch' } });
    await call('v2 updateCustomAwayStatus', { path: { id: 1 }, body: { name: 'Break' } });
    expect((await call('v2 getLiveChatAgent', { path: { id: 1 } })).status).toBe('Break');
    await call('v2 deleteCustomAwayStatus', { path: { id: 1 } });
    expect((await call('v2 getLiveChatAgent', { path: { id: 1 } })).status).toBe('away');
  });

  test('chats, one and several at once', async () => {
    const call = company();
    const [one, two] = ['c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001', 'c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002'];
    await call('v2 deleteChat', { path: { id: one.toUpperCase() } });
    await call('v1 getChat', { path: { id: one } }, 404);
    expect(await call('v2 deleteChats', { body: { ids: [one, two] } })).toBe('Chats have been removed.');
    expect(await call('v1 listChats')).toEqual({ chats: [], pages: 0, total: 0 });
  });
});

describe('campaigns and their parts', () => {
  test('an invitation belongs to its campaign', async () => {
    const call = company();
    await call('v2 getAutoInvitation', { path: { id: 2, autoInvitation_id: 1 } }, 404);
    const { id } = await call('v2 createAutoInvitation', { path: { id: 2 }, body: { name: 'Hello', isEnable: true } });
    expect(ids((await call('v2 getCampaignInvitation', { path: { id: 2 } })).autoInvitations)).toEqual([id]);
    await call('v2 deleteAutoInvitation', { path: { id: 1, autoInvitation_id: id } }, 404);
    expect(await call('v2 deleteAutoInvitation', { path: { id: 2, autoInvitation_id: id } })).toContain(`'${id}'`);
    await call('v2 updateCampaignManualInvitation', { path: { id: 2 }, body: { message: { content: 'Hm?' } } });
    expect((await call('v2 getCampaignInvitation', { path: { id: 2 } })).manualInvitation.message.content).toBe('Hm?');
  });

  test('rules come in their order, and a list of them replaces them', async () => {
    const call = company();
    const rule = { isEnable: true, routeToObject: 'department', routeToId: 3 };
    const made = await call('v2 createCustomRule', { path: { id: 2 }, body: { name: 'A', ...rule } });
    expect(made.order).toBe(1);
    const { rules } = await call('v2 updateCampaignRoutingRules', {
      path: { id: 2 },
      body: {
        rules: [
          { name: 'B', ...rule },
          { id: made.id, name: 'A2', ...rule },
        ],
      },
    });
    expect(rules.map(({ name, order }: { name: string; order: number }) => [name, order])).toEqual([
      ['B', 1],
      ['A2', 2],
    ]);
    await call('v2 updateCampaignRoutingRules', { path: { id: 2 }, body: { rules: [] } });
    await call('v2 getCustomRule', { path: { id: 2, custom_rule_id: made.id } }, 404);
    expect((await call('v2 getCampaignRoutingRules', { path: { id: 1 } })).rules).toHaveLength(2);
  });

  test('a new campaign has settings, with nothing of another one', async () => {
    const call = company();
    const path = { id: (await call('v2 createCampaign', { body: { name: 'Fair -->', language: 'English' } })).id };
    for (const name of [
      'ChatButton',
      'ChatWindow',
      'Language',
      'PreChat',
      'PostChat',
      'OfflineMessage',
      'AgentWrapup',
      'Invitation',
      'RoutingRules',
    ]) {
      const settings = await call(`v2 getCampaign${name}`, { path });
      expect(JSON.stringify(settings)).not.toMatch(/larkspur|gear|shop/i);
      const changed = await call(
        `v2 updateCampaign${name}`,
        { path, body: name === 'AgentWrapup' ? [] : name === 'Invitation' ? { style: 'bubble' } : {} },
        200,
      );
      expect(changed).toEqual(
        name === 'AgentWrapup' ? [] : name === 'Invitation' ? { ...settings, style: 'bubble' } : settings,
      );
    }
    const code = await call('v2 getCampaignInstallationCode', { path });
    expect(code).toContain(`livechat-button-${path.id}`);
    expect(code).toContain('"Fair - ->"');
  });

  test('a text of the language is changed by its name', async () => {
    const call = company();
    const text = { category: 'Prompts', name: 'Waiting', currentText: 'Soon.' };
    const { languageTexts } = await call('v2 updateCampaignLanguage', {
      path: { id: 1 },
      body: { languageTexts: [text] },
    });
    expect(languageTexts).toHaveLength(3);
    expect(languageTexts[1]).toMatchObject({ ...text, defaultText: 'Please wait, an agent will be with you soon.' });
  });
});

describe('the rest', () => {
  test('a conversion is achieved by its name and visitor', async () => {
    const call = company();
    const visitorId = '3b6f0c52-9d1e-4a57-8c20-5a1d7e4f0003';
    const body = { conversion_name: 'Trip booked', visitorId, value: '480' };
    expect((await call('v2 markConversionAchieved', { body })).code).toBe(1);
    await call('v2 createConversionAction', { body: { name: 'Trip booked', type: 'Livechatapi' } });
    expect(await call('v1 markApiConversionSuccessful', { body: { ...body, value: 480 } })).toEqual({
      error_code: 0,
      error_message: 'ok',
    });
    expect(
      (await call('v2 markConversionAchieved', { body: { ...body, visitorId: visitorId.replace('03', '09') } })).code,
    ).toBe(2);
  });

  test('changes are in the audit log', async () => {
    const call = company();
    await call('v2 createDepartment', { body: { name: 'Returns' } });
    await call('v2 updateCampaignChatButton', { path: { id: 1 }, body: { isHideOffline: true } });
    const query = { dateFrom: '2025-03-07T00:00:00', dateTo: '2025-03-07T23:59:59' };
    const { total, logs } = await call('v2 listAuditLogs', { query });
    expect(total).toBe(3);
    expect(logs[1]).toMatchObject({
      agentName: 'Maya',
      product: 'Live Chat',
      actionSummary: 'Add departments Returns',
    });
    expect((await call('v2 listAuditLogs', { query: { ...query, type: 'Campaigns Management' } })).total).toBe(1);
  });

  test('an address range and the settings beside it', async () => {
    const call = company();
    await call('v2 updateIpRange', { path: { id: 1 }, body: { to: '192.0.1.1' } }, 400);
    const { id } = await call('v2 createIpRange', { body: { from: '203.0.113.1', to: '203.0.113.9' } });
    expect(ids(await call('v2 listIpRanges'))).toEqual([1, 2, id]);
    await call('v2 updateIpRestriction', { body: { isEnableForMobile: true } });
    expect(await call('v2 getIpRestriction')).toEqual({ isEnable: true, isEnableForMobile: true });
  });

  test('sites of a partner', async () => {
    const call = company();
    const { id, createTime } = await call('v2 createPartnerSite', {
      body: {
        password: 'secret-1',
        contact: { firstName: 'A', lastName: 'B', email: 'a@b.example', phone: '1' },
        company: 'C',
        website: 'https://c.example',
        planList: [{ id: 1, name: 'Enterprise', products: 0 }],
      },
    });
    expect(createTime).toMatch(/^2025-03-07T14:00/);
    await call('v2 payPartnerSite', { path: { site_id: id } });
    await call('v2 payPartnerSite', { path: { site_id: 99 } }, 404);
    expect((await call('v2 listPartnerSites')).total).toBe(3);
    expect((await call('v2 listPartnerSites', { query: { keywords: 'birchwood' } })).total).toBe(1);
  });
});
