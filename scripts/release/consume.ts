import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilers } from '@comm100-openapi/tooling/compilers';
import { importsOf } from './first-use.ts';

/** What a project of somebody else writes, with settings from its environment. */
const program = `
import { createClient as createV1, parseDate } from '@comm100-openapi/client-v1';
import { type Chat, createClient, ForbiddenError } from '@comm100-openapi/client-v2';

const auth = {
  type: 'basic',
  email: process.env.COMM100_EMAIL,
  apiKey: process.env.COMM100_API_KEY,
} as const;
const comm100 = createClient({ domain: process.env.COMM100_DOMAIN, auth });
const timeout = process.env.COMM100_TIMEOUT === undefined ? undefined : Number(process.env.COMM100_TIMEOUT);

export async function chats(departmentId: number): Promise<Chat[]> {
  const found: Chat[] = [];
  try {
    for await (const chat of comm100.chats.list({ departmentId }, { timeout })) found.push(chat);
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
  }
  return found;
}

export async function firstDate(): Promise<Date | undefined> {
  for await (const chat of createV1({ baseUrl: process.env.COMM100_URL, auth }).chats.list()) {
    return parseDate(chat.start_time);
  }
  return undefined;
}

// @ts-expect-error a department needs a name
comm100.departments.create({});
`;

const settings = {
  strict: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: ['node'],
  resolveJsonModule: true,
  skipLibCheck: false,
  noEmit: true,
};
const kinds = [
  { name: 'nodenext', options: { module: 'nodenext' } },
  { name: 'bundler', options: { module: 'esnext', moduleResolution: 'bundler' } },
].flatMap(({ name, options }) => [
  { name, options },
  { name: `${name}, exactOptionalPropertyTypes`, options: { ...options, exactOptionalPropertyTypes: true } },
]);

/**
 * Type-checks the programs of the READMEs and one with settings from the environment, in a project that has the
 * packages, under TypeScript 5.9 and 7, and each way to find modules.
 */
export function consume(
  folder: string,
  readmes: ReadonlyMap<string, string>,
): { rows: string[][]; problems: string[] } {
  const sources = join(folder, 'src');
  mkdirSync(sources);
  writeFileSync(join(sources, 'program.ts'), program);
  for (const [name, readme] of readmes) {
    // One block of a README goes on where the one before it ended.
    const blocks = [...readme.matchAll(/^```(?:ts|js)\n(.*?)^```$/gms)].map(([, code = '']) => code).join('\n');
    if (importsOf(blocks).length > 0) writeFileSync(join(sources, `${name.split('/')[1]}.ts`), blocks);
  }
  /** Where each error occurs. */
  const errors = new Map<string, string[]>();
  const rows = kinds.map((kind, index) => {
    const file = join(folder, `tsconfig.${index}.json`);
    writeFileSync(file, JSON.stringify({ compilerOptions: { ...settings, ...kind.options }, include: ['src'] }));
    const cells = Object.entries(compilers).map(([version, compiler]) => {
      const tsc = join(compiler, 'bin', 'tsc');
      const { status, stdout } = spawnSync(process.execPath, [tsc, '--project', file, '--pretty', 'false'], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (status === 0) return 'passes';
      const lines = stdout.split('\n').filter((line) => /error TS/.test(line));
      for (const line of lines) {
        const [error = ''] = /^.*?: error TS\d+/.exec(line) ?? [];
        const message = line.slice(error.length, error.length + 240);
        errors.set(error, [...(errors.get(error) ?? [message]), `TypeScript ${version}, ${kind.name}`]);
      }
      return `${lines.length} errors`;
    });
    return [kind.name, ...cells];
  });
  return {
    rows: [['types under', ...Object.keys(compilers).map((version) => `TypeScript ${version}`)], ...rows],
    problems: [...errors].map(([error, [message, ...where]]) => `${error}${message} (${where.join('; ')})`),
  };
}
