import { type Content, type Html, html } from './html.ts';

export interface Tab {
  label: Content;
  panel: Content;
}

/**
 * Tabs. The theme's behaviours make them work, and set their roles. With `remember`, the name of the choice, all tabs
 * with that name change together, and the choice is stored: so all samples change their language at once.
 *
 * The roles are not in this HTML because Vue's compiler treats `role` as dynamic. A page that has one would be shipped
 * twice: as HTML, and as the code that hydrates it.
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
