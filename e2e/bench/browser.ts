import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from '../chromium.ts';
import { keyTimes, paintTimes, timeToPaint, watchForRows, watchKeys, watchNext } from './page-probe.ts';
import { median, percentile } from './statistics.ts';

/** A page with a list, and how to get from it to a row's page and back. */
export interface MeasuredPage {
  readonly url: string;
  /** Of who is signed in, as name=value. */
  readonly cookie?: string;
  /** Absent for a page without scripts. */
  readonly app?: {
    readonly rowLink: string;
    readonly rowPage: string;
    readonly backLink: string;
    readonly filter: string;
  };
}

export interface Measured {
  /** Milliseconds, cold, at 4x CPU slowdown on slow 4G. */
  readonly firstPaint: number;
  readonly rows: number;
  readonly requests: number;
  /** Bodies as transferred, without headers. */
  readonly kilobytes: number;
  readonly scriptKilobytes: number;
  readonly heapMegabytes: number;
  /** Milliseconds at 4x CPU slowdown; NaN for a page without scripts. */
  readonly routeChange: number;
  readonly typing: number;
}

const slowNetwork = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const coldLoads = 9;
const warmUses = 4;

interface ColdLoad extends Omit<Measured, 'heapMegabytes' | 'routeChange' | 'typing'> {
  readonly page: Page;
  readonly cdp: CDPSession;
}

export async function slowPage(
  browser: Browser,
  { url, cookie }: Pick<MeasuredPage, 'url' | 'cookie'>,
): Promise<{ page: Page; cdp: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
  const [, name, value] = /^([^=]+)=(.*)$/.exec(cookie ?? '') ?? [];
  if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  // The compiler wraps functions in a call that does not exist in the page.
  await page.addInitScript('globalThis.__name ??= (named) => named');
  await page.addInitScript(watchForRows);
  return { page, cdp };
}

/** Until nothing has been under way for 300 ms, 15 s at most: what is fetched later is not for the first page. */
async function untilQuiet(underWay: () => number): Promise<void> {
  for (let quiet = 0, rounds = 0; quiet < 6 && rounds < 300; rounds += 1) {
    await wait(50);
    quiet = underWay() === 0 ? quiet + 1 : 0;
  }
}

async function openCold(browser: Browser, measured: MeasuredPage): Promise<ColdLoad> {
  const { page, cdp } = await slowPage(browser, measured);
  await cdp.send('Network.emulateNetworkConditions', slowNetwork);
  const transferred = new Map<string, number>();
  const scripts = new Set<string>();
  const underWay = new Set<string>();
  cdp.on('Network.requestWillBeSent', ({ requestId }) => underWay.add(requestId));
  cdp.on('Network.loadingFailed', ({ requestId }) => underWay.delete(requestId));
  cdp.on('Network.loadingFinished', ({ requestId }) => underWay.delete(requestId));
  cdp.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  cdp.on('Network.loadingFinished', ({ requestId }) => transferred.set(requestId, transferred.get(requestId) ?? 0));
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    transferred.set(requestId, (transferred.get(requestId) ?? 0) + encodedDataLength),
  );
  await page.goto(measured.url, { waitUntil: 'commit' });
  await (await page.waitForFunction(() => performance.getEntriesByName('rows-painted').length > 0)).dispose();
  await untilQuiet(() => underWay.size);
  const { firstPaint, rows } = await page.evaluate(paintTimes);
  const bytes = [...transferred].map(([id, length]) => ({ length, isScript: scripts.has(id) }));
  const sum = (list: typeof bytes) => list.reduce((total, { length }) => total + length, 0) / 1_000;
  return {
    page,
    cdp,
    firstPaint: firstPaint ?? Number.NaN,
    rows: rows ?? Number.NaN,
    requests: bytes.length,
    kilobytes: sum(bytes),
    scriptKilobytes: sum(bytes.filter(({ isScript }) => isScript)),
  };
}

