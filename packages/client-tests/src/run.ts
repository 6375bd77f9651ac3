import { bundleSuite } from './bundle.ts';
import { startFaultServer } from './fault-server.ts';
import { allRuntimes } from './runtimes.ts';

// `npm run runtimes`: the fault suite in every runtime. Words after `--` choose some by their names: `-- bun deno`.

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = allRuntimes().filter(
  ({ name }) => !words.length || words.some((word) => name.toLowerCase().includes(word)),
);
if (!chosen.length) {
  console.error(
    `No runtime is called ${words.join(' or ')}. There are: ${allRuntimes()
      .map(({ name }) => name)
      .join('; ')}.`,
  );
  process.exit(2);
}

const code = await bundleSuite();
const server = await startFaultServer();
let failed = false;
for (const [index, { name, isBrowser = false, prepare }] of chosen.entries()) {
  const line = (text: string) => console.log(`${name}: ${text}`);
  try {
    const run = prepare();
    const started = performance.now();
    const results = await run(code, { origin: server.origin, run: `run${index}`, isBrowser }, server);
    const failures = results.filter(({ failure }) => failure);
    line(
      `${results.length - failures.length} of ${results.length} cases in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    for (const { name: title, failure } of failures) console.log(`  failed: ${title}\n    ${failure}`);
    failed ||= failures.length > 0 || results.length === 0;
  } catch (error) {
    const { message } = error as Error;
    line(message);
    failed ||= !message.startsWith('skipped');
  }
}
await server.close();
process.exitCode = failed ? 1 : 0;
