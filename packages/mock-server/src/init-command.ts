import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { companyFileSchema } from '@comm100-openapi/mock-core';
import { UsageError } from './arguments.ts';
import { loadDemo } from './own.ts';

const help = `Writes a file of a company of your own, with comments, and the JSON Schema for your editor beside it.

Usage: comm100-mock init [FILE]                                        [company.yaml]

Change the file, then start the mock with it: comm100-mock --company FILE
`;

/** The command `comm100-mock init`. @throws {UsageError} where the file is there already, or its name cannot be used. */
export function runInit(args: readonly string[]): void {
  const [file = 'company.yaml', ...more] = args;
  if (file === '--help' || file === '-h') return void process.stdout.write(help);
  if (more.length > 0 || file.startsWith('-'))
    throw new UsageError('init takes one file. See comm100-mock init --help.');
  if (!/\.ya?ml$/.test(file))
    throw new UsageError(`'${file}' does not end with .yaml. The file has comments, so it is YAML.`);
  const schema = join(dirname(file), `${basename(file, extname(file))}.schema.json`);
  try {
    // Never over a file that is there.
    writeFileSync(file, companyTemplate(basename(schema)), { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${file} is there already. Give another name, or remove it.`);
    throw new Error(`${file} cannot be written (${code}).`, { cause: error });
  }
  writeFileSync(schema, `${JSON.stringify(companyFileSchema(loadDemo()), null, 2)}\n`);
  console.log(`${file} is a company to change, and ${schema} describes it for your editor.`);
  console.log(`Start the mock with the option --company ${file}`);
}

/** A small company with comments. @param schema The address of the JSON Schema, relative to the file. */
export function companyTemplate(schema: string): string {
  const template = readFileSync(new URL('../src/company.yaml', import.meta.url), 'utf8');
  return template.replace('company.schema.json', () => schema);
}
