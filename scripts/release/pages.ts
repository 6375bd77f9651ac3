import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { parseArgs } from 'node:util';

const help = `Puts the built documentation into a folder of a branch that a static host serves, and pushes it.

  npm run docs:deploy -- --to .              the site itself; previews stay
  npm run docs:deploy -- --to preview/12     the preview of a change
  npm run docs:deploy -- --remove preview/12

The address that it is built for is in DOCS_URL. The branch has one commit, so that it does not grow.

  --branch NAME   gh-pages
  --remote NAME   origin
  --from FOLDER   packages/docs-site/dist
`;

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    remove: { type: 'string' },
    branch: { type: 'string', default: 'gh-pages' },
    remote: { type: 'string', default: 'origin' },
    from: { type: 'string', default: join('packages', 'docs-site', 'dist') },
    help: { type: 'boolean' },
  },
});
const { branch, remote, from } = values;
const folder = posix.normalize(values.to ?? values.remove ?? '');

if (values.help) process.stdout.write(help);
else if ((values.to === undefined) === (values.remove === undefined)) fail('Give one of --to and --remove.');
else if (!/^(\.|preview\/[\w-]+)$/.test(folder) || (values.remove && folder === '.'))
  fail(`'${values.to ?? values.remove}' is not a folder for the documentation: use . or preview/NAME.`);
else deploy(3);

/** @param attempts how often, where another deployment was first */
function deploy(attempts: number): void {
  const work = mkdtempSync(join(tmpdir(), 'comm100-pages-'));
  const git = (...words: string[]) =>
    execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const inWork = (...words: string[]) => git('-C', work, ...words);
  // A worktree uses the credentials of this clone.
  const before = git('ls-remote', remote, `refs/heads/${branch}`).split(/\s/)[0] ?? '';
  if (before) git('fetch', '--depth', '1', remote, before);
  git('worktree', 'add', '--detach', ...(before ? [work, before] : ['--no-checkout', work]));
  try {
    const old = folder === '.' ? readdirSync(work).filter((name) => !['.git', 'preview'].includes(name)) : [folder];
    for (const name of old) rmSync(join(work, name), { recursive: true, force: true });
    if (values.to !== undefined) cpSync(from, join(work, folder), { recursive: true });
    writeFileSync(join(work, '.nojekyll'), '');

    inWork('add', '--all');
    const tree = inWork('write-tree');
    const author = ['-c', 'user.name=comm100-openapi', '-c', 'user.email=comm100-openapi@users.noreply.github.com'];
    const message = values.to === undefined ? `Remove ${folder}` : `Put the documentation into ${folder}`;
    const commit = inWork(...author, 'commit-tree', tree, '-m', message);
    // Rejected if another deployment was first.
    inWork('push', `--force-with-lease=${branch}:${before}`, remote, `${commit}:refs/heads/${branch}`);
    console.log(`${message}: ${inWork('ls-tree', '-r', '--name-only', commit).split('\n').length} files in ${branch}.`);
  } catch (error) {
    if (attempts <= 1) throw error;
    console.log('Another deployment may have been first. Again.');
    setImmediate(() => deploy(attempts - 1));
  } finally {
    git('worktree', 'remove', '--force', work);
  }
}

function fail(message: string): never {
  console.error(`comm100-openapi: ${message}`);
  process.exit(2);
}
