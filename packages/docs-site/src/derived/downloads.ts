import { listDownloads } from '../downloads.ts';
import { type Html, html } from '../html/html.ts';
import { inline } from '../html/markdown.ts';
import type { VersionSite } from '../model/site.ts';
import { table } from './shared.ts';

/** The files of a version, or those that are about both, each with what it is for and its size. */
export function downloadTable(site?: VersionSite): Html {
  const files = listDownloads().filter(({ version }) => version === site?.version);
  return table(
    ['File', 'Use', 'Size'],
    files.map(({ link, title, use, text }) => [
      // VitePress would look for a page at the address if there were no target.
      html`<a href="${link}" target="_self" download>${title}</a>`,
      inline(use),
      `${Math.round(Buffer.byteLength(text) / 1000)}\u00a0kB`,
    ]),
  );
}

export const llmsLink = () => html`<a href="/llms.txt" target="_self">llms.txt</a>`;
