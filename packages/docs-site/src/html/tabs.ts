import { type Content, type Html, html } from './html.ts';

export interface Tab {
  label: Content;
  panel: Content;
}

/**
 * Tabs for the theme's behaviours, which make them work, give them their roles, and remember the choice
 * where `remember` names what is chosen, so that all samples change language together.
 *
 * The roles are not written here because Vue's compiler takes `role` for dynamic, and a page with one in
 * it would be shipped twice: once as HTML and once as the code to hydrate it with.
 */
export function tabs(id: string, label: string, items: readonly Tab[], remember?: string): Html {
  const [only] = items;
  if (!only) return html``;
  if (items.length === 1)
    return html`<div class="tabs"><p class="tabs-caption">${only.label}</p><div class="tab-panel">${only.panel}</div></div>`;
  return html`
    <div class="tabs" data-tabs="${remember ?? ''}" data-label="${label}">
      <div class="tabs-list">
        ${items.map(
          (item, index) => html`
            <button type="button" class="tab" id="${`${id}-tab-${index}`}"
              aria-controls="${`${id}-panel-${index}`}" aria-selected="${String(index === 0)}"
              tabindex="${index === 0 ? 0 : -1}">${item.label}</button>`,
        )}
      </div>
      ${items.map(
        (item, index) => html`
          <div class="tab-panel" id="${`${id}-panel-${index}`}" aria-labelledby="${`${id}-tab-${index}`}"
            ${index === 0 ? '' : html` hidden`}>${item.panel}</div>`,
      )}
    </div>`;
}
