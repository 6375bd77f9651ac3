/** What axe says about a page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What is wrong with the page, each with the first place. @param rules Rules or their tags. @default all that axe applies by itself */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  return run(page, 'document', rules);
}

/**
 * Shows all that the page has: what is folded, and what is far from the window, which has no layout and keeps the colours
 * of before, so that axe would misread it.
 */
export async function unfold(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });
  await page.addStyleTag({ content: '* { content-visibility: visible !important; transition: none !important }' });
}

/**
 * Texts of the page with too little contrast, in the theme that it has now. Contrast takes axe far longer than all the
 * rest, so a text is measured only if its way from the root of the page, which is what its colours depend on, is new.
 *
 * @param measured The ways that were measured on pages before, each as its tags, classes and states. Those of this page
 *   are added.
 */
export async function contrastViolations(page: Page, measured: Set<string>): Promise<string[]> {
  const ways = await page.evaluate<string[]>(`(${waysToTexts})()`);
  const fresh = ways.filter((way) => !measured.has(way));
  if (fresh.length === 0) return [];
  for (const way of fresh) measured.add(way);
  const elements = `{ include: ${JSON.stringify(fresh)}.map((way) => window.textsByWay.get(way)) }`;
  return run(page, elements, ['color-contrast']);
}

/** In the page: the ways to its texts. Keeps the first element of each way in `textsByWay`. */
const waysToTexts = `() => {
  const isState = ({ name }) => /^(aria-(current|selected|checked|expanded|pressed)|type|disabled|style)$/.test(name);
  const wayTo = (element, known) => {
    if (!element) return '';
    if (!known.has(element)) {
      // Each page has a class of its own, from its address.
      const classes = [...element.classList].filter((name) => !name.startsWith('_')).sort();
      const states = [...element.attributes].filter(isState).map(({ name, value }) => '[' + name + '=' + value + ']');
      known.set(element, wayTo(element.parentElement, known) + '>' + element.localName + classes.map((name) => '.' + name).join('') + states.join(''));
    }
    return known.get(element);
  };
  const known = new Map();
  window.textsByWay = new Map();
  for (const element of document.querySelectorAll('body *:not(svg *)')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (!element.checkVisibility()) continue;
    const way = wayTo(element, known);
    if (!window.textsByWay.has(way)) window.textsByWay.set(way, element);
  }
  return [...window.textsByWay.keys()];
}`;

async function run(page: Page, context: string, rules?: string[]): Promise<string[]> {
  await page.evaluate(`window.axe || (() => {${axe}})()`);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  return page.evaluate<string[]>(
    `axe.run(${context}, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.length + ": " + nodes[0].html.slice(0, 160)))`,
  );
}
