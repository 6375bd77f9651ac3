/** What axe says about a page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What is wrong with the page, each with the first place. @param rules Rules or their tags. @default all that axe applies by itself */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(`window.axe || (() => {${axe}})()`);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.length + ": " + nodes[0].html.slice(0, 160)))`,
  );
}
