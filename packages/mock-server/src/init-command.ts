import { existsSync, writeFileSync } from 'node:fs';
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
  const isNew = !existsSync(schema);
  writeFileSync(schema, `${JSON.stringify(companyFileSchema(loadDemo()), null, 2)}\n`);
  console.log(
    `${file} is a company to change, and ${schema} ${isNew ? 'describes' : 'now describes'} it for your editor.`,
  );
  console.log(`Start the mock with it: comm100-mock --company ${file}`);
}

/** A small company with comments. @param schema The address of the JSON Schema, relative to the file. */
export function companyTemplate(schema: string): string {
  return `# yaml-language-server: $schema=./${schema}
#
# A company for comm100-mock: what the mock begins with, in both versions of the API.
# Fields have the names of version 2.0. What is left out is made up: ids, keys, passwords, settings, transcripts.
# Credentials here are for the mock only. Never write a real key or password into this file.

site:
  name: Birchwood Cycles
  # The clock stands on this day, at two in the afternoon in UTC. --today now moves everything here to the present day.
  today: 2025-03-07

agents:
  - id: 1
    email: sofia@birchwood.example
    displayName: Sofia
    firstName: Sofia
    lastName: Marten
    isAdmin: true # may do everything
    status: online # or away, offline, or the name of one of customAwayStatus
    departments: [1, 2]
    password: ride-on # for a token; the API key is made up: the id with zeros in front, 32 digits
  - id: 2
    email: ben@birchwood.example
    displayName: Ben
    status: away
    departments: [1]
    permissions: [View Reports] # agents without any can log in, and get 403

departments:
  - { id: 1, name: Workshop, description: Repairs and spare parts }
  - { id: 2, name: Sales }

campaigns:
  - { id: 1, name: Shop }

# Who was on the website. The others are made up by --live.
visitors:
  - { name: Ida Holm, email: ida.holm@example.com, country: Denmark, landing_page: https://www.birchwood.example/ }

chats:
  - visitor: Ida Holm # the name, the email or the id
    agent: 1
    department: Workshop
    start: 2025-03-07T10:00:00 # in UTC
    end: 2025-03-07T10:12:30
    waited: 8 # seconds
    rating: 5
    # Without messages, they are made up.
    messages:
      - { from: visitor, text: My chain is broken. Do you have one for a ten-speed? }
      - { from: agent, text: 'We do, and we fit it while you wait.' }
      - { from: visitor, text: 'Wonderful, I will come this afternoon.' }
  - { visitor: Ida Holm, department: Sales, start: 2025-03-07T11:30:00, waited: 45, missed: true }

offlineMessages:
  - { visitor: Ida Holm, department: Sales, time: 2025-03-06T20:15:00, subject: E-bikes, content: Do you have e-bikes for children? }

cannedMessageCategories:
  - { id: 1, name: Greetings }
cannedMessages:
  - { id: 1, categoryId: 1, name: Welcome, shortCuts: hi, message: Welcome to Birchwood Cycles. How can I help you? }

customAwayStatus:
  - { id: 1, name: Lunch }

# Called when something happens, on this machine: see --live and --allow-webhooks-to.
webhooks:
  - { event: chatEnded, targetUrl: 'http://127.0.0.1:8080/chats' }

# Settings of one entity, by their kind and its id; those that are not here are neutral.
settings:
  campaigns.chatWindow:
    1: { color: '#1B7F5C' }

# There is more: your editor shows all kinds and fields from the schema, and so does the documentation of version 2.0.
`;
}
