import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Case } from './cases/cases.ts';
import { cases as described } from './cases/described.ts';
import { cases as enumDescriptions } from './cases/enum-descriptions.ts';
import { cases as errorResponses } from './cases/error-responses.ts';
import { cases as evidence } from './cases/evidence.ts';
import { cases as exampleWhen } from './cases/example-when.ts';
import { cases as interpretation } from './cases/interpretation.ts';
import { cases as knownExtension } from './cases/known-extension.ts';
import { cases as namedExamples } from './cases/named-examples.ts';
import { cases as noOpenSchema } from './cases/no-open-schema.ts';
import { cases as operationIdVerb } from './cases/operation-id-verb.ts';
import { cases as operationMetadata } from './cases/operation-metadata.ts';
import { cases as pathIsRef } from './cases/path-is-ref.ts';
import { cases as pathParametersHoisted } from './cases/path-parameters-hoisted.ts';
import { cases as titleIsName } from './cases/title-is-name.ts';
import type plugin from './plugin.ts';

const here = import.meta.dirname;
const config = join(here, '..', '..', 'redocly.yaml');
/** The cases of each rule of the plugin. */
const cases: Record<keyof ReturnType<typeof plugin>['rules']['oas3'], Case[]> = {
  'path-is-ref': pathIsRef,
  'path-parameters-hoisted': pathParametersHoisted,
  'operation-id-verb': operationIdVerb,
  'operation-metadata': operationMetadata,
  'error-responses': errorResponses,
  'named-examples': namedExamples,
  'example-when': exampleWhen,
  'no-open-schema': noOpenSchema,
  'title-is-name': titleIsName,
  described,
  'enum-descriptions': enumDescriptions,
  evidence,
  interpretation,
  'known-extension': knownExtension,
};
const tables = Object.entries(cases).map(([rule, cases]) => ({ rule, cases }));

const folder = mkdtempSync(join(tmpdir(), 'house-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));
const problems = lint(tables.flatMap(({ rule, cases }) => cases.map((it, index) => write(`${rule}-${index}`, it))));

describe.each(tables)('house/$rule', ({ rule, cases }) => {
  it.each(
    cases.map((it, index) => ({ ...it, name: `${rule}-${index}`, verb: it.want.length > 0 ? 'reports' : 'accepts' })),
  )('$verb $given', ({ name, want }) => {
    const found = problems.get(name) ?? [];
    // A fixture that Redocly cannot read would make every rule accept it.
    expect(found.filter(({ id }) => ['struct', 'no-unresolved-refs'].includes(id))).toEqual([]);
    const own = found.filter(({ id }) => id === `house/${rule}`);
    expect(own.map(({ at, message }) => ({ at, says: message }))).toEqual(
      want.map(({ at, says }) => ({ at, says: expect.stringContaining(says) })),
    );
  });

  it('has a case that fails and one that passes', () => {
    expect(cases.some(({ want }) => want.length > 0)).toBe(true);
    expect(cases.some(({ want }) => want.length === 0)).toBe(true);
  });

  it('has a line in the README', () => {
    expect(readFileSync(join(here, 'README.md'), 'utf8')).toMatch(
      new RegExp(`^\\| \`${rule}\` +\\| .+ \\| .+ \\|$`, 'm'),
    );
  });
});

// Redocly does not complain about a rule that is set to `warn` or is missing.
describe('redocly.yaml', () => {
  const { apis, extends: base, plugins, oas3_1Rules: rules } = parse(readFileSync(config, 'utf8'));

  it.each([
    'no-invalid-media-type-examples',
    'no-invalid-schema-examples',
    'no-invalid-parameter-examples',
    'no-unused-components',
    'operation-operationId',
    'operation-operationId-unique',
    'operation-tag-defined',
    'tag-description',
    'operation-description',
    'parameter-description',
    ...Object.keys(cases).map((rule) => `house/${rule}`),
  ])('has %s as an error', (rule) => {
    expect(rules).toHaveProperty([rule], 'error');
  });

  it('has no rule that is not an error', () => {
    expect(Object.entries(rules).filter(([, severity]) => severity !== 'error')).toEqual([]);
  });

  it('lints both versions with these rules and the recommended ones, without exceptions', () => {
    expect(base).toEqual(['recommended']);
    expect(plugins).toEqual(['spec/rules/plugin.ts']);
    expect(apis).toEqual({ v1: { root: 'spec/v1/openapi.yaml' }, v2: { root: 'spec/v2/openapi.yaml' } });
    expect(existsSync(join(dirname(config), '.redocly.lint-ignore.yaml'))).toBe(false);
  });
});

interface Problem {
  readonly id: string;
  readonly at: string;
  readonly message: string;
}

/** Writes the files of a case, as JSON, which is YAML too. */
function write(name: string, { files }: Case): string {
  mkdirSync(join(folder, name));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, name, file), JSON.stringify(content));
  return `${name}/openapi.yaml`;
}

/**
 * Lints all documents in one go with the repository's own configuration, since starting Redocly takes longer than
 * reading a fixture.
 *
 * @see https://redocly.com/docs/cli/commands/lint
 */
function lint(documents: string[]): Map<string, Problem[]> {
  const bin = join(here, '..', 'node_modules', '.bin', 'redocly');
  const { stdout, stderr } = spawnSync(
    bin,
    ['lint', '--config', config, '--format=json', '--max-problems=10000', ...documents],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, PATH: path(), REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  // One JSON document for each that was linted, with nothing between them.
  const reports: Report[] = JSON.parse(`[${stdout.replaceAll(/^\}\{$/gm, '},{')}]`);
  if (reports.length !== documents.length) {
    throw new Error(`Redocly linted ${reports.length} of ${documents.length} fixtures:\n${stderr}`);
  }
  return new Map(reports.map(({ problems }, index) => [dirname(documents[index] ?? ''), problems.map(read)]));
}

interface Report {
  readonly problems: {
    readonly ruleId: string;
    readonly message: string;
    readonly location: { readonly source: { readonly ref: string }; readonly pointer?: string }[];
  }[];
}

function read({ ruleId, message, location: [location] }: Report['problems'][number]): Problem {
  const file = location?.source.ref.split('/').slice(1).join('/');
  return { id: ruleId, at: `${file}${location?.pointer ?? ''}`, message };
}

/** The search path with the Node that runs this first: an older one does not read TypeScript. */
function path(): string {
  return `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
}
