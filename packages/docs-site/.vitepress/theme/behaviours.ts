/**
 * The tabs and the copy buttons of the static reference, by mouse and keyboard.
 *
 * The reference is HTML that Vue does not change after the build. So the listeners are on the document, once for all
 * pages, as VitePress does it for its code groups.
 */

const STORAGE_PREFIX = 'comm100-openapi:';

export function installBehaviours(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const tab = event.target.closest<HTMLElement>('.tab');
    if (tab) choose(tab);
    const button = event.target.closest<HTMLElement>('[data-copy]');
    if (button) void copy(button);
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.tab')) return;
    const tabs = tabsOf(event.target);
    const next = neighbour(event.key, tabs.indexOf(event.target), tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[next];
    if (tab) choose(tab);
    tab?.focus();
  });
}

/** @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/#keyboardinteraction */
function neighbour(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function tabsOf(tab: Element): HTMLElement[] {
  return [...(tab.parentElement?.querySelectorAll<HTMLElement>('.tab') ?? [])];
}

function choose(tab: HTMLElement): void {
  select(tab);
  const remember = tab.closest<HTMLElement>('[data-tabs]')?.dataset.tabs;
  if (!remember) return;
  const before = tab.getBoundingClientRect().top;
  applyChoice(remember, tab.textContent ?? '');
  // The samples above have changed their height; keep the tab under the pointer.
  window.scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
  try {
    localStorage.setItem(STORAGE_PREFIX + remember, tab.textContent ?? '');
  } catch {
    // Where storage is blocked, the choice ends with the page.
  }
}

function select(chosen: HTMLElement): void {
  for (const tab of tabsOf(chosen)) {
    const isChosen = tab === chosen;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls') ?? '')?.toggleAttribute('hidden', !isChosen);
  }
}

function applyChoice(remember: string, label: string): void {
  for (const tab of document.querySelectorAll<HTMLElement>(`[data-tabs="${remember}"] .tab`)) {
    if (tab.textContent === label) select(tab);
  }
}

/** Prepares a new page: tabs get their roles and show the stored choice. */
export function prepareTabs(): void {
  for (const tabs of document.querySelectorAll<HTMLElement>('[data-tabs]')) {
    const list = tabs.querySelector('.tabs-list');
    list?.setAttribute('role', 'tablist');
    list?.setAttribute('aria-label', tabs.dataset.label ?? '');
    for (const tab of tabs.querySelectorAll('.tab')) tab.setAttribute('role', 'tab');
    for (const panel of tabs.querySelectorAll('.tab-panel')) panel.setAttribute('role', 'tabpanel');
  }
  restoreChoices();
}

function restoreChoices(): void {
  const kinds = new Set([...document.querySelectorAll<HTMLElement>('[data-tabs]')].map(({ dataset }) => dataset.tabs));
  for (const remember of kinds) {
    if (!remember) continue;
    try {
      const label = localStorage.getItem(STORAGE_PREFIX + remember);
      if (label) applyChoice(remember, label);
    } catch {
      // Without storage there is nothing to restore.
    }
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const code = button.parentElement?.querySelector('pre')?.textContent ?? '';
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = 'Copied';
  } catch {
    // There is a clipboard only on https and localhost; elsewhere, select the text for the reader.
    const pre = button.parentElement?.querySelector('pre');
    if (pre) getSelection()?.selectAllChildren(pre);
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
}
