/** The guide to the journeys, against the Arazzo file. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { derive } from '../src/derived/index.ts';
import { listDownloads } from '../src/downloads.ts';
import { textOf } from './rendered.ts';

interface Arazzo {
  sourceDescriptions: { url: string }[];
  workflows: {
    summary: string;
    steps: { stepId: string; description: string; operationId: string; successCriteria: { condition: string }[] }[];
  }[];
}
const file = new URL('../../../spec/journeys.arazzo.yaml', import.meta.url);
const arazzo = parse(readFileSync(file, 'utf8')) as Arazzo;

test('has every journey, and of each step its words, a link to its operation, and its conditions', () => {
  const { source } = derive('journeys');
  const parts = source.split('<h2').slice(1);
  expect(parts).toHaveLength(arazzo.workflows.length);
  for (const [index, { summary, steps }] of arazzo.workflows.entries()) {
    const rows = [...(parts[index] ?? '').matchAll(/<li>(<p>.*?)<\/ul>/g)].map(([, row = '']) => row);
    expect(textOf(`<h2${parts[index]}`)).toContain(summary);
    expect(rows).toHaveLength(steps.length);
    for (const [place, { stepId, description, operationId, successCriteria }] of steps.entries()) {
      const [, version, id] = operationId.split('.');
      const row = rows[place] ?? '';
      expect(row).toMatch(new RegExp(`href="/${version}/[\\w-]+\\.html#${id}"`));
      for (const words of [stepId, description, ...successCriteria.map(({ condition }) => condition)])
        expect(textOf(row)).toContain(words);
    }
  }
});

test('the download refers to files that are beside it', () => {
  const links = listDownloads().map(({ link }) => link);
  const own = links.find((link) => link.endsWith('.arazzo.yaml')) ?? '';
  const urls = arazzo.sourceDescriptions.map(({ url }) => new URL(url, `http://a.example${own}`).pathname);
  expect(urls).toHaveLength(2);
  for (const url of urls) expect(links).toContain(url);
});
