import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { loadDemo, startMock } from '@comm100-openapi/mock-server';
import { outcomeOf } from '@comm100-openapi/tooling/processes';
import { redocly } from '@comm100-openapi/tooling/redocly';
import { table } from '@comm100-openapi/tooling/table';
import { calls, type Version } from './calls.ts';
import { findTools, type Language } from './languages.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** What came of a language and a version: a line of the table. */
export interface Result {
  language: string;
  version: Version;
  /** What the tool calls itself, such as `go version go1.19.8 linux/amd64`. */
  tool: string;
  /** What to install, where the tool is missing; then nothing else was done. */
  missing?: string;
  compiles: boolean;
  runs: boolean;
  /** How many calls gave what they must. */
  passed: number;
  calls: number;
  /** What went wrong, each by the name of its call or step. */
  problems: string[];
}

/** A line that a program prints. */
export interface Line {
  call: string;
  ok: boolean;
  detail: unknown;
}

/**
 * Generates the client of a language and a version, compiles it with the program of the ten calls, and runs that.
 *
 * @param bundles the folder of the published bundles. @default spec/dist
 * @throws {Error} where the generator fails.
 */
export async function check(
  language: Language,
  version: Version,
  bundles = join(here, '..', 'spec', 'dist'),
): Promise<Result> {
  const expected = calls[version];
  const found = findTools(language);
  const result: Result = {
    language: language.name,
    version,
    tool: '',
    compiles: false,
    runs: false,
    passed: 0,
    calls: expected.length,
    problems: [],
  };
  if ('missing' in found) return { ...result, missing: found.missing };
  result.tool = found.version;

  const folder = join(here, 'dist', version, language.generator);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(here, 'programs', version, language.program), join(folder, language.program));
  for (const name of language.corrections ?? []) copyFileSync(join(here, 'programs', name), join(folder, name));
  for (const [name, text] of Object.entries(language.files ?? {})) writeFileSync(join(folder, name), text);

  const bundle = join(resolve(bundles), `comm100-${version}.json`);
  const words = ['generate-client', bundle, '--generator', language.generator, '--output', language.output];
  const generator = [redocly.script, ...words, ...(language.options ?? [])];
  const generated = await outcomeOf(process.execPath, generator, { cwd: folder, env: redocly.env });
  if (generated.status !== 0) throw new Error(`${language.name} ${version} cannot be generated: ${generated.output}`);

  for (const [program, ...words] of language.compile(found.tools)) {
    const { status, output } = await outcomeOf(program, words, { cwd: folder });
    if (status === 0) continue;
    const shown = output.trim().split('\n').slice(0, 8).join('\n  ');
    return {
      ...result,
      problems: [`does not compile (${[basename(program), ...words].join(' ')}):\n  ${shown}`],
    };
  }
  result.compiles = true;

  const demo = loadDemo();
  const maya = demo.company.agents[0];
  const mock = await startMock({ ...demo, strict: true }, { port: 0 });
  try {
    const [program, ...words] = language.run(found.tools);
    const env = {
      COMM100_URL: mock.url,
      COMM100_EMAIL: maya?.email,
      COMM100_API_KEY: maya?.apiKey,
      COMM100_PASSWORD: maya?.password,
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    };
    const { status, stdout, output } = await outcomeOf(program, words, { cwd: folder, env });
    result.runs = status === 0;
    if (!result.runs)
      result.problems.push(`ends with status ${status}: ${output.trim().split('\n').slice(-5).join('\n  ')}`);
    const problems = compare(expected, linesOf(stdout));
    result.passed = expected.length - problems.length;
    result.problems.push(...problems);
  } finally {
    await mock.close();
  }
  return result;
}

const linesOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** What differs, a text for each call. A program may print its lines in any order. */
export function compare(expected: readonly { name: string; want: unknown }[], lines: readonly Line[]): string[] {
  return expected.flatMap(({ name, want }) => {
    const line = lines.find(({ call }) => call === name);
    if (line === undefined) return [`${name}: not called`];
    if (!line.ok) return [`${name}: ${line.detail}`];
    if (isDeepStrictEqual(line.detail, want)) return [];
    return [`${name}: ${JSON.stringify(line.detail)} instead of ${JSON.stringify(want)}`];
  });
}

/** The results as a table for a terminal, with the problems and what to install below it. */
export function report(results: readonly Result[]): string {
  const answer = (is: boolean) => (is ? 'yes' : 'NO');
  const rows = [
    ['language', 'version', 'compiles', 'runs', 'calls', 'with'],
    ...results.map(({ language, version, missing, compiles, runs, passed, calls: all, tool }) =>
      missing
        ? [language, version, '-', '-', '-', 'skipped, see below']
        : [language, version, answer(compiles), answer(runs), `${passed} of ${all}`, tool],
    ),
  ];
  const skipped = results.flatMap(({ language, missing }) =>
    missing ? [`${language} is skipped. Install ${missing}.`] : [],
  );
  const failed = results.flatMap(({ language, version, problems }) =>
    problems.map((problem) => `${language} ${version}: ${problem}`),
  );
  return [table(rows), ...new Set(skipped), ...failed].join('\n');
}
