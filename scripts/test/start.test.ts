import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../start.ts', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, NO_COLOR: '1' } });
  children.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output, ended };
}

test('brings up the mock and the documentation, prints a request that works, and ends when it is told to', async () => {
  const { child, output, ended } = start(['--port', '0', '--docs-port', '0']);
  await expect.poll(() => output.out, { timeout: 20_000 }).toContain('Ctrl+C');

  const [, user = '', request = ''] = /curl -u (\S+) (\S+)/.exec(output.out) ?? [];
  const answer = await fetch(request, { headers: { authorization: `Basic ${btoa(user)}` } });
  expect(answer.status).toBe(200);
  const [, documentation = ''] = /Documentation\s+(\S+)/.exec(output.out) ?? [];
  expect(await (await fetch(documentation)).text()).toContain('<html');

  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(output.err).toBe('');
});

test('--help tells every option and where there are more', async () => {
  const { output, ended } = start(['--help']);
  expect(await ended).toBe(0);
  for (const word of ['--port', '--docs-port', 'npm run mock -- --help']) expect(output.out).toContain(word);
});

describe('mistakes get one line and a non-zero exit', () => {
  test.each([
    { args: ['--port', 'http'], want: "--port 'http' is not a port, a whole number from 0 to 65535." },
    { args: ['--docs-port', '70000'], want: "--docs-port '70000' is not a port, a whole number from 0 to 65535." },
    {
      args: ['--prot', '1'],
      want: "Unknown option '--prot'. Options come after two dashes. All: npm start -- --help",
    },
    {
      args: ['5010'],
      want: "Unexpected argument '5010'. Options come after two dashes. All: npm start -- --help",
    },
  ])('$args', async ({ args, want }) => {
    const { output, ended } = start(args);
    expect(await ended).toBe(2);
    expect(output.err).toBe(`comm100-openapi: ${want}\n`);
  });

  test.each([
    { option: '--port', other: '--docs-port' },
    { option: '--docs-port', other: '--port' },
  ])('a port in use, given by $option', async ({ option, other }) => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) =>
      squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port)),
    );
    const { output, ended } = start([option, String(port), other, '0']);
    expect(await ended).toBe(1);
    squatter.close();
    expect(output.err).toMatch(new RegExp(`^comm100-openapi: .*${port}.* npm start -- ${option} 0\n$`));
  });
});
