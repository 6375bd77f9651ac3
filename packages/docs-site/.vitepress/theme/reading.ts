/**
 * What the static pages of the reference need: the menus of examples, the filter of operations, and links to what is
 * inside a closed part. The listeners are on the document, once for all pages.
 */

export function installReading(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement && target.matches('[data-examples]')) showExample(target);
  });
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLElement) filter(target.closest('form.filter'));
  });
  window.addEventListener('hashchange', reveal);
  window.addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true;
  });
}

function showExample(menu: HTMLSelectElement): void {
  for (const { value } of menu.options) document.getElementById(value)?.toggleAttribute('hidden', value !== menu.value);
}

/**
 * Goes to what the address of the page names, and opens what it is in. It does so again when the sections around have
 * their height: far from the window, a section has an estimated one.
 */
export function reveal(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let it = target.closest('details'); it; it = it.parentElement?.closest('details') ?? null) it.open = true;
  const go = () => target.scrollIntoView({ behavior: 'instant' });
  requestAnimationFrame(() => {
    go();
    requestAnimationFrame(go);
  });
}

/** Leaves only the operations with all of the words and with the method. */
function filter(form: Element | null): void {
  if (!(form instanceof HTMLFormElement)) return;
  const given = new FormData(form);
  const words = String(given.get('words')).toLowerCase().split(/\s+/);
  const method = String(given.get('method'));
  let found = 0;
  for (const group of document.querySelectorAll<HTMLElement>('.index-resource')) {
    const tag = group.querySelector('h3')?.textContent ?? '';
    let inGroup = 0;
    for (const item of group.querySelectorAll<HTMLElement>('li')) {
      const text = `${tag} ${item.textContent} ${item.dataset.id}`.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word)) || (method !== '' && item.dataset.method !== method);
      if (!item.hidden) inGroup += 1;
    }
    group.hidden = inGroup === 0;
    found += inGroup;
  }
  const count = form.querySelector('output');
  if (count) count.value = found === 0 ? 'No operation has all of these words.' : `${found} found`;
}
