/**
 * Generates a client in each language from the published bundles, compiles it, and makes the same ten calls with it, on
 * a sandbox of its own that rejects whatever is not as documented.
 */
import { command } from '@comm100-openapi/tooling/command';
import { calls, type Version } from './calls.ts';
import { check, report } from './check.ts';
import { languages } from './languages.ts';

const versions = Object.keys(calls) as Version[];
const names = languages.map(({ name }) => name.toLowerCase());

const help = `Generates, compiles and runs clients in other languages.

Usage: npm run sdks -- [options]

  --only LANGUAGE    one of ${names.join(', ')}; can be repeated [all]
  --api VERSION      v1 or v2                                             [both]
  --bundles FOLDER   where comm100-v1.json and comm100-v2.json are        [spec/dist]
  --help             this text

The clients stay in sdks/dist, one folder for each version and language.
`;

const options = {
  only: { type: 'string', multiple: true },
  api: { type: 'string' },
  bundles: { type: 'string' },
} as const;
await command(help, options, async ({ only, api, bundles }) => {
  const unknown = [
    ...(only ?? []).filter((name) => !names.includes(name.toLowerCase())),
    ...(api === undefined || versions.some((version) => version === api) ? [] : [api]),
  ];
  if (unknown.length > 0) throw new Error(`'${unknown.join("', '")}' is unknown. ${help}`);

  const results = [];
  for (const language of languages) {
    if (only && !only.some((name) => name.toLowerCase() === language.name.toLowerCase())) continue;
    for (const version of versions) {
      if (api !== undefined && api !== version) continue;
      const result = await check(language, version, bundles);
      results.push(result);
      console.log(`${language.name} ${version}: ${result.missing ? 'skipped' : `${result.passed} of ${result.calls}`}`);
    }
  }
  console.log(`\n${report(results)}`);
  if (results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
});
