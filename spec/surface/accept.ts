import { writeFileSync } from 'node:fs';
import { changes, reports } from './reports.ts';

/** Writes the surface reports as the bundles are now, and prints what that changes. */
for (const { file, url, accepted, found } of reports()) {
  const lines = changes(accepted, found);
  writeFileSync(url, `${found.join('\n')}\n`);
  console.log(lines.length > 0 ? `${file}\n${lines.map((line) => `  ${line}`).join('\n')}` : `${file}: no change`);
}
