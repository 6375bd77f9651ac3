/**
 * Writes the collections for Postman and Bruno, and with `--run` lets the command lines of both import them and send
 * every request to the mock. The tools are large, so they are installed when they are first needed, apart from the
 * packages of this repository.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type OpenCollection, openCollectionOf, postmanOf } from '@comm100-openapi/docs-site/collections';
import { loadDemo, startMock } from '@comm100-openapi/mock-server';
import { command } from '@comm100-openapi/tooling/command';
import { installed, versionsOf } from '@comm100-openapi/tooling/on-demand';
import { outcomeOf } from '@comm100-openapi/tooling/processes';

const versions = versionsOf('collections');

const help = `Writes or runs the collections for Postman and Bruno.

Usage: npm run collections -- [options]

  --out FOLDER   writes them there
  --run          imports them in Newman ${versions.newman} and Bruno's command line ${versions['@usebruno/cli']},
                 and sends every request to the mock; the first time, it installs both (350 MB)
  --help         this text
`;

/** Statuses that are not 200, each with the name of its request. */
interface Result {
  sent: number;
  failed: string[];
}

async function runPostman(modules: string, file: string, host: string): Promise<Result> {
  const report = `${file}.report.json`;
  const bin = join(modules, 'newman', 'bin', 'newman.js');
  const words = ['run', file, '--env-var', `host=${host}`, '--reporters', 'json', '--reporter-json-export', report];
  const { output } = await outcomeOf(process.execPath, [bin, ...words], { cwd: dirname(file) });
  if (!existsSync(report)) throw new Error(`Newman wrote no report: ${output}`);
  const { executions } = JSON.parse(readFileSync(report, 'utf8')).run as {
    executions: { item: { name: string }; response?: { code: number } }[];
  };
  rmSync(report);
  const results = executions.map(({ item, response }) => ({ name: item.name, status: response?.code }));
  return { sent: results.length, failed: failures(results) };
}

/** The way of Bruno's own import: it converts the file, and writes a folder with a file for each request. */
async function runBruno(modules: string, file: string, host: string): Promise<Result> {
  const folder = `${file}.imported`;
  const report = join(folder, 'report.json');
  mkdirSync(folder);
  const bruno = createRequire(join(modules, '@usebruno', 'cli', 'package.json'));
  const { openCollectionToBruno } = bruno('@usebruno/converters');
  const { createCollectionFromBrunoObject } = bruno('./src/utils/collection.js');
  const collection = JSON.parse(readFileSync(file, 'utf8')) as OpenCollection;
  await createCollectionFromBrunoObject(openCollectionToBruno(collection), folder);
  const words = ['run', '-r', '--env-var', `host=${host}`, '--reporter-json', report];
  const { output } = await outcomeOf(process.execPath, [bruno.resolve('./bin/bru.js'), ...words], { cwd: folder });
  if (!existsSync(report)) throw new Error(`Bruno wrote no report: ${output}`);
  const [{ results }] = JSON.parse(readFileSync(report, 'utf8')) as [
    { results: { name: string; response: { status: number } }[] },
  ];
  rmSync(folder, { recursive: true });
  return { sent: results.length, failed: failures(results.map(({ name, response }) => ({ name, ...response }))) };
}

const failures = (results: { name: string; status: number | undefined }[]) =>
  results.filter(({ status }) => status !== 200).map(({ name, status }) => `${name}: ${status ?? 'no response'}`);

await command(help, { out: { type: 'string' }, run: { type: 'boolean' } }, async ({ out, run }) => {
  const isKept = out !== undefined;
  if (!isKept && !run) return void process.stdout.write(help);
  const folder = isKept ? resolve(out) : mkdtempSync(join(tmpdir(), 'collections-'));
  mkdirSync(folder, { recursive: true });
  const files = (['v1', 'v2'] as const).flatMap((version) =>
    [
      { program: 'Postman', collection: postmanOf(version), runIn: runPostman },
      { program: 'Bruno', collection: openCollectionOf(version), runIn: runBruno },
    ].map(({ program, collection, runIn }) => {
      const file = join(folder, `comm100-${version}.${program.toLowerCase()}.json`);
      writeFileSync(file, `${JSON.stringify(collection, null, 1)}\n`);
      return { name: `${program} ${version}`, file, runIn };
    }),
  );
  if (isKept) for (const { file } of files) console.log(file);
  if (run) {
    const modules = installed('collections', versions);
    const mock = await startMock({ ...loadDemo(), mode: 'example', strict: true }, { port: 0 });
    try {
      for (const { name, file, runIn } of files) {
        const { sent, failed } = await runIn(modules, file, mock.url);
        console.log(`${name}: ${sent} requests, ${sent - failed.length} with the status 200`);
        for (const line of failed) console.log(`failed: ${line}`);
        if (failed.length > 0 || sent === 0) process.exitCode = 1;
      }
    } finally {
      await mock.close();
    }
  }
  if (!isKept) rmSync(folder, { recursive: true });
});
