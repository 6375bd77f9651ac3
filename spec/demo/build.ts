import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Writes the demo company as JSON, beside the bundles, for the mock server and the documentation. */
const company: unknown = parse(readFileSync(new URL('company.yaml', import.meta.url), 'utf8'));
mkdirSync(new URL('../dist/', import.meta.url), { recursive: true });
writeFileSync(new URL('../dist/demo-company.json', import.meta.url), `${JSON.stringify(company, null, 2)}\n`);
