import type { Json } from '@comm100-openapi/description';
import { readMigration } from '@comm100-openapi/description/files';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { CompanyFileError, createMock, placeOf } from '../../src/index.ts';
import { Contract } from '../../src/sandbox/contract.ts';
import { exportCompany, readCompanyFile } from '../../src/sandbox/own/company-file.ts';
import { companySchema, kindsOf } from '../../src/sandbox/own/company-schema.ts';
import { Store } from '../../src/sandbox/store.ts';
import { basicHeader, bundles, company as demo } from '../helpers.ts';
import { problemsOf } from './schemas.ts';

const migration = readMigration(import.meta.resolve('@comm100-openapi/spec/migration.json'));
const contract = new Contract(bundles, demo, migration);
const [, document] = bundles as [(typeof bundles)[0], (typeof bundles)[0]];

const file = {
  site: { id: 20_001, name: 'Birchwood Cycles', today: '2025-06-02' },
  agents: [
    {
      id: 7,
      email: 'sofia@birchwood.example',
      displayName: 'Sofia',
      isAdmin: true,
      departments: [1],
      status: 'online',
    },
    { email: 'ben@birchwood.example', password: 'ride-on', permissions: ['View Reports'] },
  ],
  departments: [{ name: 'Workshop' }, { name: 'Sales', agents: [8] }],
  campaigns: [{ name: 'Shop' }],
  visitors: [{ name: 'Ida Holm', email: 'ida@example.com' }],
  cannedMessageCategories: [{ id: 3, name: 'Hours' }],
  cannedMessages: [{ name: 'Open', message: 'We open at nine.', categoryId: 3 }],
  customRules: [{ campaign: 1, name: 'To the workshop', routeToObject: 'department', routeToId: 1 }],
  chats: [
    {
      visitor: 'ida holm',
      agent: 7,
      department: 'Workshop',
      start: '2025-06-02T10:00:00',
      end: '2025-06-02T10:10:00',
      waited: 20,
      rating: 4,
      messages: [
        { from: 'visitor', text: 'My chain is broken.' },
        { from: 'agent', text: 'Bring it in today.' },
        { from: 'note', text: 'Free of charge.' },
      ],
    },
    { visitor: 'ida@example.com', department: 2, start: '2025-06-02T11:00:00', waited: 60, missed: true },
  ],
  offlineMessages: [
    { visitor: 'Ida Holm', department: 1, time: '2025-06-01T20:00:00', content: 'Do you fix e-bikes?' },
  ],
};

function own(companyFile: Json) {
  const mock = createMock({ bundles, company: demo, migration, mode: 'sandbox', companyFile });
  return async (path: string, agent = { email: 'sofia@birchwood.example', apiKey: '7'.padStart(32, '0') }) => {
    const headers = { authorization: basicHeader(agent) };
    const response = await mock.fetch(new Request(`http://mock/api/${path}`, { headers }));
    return { status: response.status, body: await response.json() };
  };
}

describe('a company of one’s own', () => {
  const read = own(file);

  test('is what both versions show, and nothing of the demo company', async () => {
    const departments = (await read('v2/livechat/departments')).body;
    expect(departments).toMatchObject([
      { id: 1, name: 'Workshop', agents: [7] },
      { id: 2, name: 'Sales', agents: [8] },
    ]);
    const accounts = await read('v2/account/agents');
    expect(accounts.body.agents, JSON.stringify(accounts)).toMatchObject([
      { id: 7, email: 'sofia@birchwood.example', displayName: 'Sofia', isAdmin: true },
      { id: 8, email: 'ben@birchwood.example', displayName: 'ben', isAdmin: false },
    ]);
    expect((await read('v1/livechat/departments')).body).toMatchObject([{ name: 'Workshop' }, { name: 'Sales' }]);
    for (const path of ['bans', 'webhooks', 'conversionActions', 'customVariables']) {
      expect((await read(`v2/livechat/${path}`)).body).toEqual([]);
    }
    expect((await read('v2/livechat/campaigns/1/customRules')).status).not.toBe(500);
    const groups = (await read('v2/account/groups')).body as { isSystem: boolean; agents: object[] }[];
    expect(groups.map(({ isSystem, agents }) => [isSystem, agents.length])).toEqual([
      [true, 1],
      [true, 2],
    ]);
  });

  test('has chats with what the file says', async () => {
    const { body } = await read('v2/livechat/chats');
    expect(body.chats.flatMap((chat: unknown) => problemsOf('Chat', chat))).toEqual([]);
    expect(body.chats).toMatchObject([
      {
        name: 'Ida Holm',
        email: 'ida@example.com',
        department: 'Workshop',
        agents: [{ id: 7, display_name: 'Sofia' }],
        requestTime: '2025-06-02T10:00:00',
        waitingTime: '00:00:20',
        endTime: '2025-06-02T10:10:00',
        postChat: { ratingGrade: '4' },
      },
    ]);
    const said = body.chats[0].chatTranscript.map((message: Record<string, Json>) => [
      message.sender,
      message.content,
      message.isNoteMessage,
    ]);
    expect(said).toEqual([
      ['', 'Sofia has joined the chat.', false],
      ['Ida Holm', 'My chain is broken.', false],
      ['Sofia', 'Bring it in today.', false],
      ['Sofia', 'Free of charge.', true],
    ]);
    const missed = (await read('v2/livechat/missedAndRefusedChats')).body.missedAndRefusedChats;
    expect(missed).toMatchObject([{ type: 'Missed', chat: { department: 'Sales', waitingTime: '00:01:00' } }]);
    const range = 'timeFrom=2025-06-01T00:00:00&timeTo=2025-06-02T00:00:00';
    const messages = (await read(`v2/livechat/offlineMessages?${range}`)).body.offlineMessages;
    expect(messages).toMatchObject([{ name: 'Ida Holm', department: 'Workshop', content: 'Do you fix e-bikes?' }]);
  });

  test('its agents can do what the file says, and those of the demo company cannot log in', async () => {
    const ben = { email: 'ben@birchwood.example', apiKey: '8'.padStart(32, '0') };
    expect((await read('v2/livechat/departments', ben)).status).toBe(403);
    const [maya] = demo.agents;
    expect((await read('v2/livechat/departments', maya)).status).toBe(401);
  });

  test('settings that it does not have are there', async () => {
    for (const path of ['campaigns/1/chatButton', 'campaigns/1/preChat', 'configs', 'autoAllocation']) {
      expect((await read(`v2/livechat/${path}`)).status, path).toBe(200);
    }
  });
});

