/**
 * The guides as Markdown. They are written in Markdown; what is derived in them is made as HTML, in the vocabulary of
 * this site, which is converted here.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import TurndownService from 'turndown';
import { derive } from '../derived/index.ts';
import { fence } from './reference.ts';

const folder = fileURLToPath(new URL('../../pages', import.meta.url));

export interface Guide {
  /** The file in `pages/`, such as `guide/hosts.md`. */
  file: string;
  title: string;
  /** The first paragraph of its text. */
  summary: string;
  markdown: string;
}

/** All pages that are written by hand: the start page and the guides, by the names of their files. */
export function listGuides(): Guide[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md') && !file.includes('['));
  return files.toSorted().map((file) => {
    const path = join(folder, file);
    const markdown = guideMarkdown(readFileSync(path, 'utf8'), dirname(path));
    const [, title = file] = /^# (.+)$/m.exec(markdown) ?? [];
    const [summary = ''] = markdown.split(/\n{2,}/).filter((block) => /^[A-Z]/.test(block));
    return { file, title, summary: summary.replaceAll('\n', ' '), markdown };
  });
}

/**
 * A guide without what only its HTML needs, and with what is derived and the files that it shows.
 *
 * @param directory Where the guide is.
 */
function guideMarkdown(source: string, directory: string): string {
  return source
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<script[\s\S]*?<\/script>\n?|<style[\s\S]*?<\/style>\n?/g, '')
    .replace(/<!--\s*derived:(.*?)-->/g, (_, directive: string) => htmlToMarkdown(derive(directive).source))
    .replace(/^<\/?(?:div|section)\b[^>]*>$/gm, '')
    .replace(/^(#.*\S) *\{#[\w-]+\}$/gm, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^<<< ([^#{\s]+)(?:#([\w-]+))?(?:\{(\w+)\})?$/gm, (_, path: string, region?: string, language?: string) =>
      fence(shownCode(join(directory, path), region), language ?? extname(path).slice(1)),
    )
    .trim();
}

/** The language of a sample of code; nothing for any other element. */
function languageOf({ nodeName, className }: Node & { className?: string }): string | undefined {
  return nodeName === 'DIV' ? /^language-(\w+)/.exec(className ?? '')?.[1] : undefined;
}

/**
 * A file of the repository that a guide shows, or a region of it.
 *
 * @see https://vitepress.dev/guide/markdown#import-code-snippets
 * @throws {Error} where there is none.
 */
function shownCode(path: string, region: string | undefined): string {
  const text = readFileSync(path, 'utf8');
  if (region === undefined) return text.trimEnd();
  const [, indent = '', code] =
    new RegExp(`^([ \\t]*)(?:// #|# )region ${region}\n([\\s\\S]*?)\n[ \\t]*(?:// #|# )endregion`, 'm').exec(text) ??
    [];
  if (code === undefined) throw new Error(`${path} has no region ${region}.`);
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '').replace(/^\n+|\n+$/g, '');
}

const service = new TurndownService({
  headingStyle: 'atx',
  bulletListMarker: '-',
  codeBlockStyle: 'fenced',
  emDelimiter: '_',
})
  .remove(['button', 'select', 'style'])
  .remove((node) => node.nodeName.toLowerCase() === 'svg')
  // The languages to choose from; all samples follow.
  .remove((node) => node.nodeName === 'DIV' && node.classList.contains('tabs'))
  .addRule('code', {
    filter: (node) => languageOf(node) !== undefined,
    replacement: (_, node) => {
      const language = languageOf(node) ?? '';
      return `\n\n${fence(node.textContent ?? '', language === 'text' ? '' : language)}\n\n`;
    },
  })
  // A cell is one line, and a `|` in it would begin the next.
  .addRule('cell', { filter: ['th', 'td'], replacement: (content) => ` ${oneLine(content).replaceAll('|', '\\|')} |` })
  .addRule('row', {
    filter: 'tr',
    replacement: (content, node) =>
      `\n|${content}${node.parentNode?.nodeName === 'THEAD' ? `\n|${' --- |'.repeat(node.childNodes.length)}` : ''}`,
  })
  .addRule('rows', { filter: ['thead', 'tbody'], replacement: (content) => content })
  .addRule('table', { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` })
  .addRule('term', { filter: 'dt', replacement: (content) => `\n- ${content.trim()}: ` })
  .addRule('definition', { filter: 'dd', replacement: oneLine })
  .addRule('summary', {
    filter: 'summary',
    replacement: (content) => `\n\n**${content.trim().replace(/\*\*/g, '')}**\n\n`,
  })
  // The HTML has its spaces from the style.
  .addRule('span', { filter: 'span', replacement: (content) => (content.trim() === '' ? '' : ` ${content.trim()} `) })
  .addRule('link', {
    filter: 'a',
    replacement: (content, node) => {
      const words = oneLine(content).replace(/ {2,}/g, ' ');
      return words && `[${words}](${linkToMarkdown((node as HTMLElement).getAttribute('href') ?? '')})`;
    },
  });

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function htmlToMarkdown(html: string): string {
  return service.turndown(html).trim();
}

/** A link to a page of the site, as one to its Markdown. */
export function linkToMarkdown(target: string): string {
  if (!target.startsWith('/')) return target;
  return target.replace(/\/(?=#|$)/, '/index.md').replace(/\.html(?=#|$)/, '.md');
}
