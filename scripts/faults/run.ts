/**
 * Plants faults, one at a time, in a copy of the repository, and runs the check that must notice each. Prints what
 * caught each fault, and fails unless all were caught.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { command } from '@comm100-openapi/tooling/command';
import { type Outcome, outcomeOf, run } from '@comm100-openapi/tooling/processes';
import { table } from '@comm100-openapi/tooling/table';
import { changedFiles, type Fault, judge, type Verdict } from './fault.ts';
import { faults } from './faults.ts';

const help = `Plants mistakes in a copy of this repository, one at a time, and runs the check that must find each.

Usage: npm run faults -- [options]

  --list         names the faults and the checks that must find them, and says which do not fit the sources any more
  --only TEXT    plants only the faults with this in their name; can be given more than once
  --verbose      prints all that the checks print
  --help         this text
`;

const root = join(import.meta.dirname, '..', '..');
const options = {
  list: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  verbose: { type: 'boolean' },
} as const;
await command(help, options, ({ list, only, verbose = false }) =>
  list ? listAll() : plant(chosen(only), { isWhole: !only, verbose }),
);

function chosen(texts: readonly string[] | undefined): readonly Fault[] {
  if (!texts) return faults;
  const found = faults.filter(({ name }) => texts.some((text) => name.includes(text)));
  if (found.length > 0) return found;
  throw new Error(`No fault has '${texts.join("' or '")}' in its name. All: npm run faults -- --list`);
}

function listAll(): void {
  const rows = faults.map((fault) => {
    try {
      changedFiles(root, fault);
      return [fault.name, fault.caughtBy, String(fault.message)];
    } catch (error) {
      process.exitCode = 1;
      return [fault.name, fault.caughtBy, (error as Error).message];
    }
  });
  console.log(table([['fault', 'to be caught by', 'message'], ...rows], { width: Number.POSITIVE_INFINITY }));
}

async function plant(
  planted: readonly Fault[],
  { isWhole, verbose }: { isWhole: boolean; verbose: boolean },
): Promise<void> {
  const copy = copyRepository();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const start = async (words: string[]) => {
    const options = { cwd: copy, env: { NO_COLOR: '1' }, signal: stop.signal };
    const outcome = await outcomeOf(process.execPath, words, options);
    return { ...outcome, output: stripVTControlCharacters(outcome.output) };
  };
  const turbo = (tasks: readonly string[], tests?: string) => {
    const [names, packages] = [tasks.map((task) => task.split('#')[1] ?? ''), tasks.map(packageOf)];
    const filters = [...new Set(packages)].map((name) => `--filter=${name}`);
    const only = tests ? ['--', tests] : [];
    return start([join('node_modules', 'turbo', 'bin', 'turbo'), 'run', ...new Set(names), ...filters, ...only]);
  };
  try {
    console.log(`Planting ${planted.length} faults in a copy, ${copy}. First, the checks without a fault.`);
    const ready = await start([join('scripts', 'front-door.mjs'), 'build']);
    if (ready.status !== 0) throw new Error(`The copy cannot be built.\n${ready.output}`);
    // All tasks at once; of a few faults, only the test files that they need.
    const checks = isWhole
      ? [{ tasks: [...new Set(planted.map(({ caughtBy }) => caughtBy))], tests: undefined }]
      : planted.map(({ caughtBy, tests }) => ({ tasks: [caughtBy], tests }));
    for (const { tasks, tests } of checks) {
      const sound = await turbo(tasks, tests);
      if (sound.status !== 0) throw new Error(`A check fails without a fault. Fix that first.\n${sound.output}`);
    }

    const results: { fault: Fault; verdict: Verdict }[] = [];
    for (const fault of planted) {
      const verdict = await judged(fault, copy, async () => {
        const outcome = await turbo([fault.caughtBy], fault.tests);
        if (verbose) console.log(outcome.output);
        return outcome;
      });
      console.log(`${verdict.isCaught ? 'caught    ' : 'NOT CAUGHT'}  ${fault.name}`);
      results.push({ fault, verdict });
    }
    const rows = results.map(({ fault, verdict: { isCaught, message } }) => [
      fault.name,
      isCaught ? fault.caughtBy : 'NOT CAUGHT',
      message,
    ]);
    const caught = results.filter(({ verdict }) => verdict.isCaught).length;
    console.log(`\n${table([['fault', 'caught by', 'message'], ...rows])}\n\n${caught} of ${planted.length} caught`);
    if (caught < planted.length) process.exitCode = 1;
  } finally {
    // What was stopped may still write for a moment.
    rmSync(copy, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}

async function judged(fault: Fault, copy: string, check: () => Promise<Outcome>): Promise<Verdict> {
  let changed: ReturnType<typeof changedFiles>;
  try {
    changed = changedFiles(copy, fault);
  } catch (error) {
    return { isCaught: false, message: (error as Error).message };
  }
  for (const [file, { after }] of changed) writeFileSync(join(copy, file), after);
  const { status, output } = await check();
  for (const [file, { before }] of changed) writeFileSync(join(copy, file), before);
  const [, task = ''] = fault.caughtBy.split('#');
  return judge(fault, `${packageOf(fault.caughtBy)}:${task}: `, status, output);
}

/** `@comm100-openapi/spec` of `spec#test`; `//` for the root. */
function packageOf(task: string): string {
  const [name = ''] = task.split('#');
  return name === 'root' ? '//' : `@comm100-openapi/${name}`;
}

/** The files of the repository as they are now, committed or not, in a repository of their own. */
function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'comm100-faults-'));
  const listed = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  const files = listed.split('\0').filter((file) => file && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(copy, file));
  // Turbo and some checks ask git which files there are.
  run('git', ['init', '--quiet'], { cwd: copy });
  run('git', ['add', '--all'], { cwd: copy });
  return copy;
}
