import type { Fault } from './fault.ts';

/** The only file under spec/v2 with an operation. */
const operation = (id: string) => ({ under: 'spec/v2', containing: new RegExp(`operationId: ${id}$`, 'm') });

/** What is written after the id of an operation, up to a text and including it. */
const after = (id: string, text: string) => new RegExp(`(operationId: ${id}\\n[\\s\\S]*?)${text}`);

/**
 * Mistakes that a check must find, from the description down to the checks themselves. Each was chosen because it is
 * easy to make and hard to see.
 */
export const faults: readonly Fault[] = [
  // The map between the versions
  {
    name: 'map: a field goes to another one',
    edits: [{ in: 'spec/migration.yaml', find: 'members: { to: agents,', put: 'members: { to: groups,' }],
    caughtBy: 'spec#test',
    message: /\+ Department\.members → Department\.groups/,
  },

  // The demo company
  {
    name: 'demo week: a chat on another day',
    edits: [{ in: 'spec/demo/week/chats.csv', find: '6,2025-03-03T09:37', put: '6,2025-03-04T09:37' }],
    caughtBy: 'spec#test',
    message: /has the chatRequests that company\.yaml states/,
  },

  // The description
  {
    name: 'an enum value removed, with its meaning',
    edits: [
      {
        in: { under: 'spec/v2', containing: '- chatTransferred' },
        find: /\n *- chatTransferred(\n *x-enum-descriptions:(?:\n *- .*){6})\n *- .*/,
        put: '$1',
      },
    ],
    caughtBy: 'spec#test',
    message: /- WebhookEvent.*chatTransferred/,
  },
  {
    name: 'the message of an error changed',
    edits: [
      {
        in: { under: 'spec/common', containing: 'code: 500000' },
        find: 'An internal server error occurred.',
        put: 'An error occurred.',
      },
    ],
    caughtBy: 'spec#test',
    message: /\+ error InternalServerError serverError: .*An error occurred\./,
  },
  {
    name: 'a host changed',
    edits: [{ in: 'spec/common/servers-v2.yaml', find: '- hosted3.comm100.com', put: '- hosted9.evil.com' }],
    caughtBy: 'spec#test',
    message: /\+ host .*hosted9\.evil\.com/,
  },
  {
    name: 'a field no longer required',
    edits: [
      {
        in: { under: 'spec/v2', containing: /^title: Department$/m },
        find: '\n  - backupDepartmentId\n',
        put: '\n',
      },
    ],
    caughtBy: 'spec#test',
    message: /- Department\.backupDepartmentId: required/,
  },
  {
    name: 'a breaking change that nothing marks',
    edits: [
      {
        in: { under: 'spec/v2', containing: /^title: Department$/m },
        find: '\n  - backupDepartmentId\n',
        put: '\n',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'changes',
    message: /v2 Department: .*backupDepartmentId.* nothing marks it/,
  },
  {
    name: 'a type changed, and its examples with it',
    edits: [
      {
        in: { under: 'spec/v2/account', containing: /^title: SiteProfileFields$/m },
        find: /(postalOrZipCode:\n *type: )string/,
        put: '$1integer',
      },
      {
        in: 'spec/v2/account/site/examples/site-profile.yaml',
        find: 'postalOrZipCode: "80302"',
        put: 'postalOrZipCode: 80302',
      },
      {
        in: 'spec/v2/account/site/examples/site-profile-updated.yaml',
        find: 'postalOrZipCode: "80302"',
        put: 'postalOrZipCode: 80302',
      },
    ],
    caughtBy: 'spec#test',
    message: /\+ SiteProfile\w*\.postalOrZipCode: integer/,
  },
  {
    name: 'a default changed',
    edits: [{ in: 'spec/common/parameters/pageSize.yaml', find: 'default: 10 ', put: 'default: 20 ' }],
    caughtBy: 'spec#test',
    message: /\+ .*pageSize.*default 20/,
  },
  {
    name: 'a limit changed',
    edits: [{ in: 'spec/common/parameters/pageSize.yaml', find: 'maximum: 100,', put: 'maximum: 1000,' }],
    caughtBy: 'spec#test',
    message: /\+ .*pageSize.*maximum 1000/,
  },
  {
    name: 'a permission changed',
    edits: [{ in: operation('listBans'), find: after('listBans', 'Manage Ban List'), put: '$1Manage Settings' }],
    caughtBy: 'spec#test',
    message: /listBans.*Manage Settings/,
  },
  {
    name: 'an edition changed',
    edits: [
      {
        in: { under: 'spec', containing: /operationId: getWaitTimeReport\n[\s\S]*document: v2\// },
        find: after('getWaitTimeReport', 'x-edition: \\[enterprise\\]'),
        put: '$1x-edition: [business]',
      },
    ],
    caughtBy: 'spec#test',
    message: /getWaitTimeReport.*business/,
  },
  {
    name: 'the credentials of one operation dropped',
    edits: [{ in: operation('getPartnerSite'), find: after('getPartnerSite', ' *security: .*\\n'), put: '$1' }],
    caughtBy: 'spec#test',
    message: /- getPartnerSite: credentials partnerToken/,
  },
  {
    name: 'a source changed',
    edits: [{ in: operation('listBans'), find: 'heading: Get a list of bans', put: 'heading: Get a single ban' }],
    caughtBy: 'spec#test',
    message: /listBans.*Get a single ban/,
  },
  {
    name: 'a mark of evidence removed',
    edits: [
      {
        in: { under: 'spec/common', containing: /^title: SecondsText$/m },
        find: /x-evidence: sample\nx-evidence-note: .*\n/,
        put: '',
      },
    ],
    caughtBy: 'spec#test',
    message: /- SecondsText: evidence sample/,
  },
  {
    name: 'an operation missing from the table of contents',
    edits: [{ in: 'spec/v2/openapi.yaml', find: /\n *\/api\/v2\/livechat\/bans: .*/, put: '' }],
    caughtBy: 'spec#test',
    message: /listBans|Get a list of bans/,
  },
  {
    name: 'an operation missing from the list of documented ones',
    edits: [{ in: 'spec/documented-operations.csv', find: /\n.*,Get a list of bans\b.*/, put: '' }],
    caughtBy: 'spec#test',
    message: /bans is not in spec\/documented-operations\.csv/,
  },
  {
    name: 'a person of the demo company renamed in one example',
    edits: [
      {
        in: 'spec/v2/livechat/departments/examples/department-support.yaml',
        find: 'name: Support',
        put: 'name: Helpdesk',
      },
    ],
    caughtBy: 'spec#test',
    message: /Helpdesk/,
  },
  {
    name: 'an example that its schema does not allow',
    edits: [{ in: { under: 'spec/common', containing: 'code: 500000' }, find: 'code: 500000', put: 'code: five' }],
    caughtBy: 'spec#lint',
    message: /`code`.*(type|integer)/,
  },
  {
    name: 'an extension that nobody knows',
    edits: [
      {
        in: operation('listBans'),
        find: after('listBans', ' *x-permission:'),
        put: '$1  x-alias: [GET /bans]\n  x-permission:',
      },
    ],
    caughtBy: 'spec#lint',
    message: /x-alias/,
  },

  // The checks of the description
  {
    name: 'a rule of the linter only warns',
    edits: [
      {
        in: 'redocly.yaml',
        find: 'no-invalid-media-type-examples: error',
        put: 'no-invalid-media-type-examples: warn',
      },
    ],
    caughtBy: 'spec#test',
    message: /no-invalid-media-type-examples/,
  },
  {
    name: 'a rule of our own switched off',
    edits: [{ in: 'redocly.yaml', find: 'house/no-open-schema: error', put: 'house/no-open-schema: off' }],
    caughtBy: 'spec#test',
    message: /house\/no-open-schema/,
  },
  {
    name: 'a surface report edited by hand',
    edits: [{ in: 'spec/surface/v2.txt', find: 'listBans: tag Bans\n', put: '' }],
    caughtBy: 'spec#test',
    message: /\+ listBans: tag Bans/,
  },

  // The reader of the bundles
  {
    name: 'reader: what stands beside a $ref is lost',
    edits: [
      {
        in: 'packages/description/src/reference.ts',
        find: '{ ...(current as Thing), ...beside }',
        put: '{ ...(current as Thing) }',
      },
    ],
    caughtBy: 'description#test',
    message: /beside/,
  },
  {
    name: 'reader: a pointer is not decoded',
    edits: [{ in: 'packages/description/src/reference.ts', find: ".replaceAll('~1', '/')", put: '' }],
    caughtBy: 'description#test',
    message: /~1/,
  },

  // The published form
  {
    name: 'published form: responses as closed as requests',
    edits: [{ in: 'spec/build/publish.ts', find: '\n  openResponses,', put: '' }],
    caughtBy: 'spec#test',
    message: /accepts responses of tomorrow/,
  },
  {
    name: 'published form: an enum of a request opened with that of the response',
    edits: [{ in: 'spec/build/publish.ts', find: '\n  inlineEnumsOfResponses,', put: '' }],
    caughtBy: 'spec#test',
    message: /no other value/,
  },

  {
    name: 'published form: the mark of a part is lost where it is composed',
    edits: [{ in: 'spec/build/publish.ts', find: '[own, ...partsOf(document, node)]', put: '[own]' }],
    caughtBy: 'spec#test',
    message: /publish the note of every mark/,
  },

  // The generator of the clients
  {
    name: 'generator: the two kinds of form mixed up',
    edits: [
      {
        in: 'packages/client-generator/src/generate-client.ts',
        find: "? 'index' : 'comma'",
        put: "? 'comma' : 'index'",
      },
    ],
    caughtBy: 'client-generator#test',
    message: /(comma|index)/,
  },
  {
    name: 'generator: the rows of a report shuffled',
    edits: [
      {
        in: 'packages/client-generator/src/generate-client.ts',
        find: '.flatMap((row) => {',
        put: '.flatMap((row, index, all) => {',
      },
      {
        in: 'packages/client-generator/src/generate-client.ts',
        find: /const name = (.*)row\.\$ref(.*);/,
        put: 'const name = $1all.at(index - 1)?.$ref$2;',
      },
    ],
    caughtBy: 'client-generator#test',
    message: /rows of a report by group/,
  },

  // The clients
  {
    name: 'client: a form sent as JSON',
    edits: [
      {
        in: 'packages/client-core/src/client.ts',
        find: 'body = serialiseForm(options.body, lists);',
        put: 'body = JSON.stringify(options.body);',
      },
    ],
    caughtBy: 'client-core#test',
    message: /a body that is described as a form/,
  },
  {
    name: 'client: a read is never repeated',
    edits: [
      { in: 'packages/client-core/src/client.ts', find: "(method === 'get' || forTokens) &&", put: 'forTokens &&' },
    ],
    caughtBy: 'client-core#test',
    message: /a read after a (500|429)/,
  },
  {
    name: 'client: a write is repeated',
    edits: [{ in: 'packages/client-core/src/client.ts', find: "(method === 'get' || forTokens) &&", put: '' }],
    caughtBy: 'client-core#test',
    message: /a write not at all/,
  },
  {
    name: 'client: credentials in the URL',
    edits: [
      {
        in: 'packages/client-core/src/client.ts',
        find: 'const request = new Request(target, full);',
        put: "const request = new Request(target + '?credentials=' + new Headers(init.headers).get('authorization'), full);",
      },
    ],
    caughtBy: 'client-core#test',
    message: /credentials=/,
  },
  {
    name: 'client: a path becomes a part of the name of the host',
    edits: [{ in: 'packages/client-core/src/client.ts', find: "!path.startsWith('/')", put: "path === ''" }],
    caughtBy: 'client-core#test',
    tests: 'client',
    message: /the path (things|\.evil\.example|@evil\.example)/,
  },
  {
    name: 'client: a misspelt option has no effect',
    edits: [{ in: 'packages/client-v1/src/client.ts', find: 'checkOptions(options)', put: 'checkOptions({})' }],
    caughtBy: 'client-testing#test',
    tests: 'company',
    message: /The option 'retires' does not exist/,
  },
  {
    name: 'client: a write follows a redirect',
    edits: [{ in: 'packages/client-core/src/client.ts', find: "call.method === 'get' && redirects", put: 'redirects' }],
    caughtBy: 'client-tests#test',
    message: /a 302 of a write is not followed/,
  },
  {
    name: 'client: a read follows a redirect to another origin',
    edits: [
      {
        in: 'packages/client-core/src/client.ts',
        find: 'to && to.origin === new URL(from).origin',
        put: 'to',
      },
    ],
    caughtBy: 'client-tests#test',
    message: /a redirect of a read to another port is not followed/,
  },
  {
    name: 'client: fetch follows redirects itself',
    edits: [{ in: 'packages/client-core/src/client.ts', find: "redirect: 'manual'", put: "redirect: 'follow'" }],
    caughtBy: 'client-tests#test',
    message: /a redirect of a read to another port is not followed/,
  },
  {
    name: 'client: a body that never ends',
    edits: [
      {
        in: 'packages/client-core/src/client.ts',
        find: 'const within = limit(signal, timeout,',
        put: 'const within = limit(signal, 60_000,',
      },
    ],
    caughtBy: 'client-tests#test',
    message: /half a body, twice: a read is sent again and gets past it/,
  },
  {
    name: 'client: a wrong password sent again',
    edits: [
      { in: 'packages/client-core/src/credentials.ts', find: 'if (isRejection(error)) rejection = error;', put: '' },
    ],
    caughtBy: 'client-tests#test',
    message: /for a password: twenty calls send it once/,
  },
  {
    name: 'client: the body of an error with its secrets',
    edits: [{ in: 'packages/client-core/src/read-response.ts', find: 'redact(text.slice(0, 20_000))', put: 'text' }],
    caughtBy: 'client-core#test',
    message: /nothing secret is shown/,
  },
  {
    name: 'client: plain http to another machine',
    edits: [{ in: 'packages/client-core/src/hosts.ts', find: ' && isThisMachine(url.hostname)', put: '' }],
    caughtBy: 'client-core#test',
    message: /http:\/\//,
  },
  {
    name: 'client: retries without end in an outage',
    edits: [{ in: 'packages/client-core/src/client.ts', find: 'budget--;', put: '' }],
    caughtBy: 'client-core#test',
    message: /calls are soon sent once/,
  },
  {
    name: 'client: an API key in a page',
    edits: [{ in: 'packages/client-core/src/credentials.ts', find: "'document' in globalThis", put: 'false' }],
    caughtBy: 'client-core#test',
    message: /in a page, an API key: error/,
  },
  {
    name: 'client: the text False is true',
    edits: [
      { in: 'packages/client-core/src/values.ts', find: "return text === 'true';", put: 'return Boolean(value);' },
    ],
    caughtBy: 'client-core#test',
    message: /False is false/,
  },
  {
    name: 'client: day and month of a date exchanged',
    edits: [{ in: 'packages/client-core/src/dates.ts', find: "'$3-$1-$2T'", put: "'$3-$2-$1T'" }],
    caughtBy: 'client-core#test',
    message: /03\/07\/2025/,
  },
  {
    name: 'client: a webhook with nothing in it accepted',
    edits: [{ in: 'packages/client-core/src/webhooks.ts', find: 'if (kindOf(value) !== kind)', put: 'if (!kind)' }],
    caughtBy: 'client-core#test',
    message: /a field that is missing/,
  },
  {
    name: 'client: the body of a webhook bounded in characters',
    edits: [
      {
        in: 'packages/client-core/src/webhooks.ts',
        find: 'input.length > maxBytes || new TextEncoder().encode(input).length > maxBytes',
        put: 'input.length > maxBytes',
      },
    ],
    caughtBy: 'client-core#test',
    message: /of text, in bytes/,
  },
  {
    name: 'mock: a webhook is called with another event',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/life/events.ts',
        find: "event: 'chatStarted', body: { event: 'chat_started'",
        put: "event: 'chatStarted', body: { event: 'chat_requested'",
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'test/webhooks.test.ts',
    message: /every webhook of the sandbox is read/,
  },

  // The mock
  {
    name: 'mock: an error text written by hand',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/meter-quota.ts',
        find: /throw (\w+\(operation, 403, 'dailyQuota'\))/,
        put: "throw Object.assign($1, { message: 'The daily limit is used up.' })",
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'every-operation',
    message: /The daily limit is used up/,
  },
  {
    name: 'mock: the quota not metered',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/meter-quota.ts',
        find: 'caller && !quota.take()',
        put: 'caller && false',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'every-operation',
    message: /quota of the day/,
  },
  {
    name: 'mock: permissions not checked',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/authorise.ts',
        find: '!caller.permissions.includes(permission)',
        put: 'false',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'every-operation',
    message: /without the permission/,
  },
  {
    name: 'mock: editions not checked',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/authorise.ts',
        find: /!editions\.includes\((?:\w+\.)?edition\)/,
        put: 'false',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'every-operation',
    message: /edition that lacks it/,
  },
  {
    name: 'stub: answers before the request is checked',
    edits: [
      {
        in: 'packages/mock-core/src/respond.ts',
        find: /( {2}meterQuota[\s\S]*?)( {2}const { list: remarks }[\s\S]*?\n {2}if \(stubbed\) .*\n)/,
        put: '$2$1',
      },
    ],
    caughtBy: 'client-testing#test',
    tests: 'stubs',
    message: /what the service would reject is rejected/,
  },
  {
    name: 'stub: a body that the description does not allow accepted',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/stubs.ts',
        find: 'response.validate(body) : []',
        put: 'response.validate(body).slice(99) : []',
      },
    ],
    caughtBy: 'client-testing#test',
    tests: 'stubs',
    message: /Parameter 'name' is required/,
  },
  {
    name: 'stub: a status that the operation does not document accepted',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/stubs.ts',
        find: 'responses.get(status);',
        put: 'responses.get(status) ?? responses.get(500);',
      },
    ],
    caughtBy: 'client-testing#test',
    tests: 'stubs',
    message: /no response with the status 409/,
  },
  {
    name: 'stub: a default hides what is for one request',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/stubs.ts',
        find: 'stubs.find(({ left }) => Number.isFinite(left)) ?? stubs.at(-1)',
        put: 'stubs.findLast(({ left }) => !Number.isFinite(left)) ?? stubs[0]',
      },
    ],
    caughtBy: 'client-testing#test',
    tests: 'stubs',
    message: /in their order/,
  },
  {
    name: 'test client: two share a company',
    edits: [{ in: 'packages/client-testing/src/sandbox.ts', find: /`test \$\{\+\+opened\}`/, put: "'test'" }],
    caughtBy: 'client-testing#test',
    tests: 'company',
    message: /a company of its own/,
  },
  {
    name: 'test client: a misspelt setting has no effect',
    edits: [
      { in: 'packages/client-testing/src/settings.ts', find: 'if (!type) throw', put: 'if (type === null) throw' },
    ],
    caughtBy: 'client-testing#test',
    tests: 'company',
    message: /no setting 'agnet'/,
  },
  {
    name: 'test client: any name of a reply compiles',
    edits: [
      {
        in: 'packages/client-testing/src/test-mock.ts',
        find: 'Given extends ReplyOf<Named[Name]> |',
        put: 'Given extends ReplyOf<Named[Name]> | string |',
      },
    ],
    caughtBy: 'client-testing#typecheck',
    message: /types\.ts.*Unused '@ts-expect-error'/,
  },
  {
    name: 'example: an export that continues at the wrong page',
    edits: [{ in: 'examples/export-chats.ts', find: 'pages: progress.pages + 1', put: 'pages: progress.pages + 2' }],
    caughtBy: 'examples#test',
    tests: 'export-chats',
    message: /no chat lost or twice/,
  },
  {
    name: 'example: a formula in a cell',
    edits: [{ in: 'examples/export-chats.ts', find: '[=+\\-@\\t\\r]', put: '[+\\-@\\t\\r]' }],
    caughtBy: 'examples#test',
    tests: 'export-chats',
    message: /no formulas/,
  },
  {
    name: 'example: a report in the offset of today',
    edits: [
      { in: 'examples/daily-report.ts', find: /new Date\(`\$\{day\}T12:00:00Z`\)/, put: "new Date('2025-01-15')" },
    ],
    caughtBy: 'examples#test',
    tests: 'daily-report',
    message: /the offset is that of the day/,
  },
  {
    name: 'example: an event handled twice',
    edits: [{ in: 'examples/receive-webhooks.ts', find: 'if (!isNew(delivery)) return;', put: 'isNew(delivery);' }],
    caughtBy: 'examples#test',
    tests: 'receive-webhooks',
    message: /handled once/,
  },
  {
    name: 'published: the conditions of a list are one parameter',
    edits: [
      {
        in: 'spec/build/publish.ts',
        find: "if (parameter.style !== 'deepObject' || !list.items) return [written];",
        put: "if (parameter.style !== 'deepObject' || list.items) return [written];",
      },
    ],
    caughtBy: 'sdks#test',
    message: /conditions.*conditions_0_field|conditions\[0\]\[field\]/,
  },
  {
    name: 'sdks: a call that is not made counts',
    edits: [
      {
        in: 'sdks/check.ts',
        find: 'if (line === undefined)',
        put: 'if (line === undefined) return [];\n    if (!line)',
      },
    ],
    caughtBy: 'sdks#test',
    message: /item: not called/,
  },
  {
    name: 'guide: a program not shown',
    edits: [
      { in: 'packages/docs-site/pages/guide/programs.md', find: '<<< ../../../../examples/sync-agents.ts', put: '' },
    ],
    caughtBy: 'docs-site#test',
    tests: 'shown-files',
    message: /programs shows examples\/sync-agents\.ts/,
  },
  {
    name: 'mock: requests without credentials let in',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/authenticate.ts',
        find: /if \(!header\) throw .*;/,
        put: 'if (!header) return;',
      },
    ],
    caughtBy: 'mock-core#test',
    message: /credentials/,
  },

  {
    name: 'mock: an empty host is every address of the machine',
    edits: [
      {
        in: 'packages/mock-server/src/arguments.ts',
        find: "if (value === '') throw",
        put: "if (name === '') throw",
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'cli',
    message: /--host=/,
  },
  {
    name: 'mock: the terminal shows credentials of before',
    edits: [
      {
        in: 'packages/mock-server/src/terminal.ts',
        find: 'changed[agent.id];',
        put: 'changed[-agent.id];',
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'terminal',
    message: /the agents as they are now/,
  },
  {
    name: 'mock: a number below its minimum accepted',
    edits: [
      {
        in: 'packages/mock-core/src/schema/validator.ts',
        find: "limits('minimum', amount, atLeast)",
        put: "limits('minimum', amount, () => true)",
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'validator',
    message: /minimum: 1|must be at least 1/,
  },
  {
    name: 'mock: links lead to the service',
    edits: [{ in: 'packages/mock-core/src/payload.ts', find: "hosts.join('|') || '(?!)'", put: "'(?!)'" }],
    caughtBy: 'mock-core#test',
    tests: 'edges',
    message: /hosted\.comm100\.com/,
  },
  {
    name: 'report: weeks begin on Monday',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/reports/time.ts',
        find: '7 - date.getUTCDay()',
        put: '8 - date.getUTCDay()',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'reports',
    message: /the periods of a time zone whose clocks change/,
  },
  {
    name: 'report: a transfer counts for the agent who handed the chat over',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/reports/realtime.ts',
        find: 'filter(({ until }) => until <= now)',
        put: 'filter(({ until }) => until > now)',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'reports',
    message: /without groups, and in real time, are so too/,
  },
  {
    name: 'sandbox: changes replace whole objects',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/merge.ts',
        find: 'isRecord(before) && isRecord(value) ? merge(before, value) : value',
        put: 'value',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'settings',
    message: /settings keep what is left out/,
  },
  {
    name: 'sandbox: what was removed is still a member elsewhere',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/resources/agents.ts',
        find: "    join(store, 'departments', [], key);\n",
        put: '',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'model',
    message: /random sequences agree with the model/,
  },
  {
    name: 'sandbox: references are not checked',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/references.ts',
        find: 'if (world.store.has(kind, String(id).toLowerCase())) continue;',
        put: 'continue;',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'sandbox/behaviour',
    message: /that is not right is rejected by name/,
  },
  {
    name: 'sandbox: version 1.0 counts pages from 0',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/lists.ts',
        find: 'Math.max(Number(given.page), 1) - 1',
        put: 'Number(given.page)',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'lists',
    message: /v1 listChats/,
  },
  {
    name: 'life: a response is sent before its write is kept',
    edits: [
      {
        in: 'packages/mock-core/src/mock.ts',
        find: 'const outgoing = await handle(incoming);\n    try {\n      life.commit();',
        put: 'const outgoing = await handle(incoming);\n    try {\n      setTimeout(() => life.commit(), 50);',
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'kill',
    message: /and was acknowledged as/,
  },
  {
    name: 'life: a webhook is called on another machine',
    edits: [
      {
        in: 'packages/mock-server/src/webhook-sender.ts',
        find: 'addresses.every(',
        put: 'addresses.some(',
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'webhook-sender',
    message: /a name is called where all its addresses are of this machine/,
  },
  {
    name: 'life: agents have more chats at a time than they can',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/life/live.ts',
        find: 'has < maxChats',
        put: 'has <= maxChats',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'live',
    message: /agents have no more chats at a time than they can/,
  },
  {
    name: 'life: what happens depends on how often one looks',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/life/live.ts',
        find: 'if (slot > start || (',
        put: 'if (slot >= start - minute || (',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'live',
    message: /not on how often one looks/,
  },
  {
    name: 'life: a problem of a company file has the line of another',
    edits: [
      {
        in: 'packages/mock-server/src/company-file.ts',
        find: 'for (let length = place.length; length >= 0; length--)',
        put: 'for (let length = 1; length >= 0; length--)',
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'own-company',
    message: /what is wrong is named with its line/,
  },
  {
    name: 'mock: text evaluated as code',
    edits: [
      {
        in: 'packages/mock-core/src/pipeline/validate.ts',
        find: 'new Set(findings',
        put: "new (new Function('return Set')() as typeof Set)(findings",
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'anywhere',
    message: /"status": 500/,
  },
  {
    name: 'mock: worlds share their state',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/worlds.ts',
        find: 'const world = this.#worlds.get(name) ??',
        put: 'const world = this.#worlds.get(main) ??',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'worlds',
    message: /do not see each other, in whatever order requests come/,
  },
  {
    name: 'mock: controlled by pages of other origins',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/control/guard.ts',
        find: 'if (origin !== undefined && origin !== own?.origin) throw notOwn();',
        put: '',
      },
    ],
    caughtBy: 'mock-core#test',
    tests: 'control',
    message: /a page of another site: 403/,
  },
  {
    name: 'mock: a connection that is not reset',
    edits: [{ in: 'packages/mock-server/src/faulty.ts', find: 'socket?.resetAndDestroy()', put: 'response.end()' }],
    caughtBy: 'contract-tests#test',
    tests: 'faults',
    message: /reset/,
  },
  {
    name: 'proxy: parameters of a request not compared',
    edits: [
      {
        in: 'packages/mock-core/src/judge.ts',
        find: '  yield* inRequest(operation.validate(values, most), values);\n',
        put: '',
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'proxy',
    message: /a required parameter that nobody missed/,
  },
  {
    name: 'proxy: a credential that an error repeats, written down',
    edits: [
      {
        in: 'packages/mock-server/src/proxy/redact.ts',
        find: 'clean = clean.replaceAll(secret, redacted)',
        put: 'clean = clean.trim()',
      },
    ],
    caughtBy: 'mock-server#test',
    tests: 'proxy',
    message: /an error that repeats it/,
  },

  // The journeys
  {
    name: 'journeys: an agent who stays locked',
    edits: [
      {
        in: 'packages/mock-core/src/sandbox/resources/agents.ts',
        find: '{ attempts: 0 }), isLocked: false }',
        put: '{ attempts: 0 }), isLocked: true }',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'journeys',
    message: /"step": "readUnlockedAgent"/,
  },
  {
    name: 'journeys: a failure that is not reported',
    edits: [
      {
        in: 'scripts/journeys/respect.ts',
        find: /if \(run\?\.status === 'success' .*\) return/,
        put: 'if (run) return',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'journeys',
    message: /"reason": "\$response\.body#\/comment == 'Lift it on Monday'/,
  },

  // The documentation
  {
    name: 'docs: an operation left out',
    edits: [
      {
        in: 'packages/docs-site/src/model/site.ts',
        find: 'of operationsOf(document)) {',
        put: "of operationsOf(document).filter(({ id }) => id !== 'listBans')) {",
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'bundles',
    message: /listBans/,
  },
  {
    name: 'docs: the page of a resource missing',
    edits: [
      {
        in: 'packages/docs-site/src/pages.ts',
        find: '...site.resources.flatMap(',
        put: '...site.resources.slice(1).flatMap(',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'bundles',
    message: /generateJwt/,
  },
  {
    name: 'docs: a page with so many operations that it is long to load',
    edits: [{ in: 'packages/docs-site/src/model/site.ts', find: 'MOST_ON_A_PAGE = 20', put: 'MOST_ON_A_PAGE = 30' }],
    caughtBy: 'docs-site#test',
    tests: 'site',
    message: /reports\.html/,
  },
  {
    name: 'docs: the style sheet without what opens on a narrow screen',
    edits: [{ in: 'packages/docs-site/.vitepress/unused-styles.ts', find: 'AlgoliaSearch|', put: 'LocalNav|' }],
    caughtBy: 'docs-site#test',
    tests: 'browser',
    message: /styles of what opens on a narrow screen/,
  },
  {
    name: 'docs: the style sheet without what is under the mouse',
    edits: [{ in: 'packages/docs-site/.vitepress/unused-styles.ts', find: 'safelist: [/^:/, ', put: 'safelist: [' }],
    caughtBy: 'docs-site#test',
    tests: 'unused-styles',
    message: /a:is\(:hover, :focus-visible\)/,
  },
  {
    name: 'docs: the notes of a type again at each of its fields',
    edits: [
      {
        in: 'packages/docs-site/src/model/schema.ts',
        find: 'isReference ? flat.typeEvidence : flat.evidence',
        put: 'flat.evidence',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'schema',
    message: /apart from that of its component/,
  },
  {
    name: 'docs: a deep link that waits for the scripts',
    edits: [{ in: 'packages/docs-site/.vitepress/config.ts', find: "['script', {}, GO_TO_TARGET],", put: '' }],
    caughtBy: 'docs-site#test',
    tests: 'browser',
    message: /is there before its scripts/,
  },
  {
    name: 'docs: a bar over the heading of a deep link',
    edits: [
      {
        in: 'packages/docs-site/.vitepress/theme/base.css',
        find: 'scroll-margin-top: calc(var(--vp-nav-height) + 68px)',
        put: 'scroll-margin-top: calc(var(--vp-nav-height) + 20px)',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'browser',
    message: /opens at the operation that its address names, 1024 px wide/,
  },
  {
    name: 'docs: the search without the words that people use',
    edits: [{ in: 'packages/docs-site/src/search/entries.ts', find: "words: WORDS[id] ?? '',", put: "words: ''," }],
    caughtBy: 'docs-site#test',
    tests: 'browser',
    message: /pagination/,
  },
  {
    name: 'docs: an operation without the link to its counterpart',
    edits: [
      {
        in: 'packages/docs-site/src/derived/migration.ts',
        find: 'moves.filter(({ to }) => to.includes(id))',
        put: 'moves.filter(({ to }) => to[0] === id)',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'bundles',
    message: /listAgents|getLiveChatAgent/,
  },
  {
    name: 'docs: a menu that cannot be read by name',
    edits: [{ in: 'packages/docs-site/src/html/examples.ts', find: / aria-label="\$\{label\}"/, put: '' }],
    caughtBy: 'docs-site#test',
    tests: 'browser',
    message: /select-name/,
  },
  {
    name: 'docs: a sample by name calls another method',
    edits: [
      {
        in: 'packages/docs-site/src/model/snippet.ts',
        find: /\$\{method\}\(/,
        put: 'list(',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'samples',
    message: /does not exist on type|sends GET/,
  },
  {
    name: 'docs: a sample in Python without its query',
    edits: [
      {
        in: 'packages/docs-site/src/model/languages.ts',
        find: '`params=${pythonLiteral(dictOf(query),',
        put: '`params=${pythonLiteral(dictOf(query.slice(1)),',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'samples',
    message: /timeFrom|gets 400/,
  },
  {
    name: 'docs: the sandbox of the page has lost the limits of the fields',
    edits: [{ in: 'packages/docs-site/src/model/compact.ts', find: "'summary', ", put: "'summary', 'required', " }],
    caughtBy: 'docs-site#test',
    tests: 'compact',
    message: /gets the same|toEqual|400/,
  },
  {
    name: 'docs: what is tried is forgotten with the page',
    edits: [
      {
        in: 'packages/docs-site/.vitepress/theme/try/sandbox.ts',
        find: 'localStorage.setItem(key, now)',
        put: 'undefined',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'try-it',
    message: /to contain '"Returns"'/,
  },
  {
    name: 'docs: a form sends credentials to any address',
    edits: [
      {
        in: 'packages/docs-site/.vitepress/theme/try/address.ts',
        find: "return isOfService ? 'service' : 'elsewhere';",
        put: "return isOfService ? 'elsewhere' : 'here';",
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'try-it',
    message: /expected 'here' to be 'elsewhere'/,
  },
  {
    name: 'docs: a collection sends a plus sign as a space',
    edits: [
      {
        in: 'packages/docs-site/src/collections/postman.ts',
        find: 'value: readable(entry.value) }',
        put: 'value: entry.value }',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'collections',
    message: /Get the rating report: 400/,
  },
  {
    name: 'docs: a collection shows an example beside the wrong request',
    edits: [
      {
        in: 'packages/docs-site/src/collections/requests.ts',
        find: 'query: values.query.map((entry) => valueWhen(entry, when)),',
        put: 'query: values.query,',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'collections',
    message: /Get the rating report: not The ratings of each agent/,
  },
  {
    name: 'docs: the Markdown without the errors',
    edits: [
      {
        in: 'packages/docs-site/src/machine/reference.ts',
        find: 'view.errors.length > 0 &&',
        put: 'view.errors.length > 99 &&',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'machine',
    message: /listBans: 403/,
  },
  {
    name: 'docs: the map leads to another list of agents',
    edits: [
      {
        in: 'packages/docs-site/src/model/things.ts',
        find: 'other.path.split',
        put: 'one.path.split',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'pictures',
    message: /Real-time reports \(agents\)/,
  },
  {
    name: 'docs: a chart leaves out a part',
    edits: [
      {
        in: 'packages/docs-site/src/model/report.ts',
        find: 'return { names: others.slice(0, count)',
        put: 'return { names: others.slice(1, count)',
      },
    ],
    caughtBy: 'docs-site#test',
    tests: 'pictures',
    message: /by timemissedChatsrefusedChats/,
  },

  // The checks themselves
  {
    name: 'contract tests: the validator switched off',
    edits: [
      {
        in: 'packages/contract-tests/src/description.ts',
        find: "return validate(body) ? '' : ",
        put: "return true ? '' : ",
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'self-check',
    message: /the validator: listBans/,
  },
  {
    name: 'contract tests: an operation left out',
    edits: [
      {
        in: 'packages/contract-tests/src/description.ts',
        find: 'if (!operation) return [];',
        put: "if (!operation || operation.operationId === 'listBans') return [];",
      },
    ],
    caughtBy: 'contract-tests#test',
    tests: 'every-operation',
    message: /- +"v2 GET \/api\/v2\/livechat\/bans"/,
  },
  {
    name: 'tests of one package that are never found',
    edits: [
      {
        in: 'packages/client-core/vitest.config.ts',
        find: "export { default } from '../../vitest.shared.ts';",
        put: "export default { test: { include: ['tests/**'] } };",
      },
    ],
    caughtBy: 'client-core#test',
    message: /No test files found/,
  },
  {
    name: 'tests of one folder that are never found',
    edits: [{ in: 'vitest.shared.ts', find: /include: \[.*\]/, put: "include: ['test/**/*.test.ts']" }],
    caughtBy: 'scripts#test',
    tests: 'repository',
    message: /spec\/checks\/\w+/,
  },
  {
    name: 'a test skipped',
    edits: [{ in: 'packages/client-core/test/dates.test.ts', find: /( {2})test\(/, put: '$1test.skip(' }],
    caughtBy: 'root#format',
    message: /dates\.test\.ts|skipped/i,
  },
  {
    name: 'the front door counts a failure as passed',
    edits: [{ in: 'scripts/front-door.mjs', find: 'results.numPassedTests', put: 'results.numTotalTests' }],
    caughtBy: 'scripts#test',
    tests: 'front-door',
    message: /passed, .*failed/,
  },
  {
    name: 'the front door ends well though checks failed',
    edits: [
      {
        in: 'scripts/front-door.mjs',
        find: 'process.exitCode = failed.length === 0 ? 0 : 1;',
        put: 'process.exitCode = 0;',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'front-door',
    message: /status/,
  },
  {
    name: 'an action by its tag, which can move',
    edits: [
      {
        in: '.github/workflows/release.yml',
        find: /actions\/checkout@[0-9a-f]{40} # v5\.0\.0/,
        put: 'actions/checkout@v5',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'workflows',
    message: /uses: actions\/checkout@v5/,
  },
  {
    name: 'a version of a tool in two places',
    edits: [
      {
        in: 'packages/client-core/package.json',
        find: '"openapi-typescript-helpers": "catalog:"',
        put: '"openapi-typescript-helpers": "0.1.0"',
      },
    ],
    caughtBy: 'scripts#test',
    tests: 'repository',
    message: /openapi-typescript-helpers/,
  },
  {
    name: 'a letter of two bytes that arrives in two parts',
    edits: [
      { in: 'packages/tooling/src/processes.ts', find: "child[name].setEncoding('utf8').on(", put: 'child[name].on(' },
    ],
    caughtBy: 'tooling#test',
    message: /"stdout": "\uFFFD/,
  },
];
