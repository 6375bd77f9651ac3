import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest';

const command = fileURLToPath(new URL('../bin/comm100-mock.js', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

function start(args: string[]) {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, NO_COLOR: '1' } });
  children.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, out: () => out, err: () => err };
}

async function runToEnd(args: string[]) {
  const started = start(args);
  const exit = await started.ended;
  return { exit, out: started.out(), err: started.err() };
}

/** Waits for the line that says where the mock is; never for a time. */
async function ready(started: ReturnType<typeof start>): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const url = /Try\s+curl/.test(started.out()) && /http:\/\/\S+/.exec(started.out())?.[0];
      if (url) resolve(url);
    };
    started.child.stdout?.on('data', look);
    started.ended.then((exit) => reject(new Error(`it ended with ${exit}: ${started.err()}`)));
  });
}

test('prints its address, the credentials and a request that works as typed', async () => {
  const mock = start(['--port', '0']);
  await ready(mock);
  const [, user, url] = /curl -u (\S+) (\S+)/.exec(mock.out()) ?? [];
  const response = await fetch(url ?? '', { headers: { authorization: `Basic ${btoa(user ?? '')}` } });
  expect(response.status).toBe(200);
  expect(mock.out()).toMatch(/Company +Larkspur Outdoor .*\n +Agent +\S+@larkspur\.example/);
  await expect.poll(() => mock.out()).toMatch(/200 GET \/api\/v2\//);
});

test('--quiet keeps requests out of the terminal', async () => {
  const mock = start(['--port', '0', '--quiet']);
  const url = await ready(mock);
  await fetch(url);
  expect(mock.out()).not.toContain('GET /');
});

test('goes on when nobody reads its output any more', async () => {
  const mock = start(['--port', '0']);
  const url = await ready(mock);
  mock.child.stdout?.destroy();
  for (const _ of Array(5)) expect((await fetch(url)).status).toBe(404);
  expect(mock.child.exitCode).toBeNull();
});

test('--mode and --strict', async () => {
  const mock = start(['--port', '0', '--mode', 'made-up', '--strict']);
  await ready(mock);
  const [, user = '', url = ''] = /curl -u (\S+) (\S+)/.exec(mock.out()) ?? [];
  const headers = { authorization: `Basic ${btoa(user)}` };
  const response = await fetch(url, { headers });
  expect([response.status, response.headers.get('comm100-mock-answer')]).toEqual([200, 'made-up']);
  expect((await fetch(`${url}?PAGEINDEX=0`, { headers })).status).toBe(400);
});

test('--fault, --latency and --token-lifetime', async () => {
  const args = ['--fault', 'status=503@0', '--fault', 'quota', '--latency', '30-40', '--token-lifetime', '60'];
  const mock = start(['--port', '0', ...args]);
  const url = await ready(mock);
  const [, user = '', request = ''] = /curl -u (\S+) (\S+)/.exec(mock.out()) ?? [];
  const started = performance.now();
  const headers = { authorization: `Basic ${btoa(user)}` };
  expect((await fetch(request, { headers })).status).toBe(403);
  expect(performance.now() - started).toBeGreaterThanOrEqual(29);
  await expect.poll(() => mock.out()).toMatch(/403 GET \S+ {3}fault: quota/);
  const [, password = ''] = /Password +(\S+)/.exec(mock.out()) ?? [];
  const body = new URLSearchParams({ grant_type: 'password', email: user.split(':')[0] ?? '', password });
  const token = await (await fetch(`${url}/oauth/token`, { method: 'POST', body })).json();
  expect(token.expires_in).toBe(60);
});

test('--data keeps what was created, and --today now the day of the first start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const args = ['--port', '0', '--mode', 'sandbox', '--today', 'now', '--data', join(folder, 'state.db')];
  const names = async (mock: ReturnType<typeof start>, name?: string) => {
    const url = await ready(mock);
    const [, user = ''] = /curl -u (\S+)/.exec(mock.out()) ?? [];
    const headers = { authorization: `Basic ${btoa(user)}`, 'content-type': 'application/json' };
    const departments = `${url}/api/v2/livechat/departments`;
    if (name) await fetch(departments, { method: 'POST', headers, body: JSON.stringify({ name }) });
    return (await (await fetch(departments, { headers })).json()).map((each: { name: string }) => each.name);
  };
  const first = start(args);
  expect(await names(first, 'Returns')).toContain('Returns');
  const second = start(args);
  expect(await second.ended).toBe(1);
  expect(second.err()).toContain('it is in use by another program');
  first.child.kill();
  await first.ended;
  const third = start(args);
  expect(await names(third)).toContain('Returns');
  expect(third.err()).toBe('');
  third.child.kill();
  await third.ended;
  const other = await runToEnd([...args, '--size', '100']);
  expect(other).toMatchObject({ exit: 1, err: expect.stringContaining('it was made with another --size (none)') });
});

