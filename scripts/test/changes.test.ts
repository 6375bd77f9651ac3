import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nameAt, writeReleased } from '../release/api.ts';

/** A description with one of what is planted below. */
const description = () => ({
  openapi: '3.1.0',
  info: { title: 'Departments', version: '2.0' },
  servers: [{ url: 'https://a.example' }],
  paths: {
    '/departments': {
      get: {
        operationId: 'listDepartments',
        summary: 'List',
        parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'All.',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Department' } } },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Department: {
        type: 'object',
        properties: { id: { type: 'integer' }, agents: { type: 'array', items: { type: 'integer' } } } as Record<
          string,
          unknown
        >,
        required: ['id'],
      },
    } as Record<string, unknown>,
  },
});
type Description = ReturnType<typeof description>;

const facts = ['Department.agents: array', 'Department.id: integer', 'listDepartments: GET /departments'];

/** A repository in a temporary folder that was released, and then changed. */
function repository({
  version = '0.1.0',
  plant = () => {},
  surface = facts,
  intents = {},
}: {
  version?: string;
  plant?: (v2: Description) => void;
  surface?: readonly string[];
  intents?: Record<string, string>;
}) {
  const root = mkdtempSync(join(tmpdir(), 'comm100-changes-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const manifest = (name: string) => `{\n  "name": "@comm100-openapi/${name}",\n  "version": "${version}"\n}\n`;
  write('spec/package.json', manifest('spec'));
  write('packages/client-v2/package.json', manifest('client-v2'));
  write('CHANGELOG.md', `# Changes\n\nAbout it.\n\n## ${version}\n\nBefore.\n`);
  const v2 = description();
  plant(v2);
  write('spec/dist/comm100-v1.json', JSON.stringify(description()));
  write('spec/dist/comm100-v2.json', JSON.stringify(v2));
  write('spec/surface/v1.txt', '');
  write('spec/surface/v2.txt', surface.join('\n'));
  write('spec/surface/migration.txt', '');
  for (const [name, text] of Object.entries(intents)) write(`.changeset/${name}.md`, text);
  writeReleased(root, {
    version,
    bundles: { v1: description(), v2: description() },
    surface: { v1: [], v2: facts, migration: [] },
  });
  const run = (...words: string[]) => {
    const program = join(import.meta.dirname, '..', 'release', 'version.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--root', root, ...words], {
      encoding: 'utf8',
    });
    return { status, out: stdout, failed: stdout.split('\n').filter((line) => line.startsWith('failed: ')), stderr };
  };
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const versions = () =>
    ['spec', 'packages/client-v2'].map((folder) => JSON.parse(read(`${folder}/package.json`)).version);
  return { root, run, read, versions };
}

const withoutAgents = (v2: Description) => {
  const department = v2.components.schemas.Department as { properties: Record<string, unknown> };
  delete department.properties.agents;
};
const marked = `---
"@comm100-openapi/spec": minor
"@comm100-openapi/client-v2": minor
---

A department has no agents: no sample shows them.

Breaking: v2 Department.agents
`;

describe('a breaking change of the API fails by its name', () => {
  test.each<{ when: string; given: Parameters<typeof repository>[0]; want: RegExp[] }>([
    {
      when: 'nothing marks it',
      given: { plant: withoutAgents },
      want: [
        /^failed: v2 Department\.agents: .*removed.* nothing marks it\. .* by minor: Breaking: v2 Department\.agents$/,
      ],
    },
    {
      when: 'only another one is marked',
      given: {
        plant: (v2) => {
          withoutAgents(v2);
          v2.paths['/departments'].get.parameters = [];
        },
        intents: { agents: marked },
      },
      want: [/^failed: v2 listDepartments query page: .*removed/],
    },
    {
      when: 'a name begins like the one that is marked',
      given: {
        plant: (v2) => {
          v2.components.schemas.Departments = v2.components.schemas.Department;
          delete v2.components.schemas.Department;
          v2.paths['/departments'].get.responses[200].content['application/json'].schema.items.$ref =
            '#/components/schemas/Departments';
        },
        intents: { agents: marked.replace('v2 Department.agents', 'v2 Depart') },
      },
      want: [/^failed: v2 Department: No schema has the name/, /agents\.md: nothing that breaks .* v2 Depart\./],
    },
    {
      when: 'its mark raises the version too little',
      given: { plant: withoutAgents, intents: { agents: marked.replace('spec": minor', 'spec": patch') } },
      want: [/agents\.md: what it marks as breaking raises @comm100-openapi\/spec by minor, not by patch/],
    },
    {
      when: 'its mark raises the version too little after 1.0.0',
      given: { version: '1.0.0', plant: withoutAgents, intents: { agents: marked } },
      want: [/agents\.md: what it marks as breaking raises @comm100-openapi\/spec by major, not by minor/],
    },
    {
      when: 'a mark is left that marks nothing',
      given: { intents: { agents: marked } },
      want: [/agents\.md: nothing that breaks programs is called v2 Department\.agents/],
    },
  ])('when $when', ({ given, want }) => {
    const { run, versions } = repository(given);
    const { status, failed } = run('--apply');
    expect(failed).toHaveLength(want.length);
    for (const [index, pattern] of want.entries()) expect(failed[index]).toMatch(pattern);
    expect(status).toBe(1);
    expect(new Set(versions())).toEqual(new Set([given.version ?? '0.1.0']));
  });
});

test('no breaking change of this repository is unmarked', () => {
  const program = join(import.meta.dirname, '..', 'release', 'version.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect(stdout.split('\n').filter((line) => line.startsWith('failed: '))).toEqual([]);
  expect(stdout).toMatch(/^Nothing has changed since |^## \d/m);
  expect(stderr).toBe('');
});

test('with its mark, the version, the changelog and what is kept for the next release come out right', () => {
  const { root, run, read, versions } = repository({
    plant: withoutAgents,
    surface: facts.filter((fact) => !fact.startsWith('Department.agents')),
    intents: {
      agents: marked,
      retries: '---\n"@comm100-openapi/client-core": patch\n---\n\nA read is sent again after a 429.\n',
    },
  });
  expect(run('--apply')).toMatchObject({ status: 0, failed: [] });
  expect(versions()).toEqual(['0.2.0', '0.2.0']);
  expect(read('CHANGELOG.md')).toBe(`# Changes

About it.

## 0.2.0

### The description of the API

A department has no agents: no sample shows them.

**Breaks programs**

- \`v2 Department.agents\`: Property \`agents\` of \`Department\` was removed.

**Each fact**

\`\`\`diff
@@ v2 @@
- Department.agents: array
\`\`\`

### The code

- **client-v2**: A department has no agents: no sample shows them.
- **client-core**: A read is sent again after a 429.

## 0.1.0

Before.
`);
  expect(existsSync(join(root, '.changeset', 'agents.md'))).toBe(false);
  expect(run().out).toBe('Nothing has changed since 0.2.0.\n');
});

test('a change of the wording has its line too', () => {
  const plant = (v2: Description) => {
    v2.paths['/departments'].get.summary = 'List all';
  };
  expect(repository({ plant }).run().out).toBe(
    '## 0.1.1\n\n### The description of the API\n\nPlaces where only the wording or a remark changed: 1.\n',
  );
});

test.each<{ change: string; given: Parameters<typeof repository>[0]; want: string }>([
  {
    change: 'a fact that only the surface report has',
    given: { surface: [...facts, 'listDepartments: permission Manage Departments'] },
    want: '0.1.1',
  },
  { change: 'a field more', given: { plant: addField }, want: '0.1.1' },
  { change: 'a field more, after 1.0.0', given: { version: '1.2.3', plant: addField }, want: '1.3.0' },
  {
    change: 'a breaking one with its mark, after 1.0.0',
    given: { version: '1.2.3', plant: withoutAgents, intents: { a: marked.replace('spec": minor', 'spec": major') } },
    want: '2.0.0',
  },
  {
    change: 'one of the code alone',
    given: { intents: { a: '---\n"@comm100-openapi/client-v2": patch\n---\n\nA fix.\n' } },
    want: '0.1.1',
  },
])('the next version after $change is $want', ({ given, want }) => {
  const { run, versions } = repository(given);
  expect(run('--apply')).toMatchObject({ status: 0, failed: [] });
  expect(versions()).toEqual([want, want]);
});

function addField(v2: Description) {
  const department = v2.components.schemas.Department as { properties: Record<string, unknown> };
  department.properties.name = { type: 'string' };
}

test.each([
  { text: 'A change.\n', want: '.changeset/bad.md has no lines between --- and ---.' },
  { text: '---\n"a": huge\n---\n\nA change.\n', want: ".changeset/bad.md has 'huge' where it needs" },
  { text: '---\n"a": patch\n---\n\nBreaking: v2 A\n', want: '.changeset/bad.md has no text for the changelog.' },
])('a file in .changeset that cannot be read is named: $want', ({ text, want }) => {
  expect(repository({ intents: { bad: text } }).run().stderr).toContain(want);
});

test.each([
  {
    pointer: '#/components/schemas/Department/properties/agents/items/properties/a~1b',
    want: 'Department.agents[].a/b',
  },
  { pointer: '#/components/schemas/Department/required', want: 'Department' },
  { pointer: '#/components/responses/Forbidden/description', want: 'error Forbidden' },
  { pointer: '#/paths/~1departments', want: '/departments' },
  { pointer: '#/paths/~1departments/get', want: 'listDepartments' },
  { pointer: '#/paths/~1departments/get/parameters/0/schema', want: 'listDepartments query page' },
  { pointer: '#/paths/~1departments/get/responses/200/content', want: 'listDepartments 200' },
  { pointer: '#/servers/0', want: 'servers' },
])('$pointer is called $want', ({ pointer, want }) => {
  expect(nameAt(description(), pointer)).toBe(want);
});
