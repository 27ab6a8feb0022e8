import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BatchItem } from '#contract/gateway/batches.ts';
import { buildTestDashboard } from '#gateway/testing.ts';
import {
  control,
  itemsOf,
  makeTickets,
  makeType,
  readBatch,
  readTicket,
  startChange,
  startImport,
  untilIs,
} from './testing.batches.ts';
import { TestBrowser, testSettings } from './testing.ts';

const number = 500;

/** A server in a process of its own, and a browser signed in there as an admin. */
async function startProcess(settings: Record<string, string>, dashboardDir: string) {
  const script = path.join(import.meta.dirname, 'testing.batch-server.ts');
  const env = { PATH: process.env.PATH, PERSON_RATE_LIMIT: 'off', LOG_LEVEL: 'silent', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', script, dashboardDir], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await vi.waitFor(() => expect(said).toContain('\n'), { timeout: 120_000, interval: 50 });
  const browser = new TestBrowser(said.trim());
  expect((await browser.ask('POST', '/gateway/sign-in/demo', { role: 'admin' })).status).toBe(200);
  return { browser, kill };
}

async function settingsFor(name: string) {
  const folder = await mkdtemp(path.join(tmpdir(), `deskbell-${name}-`));
  const dashboardDir = await buildTestDashboard();
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(dashboardDir, { recursive: true, force: true });
  });
  return { settings: await testSettings(path.join(folder, 'data')), dashboardDir };
}

/** All items, page by page. */
async function allItems(browser: TestBrowser, id: string): Promise<BatchItem[]> {
  const items = await itemsOf(browser, id);
  for (let page = items; page.length === 50; items.push(...page)) {
    page = await itemsOf(browser, id, `?after=${page.at(-1)?.position}`);
  }
  return items;
}

async function updatesOf(browser: TestBrowser, ticketId: string): Promise<number> {
  const { body } = await browser.ask('GET', `/gateway/activity?object=/tickets/${ticketId}&operation=updateTicket`);
  return body.data.length;
}

test('kill -9 half way through a change loses nothing and writes nothing twice', async () => {
  const { settings, dashboardDir } = await settingsFor('killed-change');
  const first = await startProcess(settings, dashboardDir);
  const typeId = await makeType(first.browser);
  const ids = await makeTickets(first.browser, typeId, 200);
  const { id } = await startChange(first.browser, ids, { state: 'in_progress' });
  await vi.waitFor(async () => expect((await readBatch(first.browser, id)).done).toBeGreaterThan(5), {
    timeout: 120_000,
    interval: 5,
  });
  await first.kill();

  const { browser } = await startProcess(settings, dashboardDir);
  expect(await untilIs(browser, id, 'done', 240_000)).toMatchObject({ total: 200, done: 200, failed: 0 });
  for (const ticketId of ids) {
    expect((await readTicket(browser, ticketId)).ticket_state).toBe('in_progress');
    expect(await updatesOf(browser, ticketId)).toBe(1);
  }
}, 400_000);

test('kill -9 half way through an import creates every ticket, and each once', async () => {
  const { settings, dashboardDir } = await settingsFor('killed-import');
  const first = await startProcess(settings, dashboardDir);
  const typeId = await makeType(first.browser);
  const rows = Array.from({ length: number }, (_, index) => ({
    line: index + 2,
    ticket_attributes: { _default_title_: `Row ${index}`, Order: `C-${index}` },
    contact: { email: `c${index % 20}@example.com` },
  }));
  const { id } = await startImport(first.browser, typeId, rows);
  await control(first.browser, id, 'check');
  await untilIs(first.browser, id, 'checked', 240_000);
  await control(first.browser, id, 'start');
  await vi.waitFor(async () => expect((await readBatch(first.browser, id)).done).toBeGreaterThan(150), {
    timeout: 180_000,
    interval: 5,
  });
  await first.kill();

  const { browser } = await startProcess(settings, dashboardDir);
  const batch = await untilIs(browser, id, 'done', 240_000);
  expect(batch).toMatchObject({ total: number, done: number, failed: 0 });
  const items = await allItems(browser, id);
  expect(new Set(items.map((item) => item.object_id)).size).toBe(number);
  const query = JSON.stringify({ field: 'ticket_type_id', operator: '=', value: typeId });
  const counts = await browser.ask('GET', `/gateway/tickets/counts?query=${encodeURIComponent(query)}`);
  expect(counts.body.all.count).toBe(number);
}, 600_000);
