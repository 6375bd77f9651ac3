/**
 * The language of the samples: the one that was chosen last is shown in all samples, on all pages. The reference is HTML
 * that Vue does not change after the build, so the listener is on the document, as VitePress has it for its code groups.
 */

const languageKey = 'comm100-openapi:language';
const labelOf = (input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '';

export function installLanguages(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches('[data-languages] input')) chooseLanguage(target);
  });
}

/** Shows a language in all samples, as the code group does it for one, and remembers it. */
function chooseLanguage(chosen: HTMLInputElement): void {
  const before = chosen.getBoundingClientRect().top;
  const language = labelOf(chosen);
  showLanguage(language);
  // The samples above have changed their height; keep the choice where it was.
  window.scrollBy({ top: chosen.getBoundingClientRect().top - before, behavior: 'instant' });
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // Where storage is blocked, the choice ends with the page.
  }
}

function showLanguage(language: string): void {
  for (const group of document.querySelectorAll('[data-languages]')) {
    const inputs = [...group.querySelectorAll('input')];
    const place = inputs.findIndex((input) => labelOf(input) === language);
    const chosen = inputs[place];
    if (!chosen) continue;
    chosen.checked = true;
    for (const [index, block] of [...(group.querySelector('.blocks')?.children ?? [])].entries())
      block.classList.toggle('active', index === place);
  }
}

/** Shows the samples of a new page in the language that was chosen before. */
export function restoreLanguage(): void {
  try {
    const language = localStorage.getItem(languageKey);
    if (language) showLanguage(language);
  } catch {
    // Without storage there is nothing to restore.
  }
}