test('--version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await runToEnd(['--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' });
});

test('--watch serves a file anew on the same connection, and the one before while it is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'v2.json');
  const original = readFileSync(fileURLToPath(import.meta.resolve('@comm100-openapi/spec/v2.json')), 'utf8');
  writeFileSync(file, original);
  const mock = start(['--port', '0', '--v2', file, '--watch']);
  const url = await ready(mock);
  const [, user = ''] = /curl -u (\S+)/.exec(mock.out()) ?? [];
  const names = async () => {
    const headers = { authorization: `Basic ${btoa(user)}` };
    const departments = await (await fetch(`${url}/api/v2/livechat/departments`, { headers })).json();
    return departments.map(({ name }: { name: string }) => name);
  };
  expect(await names()).toContain('Support');

  writeFileSync(file, '{');
  await expect.poll(() => mock.out(), { timeout: 5000 }).toMatch(/v2\.json is not valid JSON.*\n +Not rebuilt for/);
  expect(await names()).toContain('Support');
  writeFileSync(file, original.replaceAll('"name": "Support"', '"name": "Helpdesk"'));
  await expect.poll(() => mock.out(), { timeout: 5000 }).toMatch(/ Rebuilt\./);
  expect(await names()).toContain('Helpdesk');
});

test('ends at once when it is asked to, with a connection that waits and a write that is under way', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const mock = start(['--port', '0', '--data', join(folder, 'state.db')]);
  const url = await ready(mock);
  await fetch(url, { headers: { connection: 'keep-alive' } });
  const [, user = ''] = /curl -u (\S+)/.exec(mock.out()) ?? [];
  const response = fetch(`${url}/api/v2/livechat/departments`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(user)}`,
      'content-type': 'application/json',
      'comm100-mock-fault': 'slow=60000',
    },
    body: '{"name":"Returns"}',
  }).then((each) => each.text());
  const failed = expect(response).rejects.toThrow();
  await expect.poll(() => mock.out()).toContain('200 POST');
  mock.child.kill('SIGINT');
  expect(await mock.ended).toBe(0);
  expect(mock.err()).toBe('');
  await failed;
});

test.skipIf(process.platform !== 'linux')('goes on when its output cannot be written', () => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const { status, stderr } = spawnSync(process.execPath, [command, '--help'], { stdio: ['ignore', full, 'pipe'] });
  expect([status, String(stderr)]).toEqual([0, '']);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  '--data in a folder that is read-only',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comm100-mock-'));
    onTestFinished(() => {
      chmodSync(folder, 0o700);
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'state.db');
    const mock = start(['--port', '0', '--data', file]);
    await ready(mock);
    mock.child.kill();
    await mock.ended;
    chmodSync(folder, 0o500);
    for (const { name, want } of [
      { name: file, want: 'its folder may not be written by this user, and SQLite makes a second file beside it.' },
      { name: join(folder, 'new.db'), want: 'it may not be written by this user.' },
    ]) {
      const { exit, err } = await runToEnd(['--port', '0', '--data', name]);
      expect([exit, err]).toEqual([1, expect.stringContaining(`comm100-mock: --data ${name}: ${want} Choose another`)]);
    }
  },
);

test('--help lists every option and ends with success', async () => {
  const { exit, out } = await runToEnd(['--help']);
  expect(exit).toBe(0);
  const options = (
    'port host v1 v2 watch mode seed strict quota edition token-lifetime latency fault ' +
    'company today run live size data allow-webhooks-to quiet version help'
  ).split(' ');
  for (const option of options) expect(out).toMatch(new RegExp(`^  --${option} `, 'm'));
  expect(out.match(/^ {2}--/gm)).toHaveLength(options.length);
});

describe('mistakes get one line and a non-zero exit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comm100-mock-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const dangling = JSON.stringify({
    openapi: '3.1.1',
    info: { title: 'Dangling', version: '1' },
    components: {},
    paths: { '/x': { get: { operationId: 'x', responses: { 200: { $ref: '#/nowhere' } } } } },
  });

  test.each([
    { args: ['--prot', '1'], exit: 2, want: /Unknown option '--prot'\. See comm100-mock --help\./ },
    { args: ['now'], exit: 2, want: /Unexpected argument 'now'/ },
    { args: ['--port'], exit: 2, want: /: --port needs a value\. See comm100-mock --help\./ },
    { args: ['--quiet=x'], exit: 2, want: /: --quiet takes no value\. See/ },
    // An empty host would be every address of the machine.
    { args: ['--host=', '--port', 'x'], exit: 2, want: /: --host needs a value\. See/ },
    { args: ['--port', '0', '--data', ''], exit: 2, want: /: --data needs a value\. See/ },
    { args: ['--port', '1', '--port=2'], exit: 2, want: /: --port is given twice\. See/ },
    { args: ['--fault', 'reset', '--fault', 'reset@2'], exit: 2, want: /'reset@2' needs a rate from 0 to 1/ },
    {
      args: ['--allow-webhooks-to', 'a.example', '--allow-webhooks-to', 'http://b.example:80'],
      exit: 2,
      want: /--allow-webhooks-to 'http:\/\/b\.example:80' is not a host\. .* without http:\/\/ and port/,
    },
    { args: ['--data', join(file('file', ''), 'state.db')], exit: 1, want: /its folder does not exist\. Make it/ },
    { args: ['init', 'a.yaml', 'b.yaml'], exit: 2, want: /init takes one file/ },
    { args: ['init', join(folder, 'none', 'a.yaml')], exit: 1, want: /a\.yaml: its folder does not exist\. Make it/ },
    { args: ['--mode', 'example', '--size', '10'], exit: 2, want: /--size works in --mode sandbox only/ },
    { args: ['--mode', 'sandbox', '--today', '2026-02-30'], exit: 2, want: /'2026-02-30' is not a day/ },
    { args: ['--port', 'http'], exit: 2, want: /--port 'http' is not a whole number from 0 to 65535/ },
    { args: ['--port', '65536'], exit: 2, want: /from 0 to 65535/ },
    { args: ['--quota', '-1'], exit: 2, want: /--quota needs a value that does not begin with a dash\. See/ },
    { args: ['--edition', 'gold'], exit: 2, want: /--edition 'gold' is unknown\. Use .*enterprise/ },
    { args: ['--mode', 'magic'], exit: 2, want: /--mode 'magic' is unknown\. Use sandbox, example or made-up\./ },
    { args: ['--token-lifetime', '0'], exit: 2, want: /--token-lifetime '0' is not a whole number from 1 to/ },
    {
      args: ['--latency', '5s'],
      exit: 2,
      want: /--latency '5s' is not a number of milliseconds up to 60000, or a range/,
    },
    { args: ['--latency', '200-50'], exit: 2, want: /--latency '200-50'/ },
    { args: ['--fault', 'boom'], exit: 2, want: /^comm100-mock: The fault 'boom' is unknown\. Use status, / },
    { args: ['--fault', 'reset@7'], exit: 2, want: /rate from 0 to 1, such as status=503@0\.1/ },
    { args: ['--host', '192.0.2.1', '--port', '0'], exit: 1, want: /no address '192\.0\.2\.1'/ },
    {
      args: ['--v1', join(folder, 'none.json')],
      exit: 1,
      want: /none\.json cannot be read \(ENOENT\)\. Check the path/,
    },
    { args: ['--v1', file('half.json', '{"openapi":')], exit: 1, want: /half\.json is not valid JSON: / },
    {
      args: ['--v1', file('null.json', 'null')],
      exit: 1,
      want: /null\.json is not a description that can be used: it has no `openapi`/,
    },
    {
      args: ['--v2', file('other.json', '{"swagger":"2.0"}')],
      exit: 1,
      want: /other\.json is not a description that can be used: it has no `openapi`/,
    },
    {
      args: ['--port', '0', '--v2', file('anonymous.json', '{"openapi":"3.1.0","paths":{}}')],
      exit: 1,
      want: /anonymous\.json is not a description that can be used: it has no `info\.version`/,
    },
    { args: ['--port', '0', '--v2', file('dangling.json', dangling)], exit: 1, want: /nowhere/ },
  ])('$args', async ({ args, exit, want }) => {
    const ended = await runToEnd(args);
    expect(ended).toMatchObject({ exit, out: '' });
    expect(ended.err).toMatch(want);
    expect(ended.err).toMatch(/^comm100-mock: .*\n$/);
  });

  test('a port in use', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) =>
      squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port)),
    );
    const { exit, err } = await runToEnd(['--port', String(port)]);
    squatter.close();
    expect(exit).toBe(1);
    expect(err).toBe(
      `comm100-mock: port ${port} is in use. Stop what listens there, or choose another with --port (0 takes a free one).\n`,
    );
  });
});

test('ends although a connection was to be reset that was being closed', async () => {
  const mock = start(['--port', '0', '--fault', 'reset']);
  const { hostname, port } = new URL(await ready(mock));
  const socket = connect(Number(port), hostname).on('error', () => {});
  socket.resume().end('GET /api/v2/livechat/chats HTTP/1.1\r\nhost: x\r\n\r\nnot HTTP\r\n\r\n');
  await once(socket, 'close');
  mock.child.kill('SIGTERM');
  await mock.ended;
});
