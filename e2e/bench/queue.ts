import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from '../chromium.ts';
import { click, heapMegabytes, measureTyping, slowPage } from './browser.ts';
import type { Line } from './lines.ts';
import { frameTimes, timeToPaint, watchFrames, watchNext } from './page-probe.ts';
import { median, percentile } from './statistics.ts';

// A teammate's work on a long queue of tickets, at 4x CPU slowdown: what the design allows for it.

const row = 'tbody a[data-row]';
const filter = 'main input[type=search]';
const opened = 100;
const wheelTurns = 600;
const wheelNotch = 120;
const longFrameMs = 50;
const heapAllowed = 2;

async function openList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/tickets`);
  await page.locator(row).first().waitFor();
  // Drawn by the server until then.
  await page.waitForFunction(() => document.getElementById('drawn-from') === null);
}

/** Milliseconds of each opening of the list, coming from another screen. */
async function listTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    await click(page, 'nav a[href="/ticket-types"]', 'main a[href="/ticket-types/new"]');
    await page.locator('tbody a[data-row]').first().waitFor();
    const time = await click(page, 'nav a[href="/tickets"]', '[role=group][aria-label=Tickets] tbody a[data-row]');
    if (round >= 3) times.push(time);
  }
  return times;
}

/** Opens a ticket from the list, and goes back, over and over: each time another one. */
async function ticketTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const target = `tr[data-index="${round % 10}"] a[data-row]`;
    const time = await click(page, target, 'section[aria-label=Description]');
    await click(page, 'main a[href^="/tickets"]', row);
    if (round >= 3) times.push(time);
  }
  return times;
}

interface Walk {
  times: number[];
  heapBefore: number;
  heapAfter: number;
}

/** Goes from ticket to ticket by the key for the next one, as one who works a queue. */
async function walk(page: Page, heap: () => Promise<number>): Promise<Walk> {
  const times: number[] = [];
  await click(page, row, 'section[aria-label=Description]');
  await wait(1_000);
  const heapBefore = await heap();
  for (let count = 0; count < opened; count += 1) {
    await wait(250);
    await page.evaluate(watchNext, { event: 'keydown' as const });
    await page.keyboard.press('j');
    const time = await page.evaluate(timeToPaint);
    if (count >= 3) times.push(time);
  }
  await wait(1_000);
  return { times, heapBefore, heapAfter: await heap() };
}

interface Scroll {
  frames: number[];
  rows: number;
  mostRowsInDocument: number;
}

/** Turns the wheel as fast as a hand does, a notch each frame, for as long as it takes to see what a frame costs. */
async function scroll(page: Page): Promise<Scroll> {
  const list = page.getByRole('group', { name: 'Tickets' });
  await list.hover();
  const drawn = page.locator('tbody tr[data-index]');
  await page.evaluate(watchFrames);
  let mostRowsInDocument = 0;
  for (let turn = 0; turn < wheelTurns; turn += 1) {
    await page.mouse.wheel(0, wheelNotch);
    await wait(16);
    if (turn % 50 === 0) mostRowsInDocument = Math.max(mostRowsInDocument, await drawn.count());
  }
  const frames = await page.evaluate(frameTimes);
  return { frames, rows: Number(await drawn.last().getAttribute('data-index')), mostRowsInDocument };
}

async function measure(browser: Browser, url: string, cookie: string): Promise<Line[]> {
  const { page, cdp } = await slowPage(browser, { url, cookie });
  await openList(page, url);
  const list = await listTimes(page);
  const ticket = await ticketTimes(page);
  const keys = await measureTyping(page, filter);
  await openList(page, url);
  const queue = await walk(page, () => heapMegabytes(cdp));
  await openList(page, url);
  const scrolled = await scroll(page);
  await page.context().close();
  const long = scrolled.frames.filter((time) => time > longFrameMs).length / scrolled.frames.length;
  const p95 = (times: number[]) => ({
    value: percentile(times, 0.95),
    against: `median ${median(times).toFixed(0)} ms`,
  });
  return [
    { what: 'open the list, p95', unit: 'ms', bar: 100, ...p95(list) },
    { what: 'open a ticket, p95', unit: 'ms', bar: 100, ...p95(ticket) },
    { what: 'next ticket by its key, p95', unit: 'ms', bar: 100, ...p95(queue.times) },
    { what: 'typing in the filter, p98', unit: 'ms', bar: 100, value: percentile(keys, 0.98) },
    {
      what: `scrolling ${scrolled.rows.toLocaleString('en')} tickets, frames over ${longFrameMs} ms`,
      value: 100 * long,
      unit: '%',
      bar: 1,
      against: `${scrolled.frames.length} frames, p99 ${percentile(scrolled.frames, 0.99).toFixed(0)} ms`,
    },
    { what: 'rows in the document, at most', value: scrolled.mostRowsInDocument, unit: '', bar: 60 },
    {
      what: `heap after ${opened} tickets`,
      value: queue.heapAfter,
      unit: 'MB',
      bar: heapAllowed * queue.heapBefore,
      against: `${queue.heapBefore.toFixed(1)} MB after one`,
    },
  ];
}

/** What working through tickets costs in the browser of somebody signed in by `cookie`. */
export async function queueLines(url: string, cookie: string): Promise<Line[]> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  try {
    return await measure(browser, url, cookie);
  } finally {
    await browser.close();
  }
}
