/** The site for programs: its Markdown says what the bundles and the pages say, and `llms.txt` leads to all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, serveDocs } from '../src/serve.ts';
import { at, documented, examplesOf, missing, type Version, versions, wordsOf } from './expected.ts';
import { textOf } from './rendered.ts';

const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const read = (file: string) => readFileSync(join(DIST, file), 'utf8');
const pages = files.filter((file) => file.endsWith('.html') && file !== '404.html');
const markdowns = files.filter((file) => file.endsWith('.md'));

/** The text below each heading of the second level, by the heading. */
function sectionsOf(markdown: string): Map<string, string> {
  return new Map(markdown.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section]));
}

describe.each(versions)('The Markdown of %s', (version) => {
  const ofResources = markdowns.filter(
    (file) => file.startsWith(`${version}/`) && !/(index|schemas.*)\.md$/.test(file),
  );
  // A resource can have several files.
  const byTag = Map.groupBy(ofResources, (file) => /^# (.+)$/m.exec(read(file))?.[1] ?? '');
  const sections = new Map(
    [...byTag].map(([tag, all]) => [tag, new Map(all.flatMap((file) => [...sectionsOf(read(file))]))]),
  );

  test('says about each operation what the documents and the bundle say', () => {
    const lost = documented(version).flatMap(({ id, tag, summary, method, path, node, responses, facts }) => {
      const words = wordsOf(version, node, new Set([...facts, `${method} ${path}`]));
      for (const [status, response] of responses) {
        words.add(status);
        for (const { summary: title } of examplesOf(version, response)) words.add(title);
        if (status < '400') wordsOf(version, response, words);
      }
      return missing(sections.get(tag)?.get(summary) ?? '', words).map((word) => `${id}: ${word}`);
    });
    expect(lost).toEqual([]);
  });

  test('has every example of a response, as it is in the bundle', () => {
    const lost = documented(version).flatMap(({ id, tag, summary, responses }) => {
      const section = sections.get(tag)?.get(summary) ?? '';
      const shown = [...section.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, code = '']) =>
        JSON.stringify(JSON.parse(code)),
      );
      const [, success = {}] = responses.find(([status]) => status === '200') ?? [];
      return examplesOf(version, success)
        .filter(({ value }) => typeof value === 'object' && !shown.includes(JSON.stringify(value)))
        .map((example) => `${id}: ${example.summary}`);
    });
    expect(lost).toEqual([]);
  });

  test('says about each schema what the bundle says', () => {
    const ofSchemas = markdowns.filter((file) => file.startsWith(`${version}/schemas-`));
    const schemas = new Map(ofSchemas.flatMap((file) => [...sectionsOf(read(file))]));
    const lost = Object.entries(at(version, 'components', 'schemas')).flatMap(([name, schema]) =>
      missing(schemas.get(name) ?? '', wordsOf(version as Version, schema)).map((word) => `${name}: ${word}`),
    );
    expect(lost).toEqual([]);
  });
});

test('Every page has its Markdown, and links it for programs and for readers', () => {
  const expected = pages.map((page) => page.replace('.html', '.md'));
  expect(markdowns.toSorted()).toEqual(expected.toSorted());
  const silent = pages.filter((page) => {
    const target = `href="/${page.replace('.html', '.md')}"`;
    const links = [`<link rel="alternate" type="text/markdown" ${target}>`, `<a ${target} target="_self"`];
    return !links.every((link) => read(page).includes(link));
  });
  expect(silent).toEqual([]);
});

test('The Markdown of a guide has every paragraph, entry and cell of its page', () => {
  const lost = pages
    .filter((page) => page.startsWith('guide/') || page === 'index.html')
    .flatMap((page) => {
      const [, main = ''] = /<main[^>]*>([\s\S]*?)<\/main>/.exec(read(page)) ?? [];
      const shown = main.replace(/<(svg|button)\b[\s\S]*?<\/\1>|<a class="header-anchor"[\s\S]*?<\/a>/g, '');
      const texts = [...shown.matchAll(/<(p|h[1-6]|td|th|dt|dd|code|a)\b[^>]*>((?:(?!<\1\b)[\s\S])*?)<\/\1>/g)].map(
        ([, , text = '']) => textOf(text).replace(/\u200b/g, ''),
      );
      expect(texts.length).toBeGreaterThan(5);
      return missing(read(page.replace('.html', '.md')), texts).map((text) => `${page}: ${text}`);
    });
  expect(lost).toEqual([]);
});

/** @see https://vitepress.dev/guide/markdown#custom-anchors */
test('The Markdown has no heading with the anchor of its HTML', () => {
  const marked = markdowns.flatMap((file) => read(file).match(/^#.*\{#.*$/gm) ?? []);
  expect(marked).toEqual([]);
});

/** @see https://llmstxt.org/#format */
test('llms.txt has the format, and a link to every page', () => {
  const [title = '', summary = '', notes = '', ...sections] = read('llms.txt').trim().split(/\n\n/);
  expect(title).toMatch(/^# \S/);
  expect(summary).toMatch(/^> \S/);
  expect(notes).toMatch(/^[A-Z]/);
  expect(sections.filter((_, index) => index % 2 === 0).filter((text) => !/^## [^\n]+$/.test(text))).toEqual([]);
  const lines = sections.filter((_, index) => index % 2 === 1).flatMap((text) => text.split('\n'));
  const links = lines.map((line) => /^- \[[^\]]+\]\((\/[^)]+)\)(: .+)?$/.exec(line)?.[1]);
  expect(links.filter((link) => link === undefined || !files.includes(link.slice(1)))).toEqual([]);
  expect(markdowns.filter((file) => file !== 'index.md' && !links.includes(`/${file}`))).toEqual([]);
});

test('No link of the Markdown leads nowhere', () => {
  const broken = markdowns.flatMap((file) =>
    [...read(file).matchAll(/\]\(((?!https?:|#|mailto:)[^)\s]+)\)/g)]
      .map(([, link = '']) => new URL(link, `http://site/${file}`).pathname.slice(1))
      .filter((target) => !files.includes(target))
      .map((target) => `${file}: ${target}`),
  );
  expect([...new Set(broken)]).toEqual([]);
});

test('Markdown is sent as such, in UTF-8', async () => {
  const server = await serveDocs({ port: 0 });
  const types = await Promise.all(
    ['v2/bans.md', 'llms.txt'].map(async (file) => (await fetch(`${server.url}/${file}`)).headers.get('content-type')),
  );
  await server.close();
  expect(types).toEqual(['text/markdown; charset=utf-8', 'text/plain; charset=utf-8']);
});
