import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMock } from '@comm100-openapi/mock-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCompanyContent } from '../src/company-file.ts';
import { companyTemplate, runInit } from '../src/init-command.ts';
import { loadDemo } from '../src/own.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'comm100-own-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const path = join(folder, 'test.yaml');
  writeFileSync(path, text);
  return path;
}

/** A mock of the company in a file. @throws what the command would print. */
function begin(path: string) {
  const file = readCompanyContent(path);
  try {
    return createMock({ ...loadDemo(), mode: 'sandbox', companyFile: file.content });
  } catch (error) {
    throw file.located(error) ?? error;
  }
}

test('init writes a company that a mock begins with, and its schema beside it', async () => {
  const path = join(folder, 'mine.yaml');
  runInit([path]);
  const mock = begin(path);
  const headers = { authorization: `Basic ${btoa(`sofia@birchwood.example:${'1'.padStart(32, '0')}`)}` };
  const response = await mock.fetch(new Request('http://mock/api/v2/livechat/chats', { headers }));
  const { total, chats } = await response.json();
  expect([response.status, total, chats[0].name, chats[0].chatTranscript[1].content]).toEqual([
    200,
    1,
    'Ida Holm',
    'My chain is broken. Do you have one for a ten-speed?',
  ]);
  expect(readFileSync(path, 'utf8')).toContain('$schema=./mine.schema.json');
  const schema = JSON.parse(readFileSync(join(folder, 'mine.schema.json'), 'utf8'));
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['site', 'agents', 'departments', 'settings']));
  expect(() => runInit([path])).toThrow('mine.yaml is there already');
  // Both files, or none.
  rmSync(path);
  expect(() => runInit([path])).toThrow('mine.schema.json is there already');
  expect(existsSync(path)).toBe(false);
  expect(() => runInit(['mine.json'])).toThrow("'mine.json' does not end with .yaml");
});

describe('what is wrong is named with its line', () => {
  const template = companyTemplate('x');
  test.each([
    {
      name: 'a field of an item',
      given: template.replace('waited: 8', 'wated: 8'),
      want: /test\.yaml:\d+: chats\[0\]\.wated: is unknown\. The fields of chats are .*waited/,
      line: 'wated: 8',
    },
    {
      name: 'a field that is missing, by its item',
      given: template.replace('    email: ben@birchwood.example\n', ''),
      want: /test\.yaml:\d+: agents\[1\]\.email: is required\./,
      line: '- id: 2',
    },
    {
      name: 'a reference',
      given: template.replace('categoryId: 1', 'categoryId: 7'),
      want: /test\.yaml:\d+: cannedMessages\[0\]\.categoryId: 7 is not among the cannedMessageCategories of the file\./,
      line: 'categoryId: 7',
    },
    { name: 'YAML', given: 'site: [\n', want: /test\.yaml:2:1: it is not valid YAML: /, line: '' },
    {
      name: 'nobody who can log in',
      given: 'site: { name: Solo }\nagents: [{ email: a@solo.example, isActive: false }]\n',
      want: /test\.yaml:2: agents: has only agents who are locked or not active\. Somebody must be able to log in\./,
      line: 'agents',
    },
    { name: 'an empty file', given: '', want: /test\.yaml.*: must be an object\./, line: '' },
  ])('$name', ({ given, want, line }) => {
    let message = '';
    try {
      begin(write(given));
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toMatch(want);
    const [, number] = /test\.yaml:(\d+)/.exec(message) ?? [];
    if (line) expect(given.split('\n')[Number(number) - 1]).toContain(line);
  });

  test('a file that is not there, or makes much of little', () => {
    expect(() => begin(join(folder, 'none.yaml'))).toThrow('it cannot be read (ENOENT). comm100-mock init makes one.');
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair])) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    expect(() => begin(write(bomb.join('\n')))).toThrow('Excessive alias count');
  });
});

test('JSON is read too', () => {
  const path = join(folder, 'mine.json');
  writeFileSync(path, JSON.stringify({ site: { name: 'Birchwood' }, agents: [{ email: 'a@birchwood.example' }] }));
  expect(begin(path).company.agents).toMatchObject([{ id: 1, email: 'a@birchwood.example', permissions: [] }]);
});
