/** The pictures: what they show, against what the documents say, and that they can be read. */
import { describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { documented, versions } from './expected.ts';
import { textOf } from './rendered.ts';

describe.each(versions)('The map of %s', (version) => {
  const source = derive(`map ${version}`).source;
  const rows = [...source.matchAll(/<tr><td[^>]*>(.*?)<\/td><td[^>]*>(.*?)<\/td><\/tr>/g)].map(
    ([, from = '', to = '']) => [textOf(from), textOf(to)] as const,
  );

  test('leads to the page of each resource', () => {
    const links = new Set([...source.matchAll(/href="\/(\w+)\/[^"]+">([^<]+)</g)].map(([, of, tag]) => `${of} ${tag}`));
    const tags = new Set(documented(version).map(({ tag }) => `${version} ${tag}`));
    expect([...links].toSorted()).toEqual([...tags].toSorted());
  });

  test('has a dot for each reference of its table, and an arrow for each target', () => {
    const targets = new Set(rows.flatMap(([, to]) => to.split(/ \([^)]*\)(?:, |$)/).filter(Boolean)));
    const references = rows.flatMap(([, to]) => to.split(/ \([^)]*\)(?:, |$)/).filter(Boolean));
    const [, lines = ''] = /<svg[^>]*>(.*?)<\/svg><\/div>/.exec(source) ?? [];
    expect(lines.match(/class="map-dot/g)).toHaveLength(references.length);
    expect(lines.match(/class="map-head"/g)).toHaveLength(targets.size);
    expect(source.match(/class="(map-part )?map-target/g)).toHaveLength(targets.size);
  });

  test('names what the documents say is an id of another thing', () => {
    const table = Object.fromEntries(rows);
    for (const [from, to] of EXPECTED[version]) expect(table[from]).toBe(to);
  });
});

/** Read in the documents of each version, and not from the description. */
const EXPECTED: Record<(typeof versions)[number], [from: string, to: string | undefined][]> = {
  v2: [
    ['Departments', 'Agents (agents), Agent groups (groups), Departments (backupDepartmentId)'],
    ['Agents', 'Agent groups (groups)'],
    ['Canned messages', 'Canned message categories (categoryId)'],
    ['Canned message categories', 'Canned message categories (parentId)'],
    ['Audit log', 'Agents (parameter agentId)'],
    ['Chats', 'Agents (parameter agentId), Departments (parameter departmentId), Visitors (parameter visitorId)'],
    ['Visitor SSO', 'Campaigns (campaignSSOOptions.campaignId)'],
    ['IP restriction', undefined],
  ],
  v1: [
    ['Agents', 'Departments (departments)'],
    ['Departments', 'Agents (members)'],
    ['Chats', 'Departments (parameter department), Agents (parameter operator)'],
    ['Site status', undefined],
  ],
};