describe('what is wrong is named, with its place', () => {
  const [first, second] = file.agents;
  test.each([
    { given: { agents: [first] }, want: ['site: is required.'] },
    {
      given: { ...file, departments: [], chats: [], offlineMessages: [], agents: [] },
      want: ['agents: is empty. Somebody must be able to log in.'],
    },
    { given: { ...file, departement: [] }, want: [/^departement: is unknown\. There are site, .*departments/] },
    {
      given: { ...file, agents: [first, { ...second, mail: 'x' }] },
      want: [/^agents\[1\]\.mail: is unknown\. The fields of agents are .*email/],
    },
    { given: { ...file, agents: [first, { password: 'x' }] }, want: ['agents[1].email: is required.'] },
    {
      given: { ...file, agents: [first, { ...second, email: 'SOFIA@birchwood.example' }] },
      want: ['agents[1].email: is the email of another agent.'],
    },
    {
      given: { ...file, agents: [first, { ...second, id: 7 }] },
      want: [
        /^agents\[1\]\.id: 7 is the id of another item/,
        'departments[1].agents: 8 is not among the agents of the file.',
      ],
    },
    {
      given: { ...file, agents: [first, { ...second, permissions: ['View'] }] },
      want: [/^agents\[1\]\.permissions\[0\]: 'View' is not a permission\. There are Manage Site, /],
    },
    {
      given: { ...file, agents: [{ ...first, departments: [9] }, second] },
      want: ['agents[0].departments: 9 is not the id of a department.'],
    },
    {
      given: { ...file, cannedMessages: [{ name: 'Open', message: 'We open.', categoryId: 4 }] },
      want: ['cannedMessages[0].categoryId: 4 is not among the cannedMessageCategories of the file.'],
    },
    {
      given: { ...file, customRules: [{ campaign: 5, name: 'x' }] },
      want: ['customRules[0].campaign: 5 is not the id of a campaign.'],
    },
    {
      given: {
        ...file,
        chats: [{ visitor: 'Nobody', agent: 1, start: '2025-06-02T10:00:00', end: '2025-06-02T09:00:00' }],
      },
      want: [
        'chats[0].agent: 1 is not the id of an agent.',
        /^chats\[0\]\.end: is before the agent answered/,
        "chats[0].visitor: 'Nobody' is not the id, the name or the email of one of the visitors.",
      ],
    },
    {
      given: { ...file, chats: [{ visitor: 'Ida Holm', agent: 7, start: '10:00' }] },
      want: [/^chats\[0\]\.start: must match/],
    },
    {
      given: { ...file, settings: { 'campaigns.chatButton': { 9: {} } } },
      want: ['settings.campaigns.chatButton.9: is not the id of one of the campaigns.'],
    },
    {
      given: { ...file, settings: { chatButton: {} } },
      want: [/^settings\.chatButton: is unknown\. There are .*campaigns\.chatButton/],
    },
    { given: 'Birchwood', want: [': must be an object.'] },
  ])('$want', ({ given, want }) => {
    let problems: string[] = [];
    try {
      readCompanyFile(given as Json, contract, document);
    } catch (error) {
      expect(error).toBeInstanceOf(CompanyFileError);
      problems = (error as CompanyFileError).problems.map(({ path, text }) => `${placeOf(path)}: ${text}`);
    }
    expect(problems).toEqual(want.map((text) => (typeof text === 'string' ? text : expect.stringMatching(text))));
  });
});

test('the schema accepts what the mock accepts', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(
    JSON.parse(JSON.stringify(companySchema(document, kindsOf(document, contract.actions)))),
  );
  expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...file, departement: [] })).toBe(false);
});

test('an export is a file that makes the same company', () => {
  const { company, seed, facts } = readCompanyFile(file, contract, document);
  const exported = exportCompany(company, new Store(seed), facts, contract, document);
  const again = readCompanyFile(exported, contract, document);
  const data = (from: typeof seed) =>
    Object.fromEntries(
      [...from].map(([kind, entities]) => [kind, [...entities.keys()].map((key) => entities.get(key))]),
    );
  expect(again.company).toEqual(company);
  expect(again.facts).toEqual(facts);
  expect(data(again.seed)).toEqual(data(seed));
});

test('an export of the demo company is a file that can be read', () => {
  const facts = {
    chats: [],
    visits: [],
    statuses: [],
    invitations: [],
    offlineMessages: [],
    conversions: [],
    botChats: [],
  };
  const exported = exportCompany(demo, new Store(contract.seed), facts, contract, document);
  const { seed } = readCompanyFile(exported, contract, document);
  for (const kind of [
    'agents',
    'departments',
    'chats',
    'visitors',
    'cannedMessages',
    'webhooks',
    'missedAndRefusedChats',
  ]) {
    expect([...(seed.get(kind)?.keys() ?? [])], kind).toEqual([...(contract.seed.get(kind)?.keys() ?? [])]);
  }
});
