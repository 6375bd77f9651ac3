import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

// What happened in the demo company, from the files that people write.

const demo = (file: string) => readFileSync(new URL(`../../spec/demo/${file}`, import.meta.url), 'utf8');

interface CompanyFile {
  readonly agents: readonly { readonly email: string; readonly apiKey: string }[];
  readonly chats: readonly { readonly id: string; readonly ongoing?: boolean }[];
  readonly week: { readonly chats: readonly number[] };
}

export const company = parse(demo('company.yaml')) as CompanyFile;

const [head = '', ...lines] = demo('week/chats.csv').trim().split('\n');
const columns = head.split(',');

/** The requests for chats of the week: `time` is in UTC, `outcome` is `chat` where there was one. */
export const requests = lines.map((line) => {
  const cells = line.split(',');
  return Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) as {
    number: string;
    time: string;
    outcome: string;
  };
});
