import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compilers } from '@comm100-openapi/tooling/compilers';
import { type Client, writeProgram } from './clients.ts';
import { settings } from './types.ts';

/** How an editor completes a name. */
export interface Completion {
  /** How many names it offers. */
  readonly entries: number;
  /** The first time after the file was opened, in milliseconds. */
  readonly first: number;
  /** After a change of the file, in milliseconds: the middle of several. */
  readonly next: number;
}

/** Asks the server of TypeScript 5.9, which VS Code uses, what it offers after the beginning of an expression. */
export async function complete(folder: string, client: Client, beginning: string, times = 5): Promise<Completion> {
  const code = `${client.setupOfAll ?? client.setup}\n\n${beginning}`;
  const file = writeProgram(folder, 'editor.ts', code);
  writeProgram(folder, 'tsconfig.json', JSON.stringify({ compilerOptions: settings, files: ['editor.ts'] }));
  const lines = code.split('\n');
  const place = { file, line: lines.length, offset: beginning.length + 1 };

  const server = spawn(
    process.execPath,
    [join(compilers['5.9'], 'lib', 'tsserver.js'), '--disableAutomaticTypingAcquisition'],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const waiting = new Map<number, (body: { entries?: unknown[] } | undefined) => void>();
  let text = '';
  server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const whole = text.split('\n');
    text = whole.pop() ?? '';
    for (const line of whole) {
      if (!line.startsWith('{')) continue;
      const message = JSON.parse(line);
      waiting.get(message.request_seq)?.(message.body);
    }
  });
  let seq = 0;
  const send = (command: string, words: object) =>
    void server.stdin.write(`${JSON.stringify({ seq: ++seq, type: 'request', command, arguments: words })}\n`);
  const ask = async () => {
    const started = performance.now();
    const body = await new Promise<{ entries?: unknown[] } | undefined>((resolve, reject) => {
      send('completionInfo', place);
      waiting.set(seq, resolve);
      server.once('exit', () => reject(new Error('tsserver ended.')));
    });
    return { entries: body?.entries?.length ?? 0, time: performance.now() - started };
  };
  try {
    send('open', { file });
    const first = await ask();
    const next: number[] = [];
    for (let round = 0; round < times; round++) {
      // A line more above, as if the program were written on.
      send('change', {
        file,
        line: lines.length - 1,
        offset: 1,
        endLine: lines.length - 1,
        endOffset: 1,
        insertString: ' ',
      });
      next.push((await ask()).time);
    }
    next.sort((a, b) => a - b);
    return { entries: first.entries, first: first.time, next: next[Math.floor(times / 2)] ?? Number.NaN };
  } finally {
    server.kill();
  }
}
