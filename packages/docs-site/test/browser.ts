/** Chromium, as an npm package brings it, and what goes wrong on a page in it. */
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | undefined;
/** The tabs that visits share, by their names. */
const tabs = new Map<string, Page>();

/** Starts a browser of its own. @param flags Flags of Chromium, besides ours. */
export async function launch(flags: readonly string[] = []): Promise<Browser> {
  try {
    return await engine.launch({ executablePath: await chromium.executablePath(), args: [...FLAGS, ...flags] });
  } catch (cause) {
    throw new Error(
      'The Chromium of @sparticuz/chromium does not start on this machine, so the site cannot be tested. The reason is below. Often a system library is missing, such as libnss3.',
      { cause },
    );
  }
}

/** A page, and what went wrong on it. */
export interface Visit {
  page: Page;
  faults: string[];
  close: () => Promise<void>;
}

/**
 * Opens a page, and records every request to another origin, every error and every warning on the console. The first
 * call starts the browser, so that each test fails where it cannot start, and none is skipped.
 *
 * @param origin The address of the server, without a slash at the end.
 * @param options.tab The name of a tab that stays open for visits with the same name, which is faster.
 */
export async function openPage(
  origin: string,
  path: string,
  { tab = '', ...options }: BrowserContextOptions & { tab?: string } = {},
): Promise<Visit> {
  browser ??= launch();
  const newPage = async () =>
    (await ((await browser) as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  const page = tabs.get(tab) ?? (await newPage());
  if (tab) tabs.set(tab, page);
  const faults: string[] = [];
  page.removeAllListeners();
  page.on('request', (request) => {
    const { origin: other, protocol } = new URL(request.url());
    if (other !== origin && protocol !== 'data:') faults.push(`requested ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`got ${response.status()} for ${response.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`));
  await page.goto(origin + path, { waitUntil: tab ? 'load' : 'networkidle' });
  return { page, faults, close: () => page.context().close() };
}

/** Ends the browser, if it was started. */
export async function closeBrowser(): Promise<void> {
  tabs.clear();
  await browser?.then((it) => it.close()).catch(() => {});
  browser = undefined;
}
