import { expect, test } from 'vitest';
import { withoutUnused } from '../.vitepress/unused-styles.ts';

const CODE = 'h("nav", { class: "menu" }, h("a", { href: "/" }))';

test.each([
  { given: '.menu a:is(:hover, :focus-visible) { color: red }', isKept: true },
  { given: ':is(a, .menu):focus-visible { color: red }', isKept: true },
  { given: '.menu a[href*="://"]:not(:has(img)) { color: red }', isKept: true },
  { given: '.menu-enter-active { color: red }', isKept: true },
  { given: '.toast { color: red }', isKept: false },
  { given: '.menu .toast:hover { color: red }', isKept: false },
])('The style sheet has "$given" where only a menu is shown: $isKept', async ({ given, isKept }) => {
  expect(await withoutUnused(given, [['Menu.vue', CODE]])).toBe(isKept ? given : '');
});
