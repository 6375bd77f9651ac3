import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Company } from './company.ts';
import type { Bundle } from './description.ts';

/**
 * The project's own bundles of both versions, and the demo company with its accounts: what `startMock` needs.
 *
 * @throws {Error} where they have not been built.
 */
export function loadDemo(): { bundles: Bundle[]; company: Company } {
  return { bundles: [read<Bundle>('v1.json'), read<Bundle>('v2.json')], company: read<Company>('demo-company.json') };
}

function read<T>(file: string): T {
  const path = fileURLToPath(import.meta.resolve(`@comm100-openapi/spec/${file}`));
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${path} cannot be read. Run npm run build first.`, { cause });
  }
}
