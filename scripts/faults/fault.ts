import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mistake to plant, and the check that must find it. */
export interface Fault {
  /** Short and unique, such as `enum-value-removed`. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** The task that must fail, as `package#task`: `spec#test`, `client-core#test`, `root#format`. */
  readonly caughtBy: string;
  /** The test file that is enough, where the whole task would take long. */
  readonly tests?: string;
  /** One line of what the check prints must match. It names what was planted. */
  readonly message: RegExp;
}

/** One change of one file. */
export interface Edit {
  /** A path from the root, or the only file under a folder that contains a text. */
  readonly in: string | { readonly under: string; readonly containing: string | RegExp };
  /** What to replace. It must be in the file exactly once. */
  readonly find: string | RegExp;
  /** What to write instead. `$1` is the first group of `find`, as in `String.replace`. */
  readonly put: string;
}

/** A fault that does not fit the sources any more. */
class NoLongerApplies extends Error {
  override readonly name = 'NoLongerApplies';

  constructor({ name }: Fault, reason: string) {
    super(`the fault ${name} no longer applies: ${reason}. Change it in scripts/faults/faults.ts.`);
  }
}

/**
 * The files that a fault changes, by their path from the root: how they are, and how the fault makes them. Nothing is
 * written.
 *
 * @throws {Error} unless each edit finds its file, and its text in it exactly once.
 */
export function changedFiles(root: string, fault: Fault): Map<string, { before: string; after: string }> {
  const changed = new Map<string, { before: string; after: string }>();
  for (const edit of fault.edits) {
    const file = fileOf(root, fault, edit);
    const before = changed.get(file)?.before ?? readFileSync(join(root, file), 'utf8');
    const text = changed.get(file)?.after ?? before;
    const times = timesIn(text, edit.find);
    if (times !== 1) throw new NoLongerApplies(fault, `${file} has ${edit.find} ${times} times, not once`);
    // Only beside an expression does `$1` mean something.
    const after =
      typeof edit.find === 'string' ? text.replace(edit.find, () => edit.put) : text.replace(edit.find, edit.put);
    if (after === text) throw new NoLongerApplies(fault, `it changes nothing in ${file}`);
    changed.set(file, { before, after });
  }
  return changed;
}

function fileOf(root: string, fault: Fault, { in: place }: Edit): string {
  const where = typeof place === 'string' ? place : `${place.under}/**/*`;
  const files = globSync(where, { cwd: root, exclude: ['**/node_modules', '**/dist'], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
    .filter(
      (file) => typeof place === 'string' || timesIn(readFileSync(join(root, file), 'utf8'), place.containing) > 0,
    );
  const [file] = files;
  if (file === undefined || files.length > 1) {
    const wanted = typeof place === 'string' ? place : `a file under ${place.under} with ${place.containing}`;
    throw new NoLongerApplies(
      fault,
      `${wanted} was found ${files.length} times, not once (${files.slice(0, 3).join(', ')})`,
    );
  }
  return file;
}

function timesIn(text: string, find: string | RegExp): number {
  if (typeof find === 'string') return text.split(find).length - 1;
  return [...text.matchAll(new RegExp(find, `${find.flags}g`))].length;
}

/** What became of a fault. */
export interface Verdict {
  readonly isCaught: boolean;
  /** The line that names the fault, or why it was not caught. */
  readonly message: string;
}

/**
 * Judges what a run of the checks printed. A check that fails without naming the fault does not count: it may have
 * failed for another reason, and tells nobody what is wrong.
 *
 * @param prefix what turbo writes before each line of the task that must fail, such as `@comm100-openapi/spec:test: `
 */
export function judge({ message }: Fault, prefix: string, status: number | null, output: string): Verdict {
  if (status === 0) return { isCaught: false, message: 'every check passed' };
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length).trim())
    .filter(Boolean);
  const line = lines.find((text) => message.test(text));
  if (line !== undefined) return { isCaught: true, message: line };
  const [first = 'the task printed nothing'] = lines
    .filter((text) => /FAIL|Error|error/.test(text))
    .concat(lines.slice(-1));
  return { isCaught: false, message: `a check failed, but no line matches ${message}; for example: ${first}` };
}
