/** Trying an operation in a browser, as a reader does it. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Opens the form of an operation on the page that is open. */
export async function openForm(page: Page, id: string): Promise<Locator> {
  const section = page.locator(`section.operation[aria-labelledby="${id}"]`);
  await section.getByRole('button', { name: /^Try it/ }).click();
  return section.getByRole('form');
}

/** Sends what the form has. @returns the status with its text, and all that the response shows */
export async function sendForm(form: Locator): Promise<{ status: string; text: string }> {
  const response = form.locator('.try-response');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => form.getAttribute('aria-busy')).toBe('false');
  return {
    status: (await response.locator('.status').textContent()) ?? '',
    text: (await response.textContent()) ?? '',
  };
}

export async function choose(form: Locator, label: string, option: RegExp): Promise<void> {
  const text = await form
    .getByLabel(label, { exact: true })
    .locator('option')
    .filter({ hasText: option })
    .textContent();
  await form.getByLabel(label, { exact: true }).selectOption({ label: text ?? '' });
}