/** What is in use after the garbage is gone. */
export async function heapMegabytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}

/** Milliseconds from a click with the mouse, as a person does it: on what is at rest, until `appear` is painted. */
export async function click(page: Page, target: string, appear: string): Promise<number> {
  await page.evaluate(watchNext, { event: 'click' as const, appear });
  await page.locator(target).first().hover();
  await wait(200);
  await page.mouse.down();
  await page.mouse.up();
  return page.evaluate(timeToPaint);
}

/** From a row of the list to its page and back, over and over, with code and data in place. */
async function measureRouteChange(page: Page, app: NonNullable<MeasuredPage['app']>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const time = await click(page, app.rowLink, app.rowPage);
    await click(page, app.backLink, app.rowLink);
    if (round >= 5) times.push(time);
  }
  return times;
}

export async function measureTyping(page: Page, filter: string): Promise<number[]> {
  await page.evaluate(watchKeys);
  await page.focus(filter);
  for (let round = 0; round < 3; round += 1) {
    for (const key of [...'order', ...Array<string>(5).fill('Backspace')]) {
      await page.keyboard.press(key);
      // A quick typist. Faster than the page can draw, each key would only wait for the one before.
      await wait(150);
    }
  }
  await page.waitForFunction(
    (expected) => 'keyTimes' in window && Array.isArray(window.keyTimes) && window.keyTimes.length >= expected,
    30,
  );
  return page.evaluate(keyTimes);
}

interface Samples {
  readonly loads: Omit<Measured, 'routeChange' | 'typing'>[];
  readonly routeChanges: number[];
  readonly keys: number[];
}

async function loadCold(browser: Browser, measured: MeasuredPage, { loads }: Samples): Promise<void> {
  const { page, cdp, ...figures } = await openCold(browser, measured);
  loads.push({ ...figures, heapMegabytes: await heapMegabytes(cdp) });
  await page.context().close();
}

async function clickAndType(
  browser: Browser,
  { url, cookie, app }: MeasuredPage,
  { routeChanges, keys }: Samples,
): Promise<void> {
  if (app === undefined) return;
  const { page } = await slowPage(browser, cookie === undefined ? { url } : { url, cookie });
  await page.goto(url);
  await page.waitForSelector(app.rowLink);
  routeChanges.push(...(await measureRouteChange(page, app)));
  keys.push(...(await measureTyping(page, app.filter)));
  await page.context().close();
}

function summary({ loads, routeChanges, keys }: Samples): Measured {
  const middle = (key: keyof (typeof loads)[number]) => median(loads.map((load) => load[key]));
  return {
    firstPaint: middle('firstPaint'),
    rows: middle('rows'),
    requests: middle('requests'),
    kilobytes: middle('kilobytes'),
    scriptKilobytes: middle('scriptKilobytes'),
    heapMegabytes: middle('heapMegabytes'),
    routeChange: routeChanges.length === 0 ? Number.NaN : percentile(routeChanges, 0.95),
    typing: keys.length === 0 ? Number.NaN : percentile(keys, 0.98),
  };
}

/** Measures the pages in one browser. They take turns, so that all of them see the same machine. */
export async function measurePages<Name extends string>(
  pages: Record<Name, MeasuredPage>,
): Promise<Record<Name, Measured>> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  const entries = Object.entries<MeasuredPage>(pages).map(([name, page]) => {
    const samples: Samples = { loads: [], routeChanges: [], keys: [] };
    return { name, page, samples };
  });
  try {
    for (let turn = 0; turn < coldLoads; turn += 1) {
      for (const { page, samples } of entries) await loadCold(browser, page, samples);
    }
    for (let turn = 0; turn < warmUses; turn += 1) {
      for (const { page, samples } of entries) await clickAndType(browser, page, samples);
    }
    return Object.fromEntries(entries.map(({ name, samples }) => [name, summary(samples)])) as Record<Name, Measured>;
  } finally {
    await browser.close();
  }
}
