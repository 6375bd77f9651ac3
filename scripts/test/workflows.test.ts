import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>;
}

const files = globSync('.github/workflows/*.yml', { cwd: root }).map((file) => ({ file }));

describe.each(files)('$file', ({ file }) => {
  const text = readFileSync(join(root, file), 'utf8');
  const { permissions, jobs }: Workflow = parse(text);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('runs scripts of this repository and nothing else, so that each step can be run anywhere', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.length).toBeGreaterThan(0);
    const others = commands.filter((command) => {
      const [line, name = 'test'] = /^npm (?:test|run ([\w:]+))(?: -- [^;&|`\n]+)?$/.exec(command) ?? [];
      return line === undefined || !Object.hasOwn(scripts, name);
    });
    expect(others).toEqual([]);
  });

  test('puts nothing that a stranger has written into a command', () => {
    const inserted = steps.flatMap(({ run = '' }) => [...run.matchAll(/\$\{\{ *(.*?) *\}\}/g)].map(([, name]) => name));
    const known = ['github.event.number', 'github.event.pull_request.base.sha'];
    expect(inserted.filter((name = '') => !known.includes(name))).toEqual([]);
  });

  test('uses actions by their commit, with the version beside it', () => {
    const used = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((line) => !/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('has no more rights than it lists, and an end', () => {
    expect([{ contents: 'read' }, {}]).toContainEqual(permissions);
    expect(Object.values(jobs).every((job) => Number(job['timeout-minutes']) > 0)).toBe(true);
  });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'comm100-workflow-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

describe('the documentation in a branch', () => {
  test('the site and the previews of changes do not touch each other, and the branch does not grow', () => {
    const work = folder();
    const git = (...words: string[]) => execFileSync('git', words, { cwd: work, encoding: 'utf8' }).trim();
    git('init', '--quiet', '--bare', 'forge.git');
    git('clone', '--quiet', 'forge.git', 'clone');
    git('-C', 'clone', '-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '--allow-empty', '-qm', 'Begin');
    const deploy = (words: string[], site: Record<string, string> = {}) => {
      const from = folder();
      for (const [file, text] of Object.entries(site)) {
        mkdirSync(dirname(join(from, file)), { recursive: true });
        writeFileSync(join(from, file), text);
      }
      const program = join(root, 'scripts', 'release', 'pages.ts');
      const { status, stderr } = spawnSync(process.execPath, [program, ...words, '--from', from], {
        cwd: join(work, 'clone'),
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    };
    const published = () => git('-C', 'forge.git', 'ls-tree', '-r', '--name-only', 'gh-pages').split('\n');

    deploy(['--to', '.'], { 'index.html': 'one', 'old/page.html': 'one' });
    expect(published()).toEqual(['.nojekyll', 'index.html', 'old/page.html']);
    deploy(['--to', 'preview/12'], { 'index.html': 'twelve' });
    deploy(['--to', '.'], { 'index.html': 'two' });
    expect(published()).toEqual(['.nojekyll', 'index.html', 'preview/12/index.html']);
    expect(git('-C', 'forge.git', 'show', 'gh-pages:index.html')).toBe('two');
    // As if another deployment were first, once.
    const hook = '#!/bin/sh\n[ -e declined ] || { touch declined; exit 1; }\n';
    writeFileSync(join(work, 'forge.git', 'hooks', 'pre-receive'), hook, { mode: 0o755 });
    deploy(['--remove', 'preview/12']);
    expect(existsSync(join(work, 'forge.git', 'declined'))).toBe(true);
    expect(published()).toEqual(['.nojekyll', 'index.html']);
    expect(git('-C', 'forge.git', 'rev-list', '--count', 'gh-pages')).toBe('1');
    // The clone is as it was.
    expect(git('-C', 'clone', 'worktree', 'list').split('\n')).toHaveLength(1);
    expect(existsSync(join(work, 'clone', 'index.html'))).toBe(false);
  }, 60_000);

  test.each([
    { words: ['--to', '../site'], want: "'../site' is not a folder for the documentation" },
    { words: ['--remove', '.'], want: "'.' is not a folder for the documentation" },
    { words: [], want: 'Give one of --to and --remove.' },
  ])('$words is an error', ({ words, want }) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/release/pages.ts'), ...words], {
      encoding: 'utf8',
    });
    expect(stderr).toContain(want);
    expect(status).toBe(2);
  });
});

describe('the comment on a change', () => {
  const event = {
    workflow_run: { head_sha: 'abc', head_branch: 'a/branch', head_repository: { owner: { login: 'somebody' } } },
  };
  const open = { number: 12, head: { sha: 'abc' } };
  const own = { id: 7, user: { type: 'Bot' }, body: '<!-- surface of the API -->\nBefore' };

  test.each<{ when: string; changes: unknown[]; comments: unknown[]; want: string[] }>([
    {
      when: 'is written where there is none',
      changes: [open],
      comments: [{ id: 6, user: { type: 'User' }, body: own.body }],
      want: ['POST /repos/a/b/issues/12/comments <!-- surface of the API -->\nThe report'],
    },
    {
      when: 'is changed where there is one',
      changes: [{ number: 11, head: { sha: 'old' } }, open],
      comments: [own],
      want: ['PATCH /repos/a/b/issues/comments/7 <!-- surface of the API -->\nThe report'],
    },
    {
      when: 'is not written under another commit',
      changes: [{ number: 11, head: { sha: 'old' } }],
      comments: [],
      want: [],
    },
  ])('$when', async ({ changes, comments, want }) => {
    const written: string[] = [];
    const forge = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (request.headers.authorization !== 'Bearer secret') response.statusCode = 401;
      if (request.method !== 'GET') written.push(`${request.method} ${request.url} ${JSON.parse(body).body}`);
      const isList = request.url === '/repos/a/b/pulls?state=open&head=somebody%3Aa%2Fbranch';
      response.end(JSON.stringify(isList ? changes : comments));
    });
    forge.listen(0, '127.0.0.1');
    await once(forge, 'listening');
    onTestFinished(() => void forge.close());
    const work = folder();
    writeFileSync(join(work, 'event.json'), JSON.stringify(event));
    writeFileSync(join(work, 'report.md'), 'The report\n');
    const child = spawn(process.execPath, [join(root, 'scripts/release/comment.mjs'), join(work, 'report.md')], {
      env: {
        ...process.env,
        GITHUB_API_URL: `http://127.0.0.1:${(forge.address() as AddressInfo).port}`,
        GITHUB_REPOSITORY: 'a/b',
        GITHUB_TOKEN: 'secret',
        GITHUB_EVENT_PATH: join(work, 'event.json'),
      },
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(written).toEqual(want);
  });
});
