/** The buttons that open the form of an operation. The form and the sandbox are loaded when the first one is pressed. */
import { type App, createApp } from 'vue';
import type { Version } from '../../../src/model/bundle.ts';

const open = new Map<HTMLElement, App>();

export function installTryIt(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest<HTMLElement>('[data-try]');
    if (button) void toggle(button);
  });
}

/** Ends the forms of pages that were left. */
export function closeLeftForms(): void {
  for (const place of open.keys()) if (!place.isConnected) close(place);
}

function close(place: HTMLElement): void {
  open.get(place)?.unmount();
  open.delete(place);
  place.remove();
}

async function toggle(button: HTMLElement): Promise<void> {
  const sample = button.closest<HTMLElement>('.sample');
  const [version = '', operationId = ''] = button.dataset.try?.split('/') ?? [];
  if (!sample || button.getAttribute('aria-busy') === 'true') return;
  const shut = (place: HTMLElement) => {
    close(place);
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  };
  const opened = [...open.keys()].find((place) => place.parentElement === sample);
  if (opened) return shut(opened);
  button.setAttribute('aria-busy', 'true');
  try {
    const { default: TryIt } = await import('./TryIt.vue');
    const place = document.createElement('div');
    const label = button.getAttribute('aria-label') ?? '';
    const app = createApp(TryIt, { version: version as Version, operationId, label, onClose: () => shut(place) });
    sample.append(place);
    open.set(place, app);
    app.mount(place);
    button.setAttribute('aria-expanded', 'true');
  } catch {
    button.textContent = 'The sandbox cannot be loaded. Reload the page.';
  } finally {
    button.removeAttribute('aria-busy');
  }
}
