import type { Browser } from 'playwright-core';

/** What a reader waits for, in milliseconds since the address was entered, and bytes over the line. */
export interface Reading {
  /** First contentful paint. */
  readonly paint: number;
  /** From when on the heading and the first parameter or field stay in the window. */
  readonly readable: number;
  readonly bytesUntilReadable: number;
  /** Until nothing was loaded any more. */
  readonly bytes: number;
  /** Work of the main thread, until nothing was loaded any more. */
  readonly work: number;
}

/** The line and the processor of a reader: of a phone on a slow mobile network, as Lighthouse has them. */
const reader = { latency: 150, throughput: 1_600_000 / 8, slowdown: 4 };
/** For how long nothing must come over the line before a page that can be read is finished. */
const quiet = 1500;
const patience = 90_000;

/**
 * Opens an address in a browser that has stored nothing.
 *
 * @param marks CSS selectors of what a reader must see.
 * @throws {Error} when the marks are not in the window in 90 seconds.
 */
export async function visit(browser: Browser, url: string, marks: readonly string[]): Promise<Reading> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { 'accept-encoding': 'gzip' },
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: reader.latency,
      downloadThroughput: reader.throughput,
      uploadThroughput: reader.throughput,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: reader.slowdown });
    await session.send('Performance.enable');

    // All times of the protocol are of one clock, which begins elsewhere than the page's.
    let began = Number.NaN;
    let last = Date.now();
    /** What has come of each request: its parts as they are unpacked, and its size as it was sent. */
    const loads = new Map<string, { parts: { at: number; size: number }[]; sent: number }>();
    session.on('Network.requestWillBeSent', ({ requestId, timestamp }) => {
      loads.set(requestId, { parts: [], sent: 0 });
      if (Number.isNaN(began)) began = timestamp;
      last = Date.now();
    });
    session.on('Network.dataReceived', ({ requestId, timestamp, dataLength }) => {
      loads.get(requestId)?.parts.push({ at: (timestamp - began) * 1000, size: dataLength });
      last = Date.now();
    });
    const ended = (requestId: string, sent: number) => {
      const load = loads.get(requestId);
      if (load) load.sent = sent;
      last = Date.now();
    };
    session.on('Network.loadingFailed', ({ requestId }) => ended(requestId, 0));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => ended(requestId, encodedDataLength));

    await page.addInitScript(watch, marks);
    await page.goto(url, { timeout: patience });
    await page.waitForFunction(() => Reflect.get(window, 'readableSince') !== undefined, undefined, {
      timeout: patience,
      polling: 250,
    });
    while (Date.now() - last < quiet) await page.waitForTimeout(250);

    const [paint, since] = await page.evaluate(() => [
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      Reflect.get(window, 'readableSince') as number | undefined,
    ]);
    if (paint === undefined || since === undefined) throw new Error(`${url} shows its operation no more.`);
    // A frame is looked at before it is painted.
    const readable = Math.max(paint, since);
    const { metrics } = await session.send('Performance.getMetrics');
    const work = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    const sizeOf = (parts: readonly { size: number }[]) => parts.reduce((total, { size }) => total + size, 0);
    const bytesUntil = (until: number) =>
      [...loads.values()].reduce((total, { parts, sent }) => {
        const size = sizeOf(parts);
        return total + (size && (sent * sizeOf(parts.filter(({ at }) => at <= until))) / size);
      }, 0);
    return {
      paint,
      readable,
      bytesUntilReadable: bytesUntil(readable),
      bytes: bytesUntil(Number.POSITIVE_INFINITY),
      work: work * 1000,
    };
  } finally {
    await context.close();
  }
}

/** Runs in the page: keeps the time since which all marks are in the window. */
function watch(marks: readonly string[]): void {
  const isSeen = (selector: string) => {
    const element = document.querySelector(selector);
    if (!element?.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true })) return false;
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && top >= 0 && bottom <= innerHeight;
  };
  let since: number | undefined;
  const look = () => {
    since = marks.every(isSeen) ? (since ?? performance.now()) : undefined;
    Reflect.set(window, 'readableSince', since);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
