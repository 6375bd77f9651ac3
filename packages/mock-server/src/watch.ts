import { execFile } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is watched, and what makes bundles of it. */
export interface Sources {
  /** A folder or a file. */
  readonly path: string;
  /** The script that makes the bundles; `undefined` where the file is itself a bundle. */
  readonly build?: string;
}

/** How long it waits for further changes, in milliseconds: an editor writes a file in several steps. */
const pause = 100;

/** What is made by a build or by tests, and no source. Deeper, a folder can have such a name: that of the resource reports. */
const derived = /^(dist|node_modules|reports|\.turbo)([\\/]|$)/;

/**
 * What to watch for bundles: a file that the user named is itself a source, and the project's own come from the folder
 * that their `dist` lies in.
 *
 * @param bundles Paths of the user's files, or `file:` URLs of the project's own.
 * @throws {Error} where there is nothing to watch.
 */
export function sourcesOf(bundles: readonly string[]): Sources[] {
  const sources = bundles.flatMap((bundle): Sources[] => {
    if (!bundle.startsWith('file:')) return [{ path: resolve(bundle) }];
    const folder = dirname(dirname(fileURLToPath(bundle)));
    const build = join(folder, 'build.ts');
    return existsSync(build) ? [{ path: folder, build }] : [];
  });
  if (sources.length === 0) {
    throw new Error(
      '--watch finds no sources of the description. Run it in the repository, or watch bundles of your own with --v1 and --v2.',
    );
  }
  return [...new Map(sources.map((source) => [source.path, source])).values()];
}

/**
 * Builds and calls `onBuilt` whenever a file of the sources has changed, one change after the other.
 *
 * @param report Called after each attempt, with what has failed.
 * @returns Ends it.
 */
export function watchFiles(
  sources: readonly Sources[],
  onBuilt: () => void,
  report: (error: Error | undefined) => void,
): () => void {
  const changed = new Set<Sources>();
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isBuilding = false;

  async function build(): Promise<void> {
    // What changes during a build is built after it.
    if (isBuilding) return;
    isBuilding = true;
    const scripts = new Set([...changed].flatMap(({ build = [] }) => build));
    changed.clear();
    let failure: Error | undefined;
    try {
      for (const script of scripts) await runScript(script, ending.signal);
      onBuilt();
    } catch (error) {
      failure = error as Error;
    }
    isBuilding = false;
    if (ending.signal.aborted) return;
    report(failure);
    if (changed.size > 0) schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void build(), pause);
  }

  const watchers = sources.map((source) => {
    // A file is watched by its folder, because editors put a new file in the place of the old one.
    const folder = source.build ? source.path : dirname(source.path);
    const watcher = watch(folder, { recursive: source.build !== undefined }, (_, name) => {
      if (source.build ? derived.test(name ?? '') : name !== basename(source.path)) return;
      changed.add(source);
      schedule();
    });
    return watcher.on('error', report);
  });
  return () => {
    ending.abort();
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Runs a script to its end. @throws {Error} with what it printed, where it fails. */
function runScript(script: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    execFile(process.execPath, [script], { cwd: dirname(script), signal }, (error, stdout, stderr) => {
      if (error) fail(new Error(stderr.trim() || stdout.trim() || error.message, { cause: error }));
      else done();
    });
  });
}
