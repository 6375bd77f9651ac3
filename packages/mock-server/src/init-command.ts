import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { companyFileSchema } from '@comm100-openapi/mock-core';
import { UsageError, writeProblem } from './arguments.ts';
import { loadDemo } from './own.ts';

const help = `Writes a file of a company of your own, with comments, and the JSON Schema for your editor beside it.

Usage: comm100-mock init [FILE]                                        [company.yaml]

Change the file, then start the mock with it: comm100-mock --company FILE
`;

/**
 * The command `comm100-mock init`: writes both files, or none.
 *
 * @throws {UsageError} where one of them is there already, or the name cannot be used.
 * @throws {Error} where one cannot be written.
 */
export function runInit(args: readonly string[]): void {
  const [file = 'company.yaml', ...more] = args;
  if (file === '--help' || file === '-h') return void process.stdout.write(help);
  if (more.length > 0 || file.startsWith('-'))
    throw new UsageError('init takes one file. See comm100-mock init --help.');
  if (!/\.ya?ml$/.test(file))
    throw new UsageError(`'${file}' does not end with .yaml. The file has comments, so it is YAML.`);
  const schema = join(dirname(file), `${basename(file, extname(file))}.schema.json`);
  const schemaText = `${JSON.stringify(companyFileSchema(loadDemo()), null, 2)}\n`;
  write(file, companyTemplate(basename(schema)));
  try {
    write(schema, schemaText);
  } catch (error) {
    rmSync(file);
    throw error;
  }
  console.log(`Written: ${resolve(file)}, a company to change`);
  console.log(`         ${resolve(schema)}, which describes it for your editor`);
  console.log(`Start the mock with the option --company ${file}`);
}

/** Writes a new file. @throws {UsageError} where it is there already. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${file} is there already. Give another name, or remove it.`);
    throw new Error(`${file}: ${writeProblem(code) ?? message}`, { cause: error });
  }
}

/** A small company with comments. @param schema The address of the JSON Schema, relative to the file. */
export function companyTemplate(schema: string): string {
  const template = readFileSync(new URL('../src/company.yaml', import.meta.url), 'utf8');
  return template.replace('company.schema.json', () => schema);
}
