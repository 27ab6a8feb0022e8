import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import { searchTickets } from '#contract/tickets.ts';
import { expect, test } from './support/fixtures.ts';
import { signInDemo } from './support/people.ts';
import { startServer } from './support/server.ts';
import { connectWorkspace } from './support/workspace-api.ts';

const number = 5_000;
const headers = { 'Sec-Fetch-Site': 'same-origin' };
const everyTicket = { field: 'created_at', operator: '>', value: 0 };
const patience = { timeout: 300_000, intervals: [200] };

/** Fills a data folder of its own with generated tickets, as its owner would. */
async function seededFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-bulk-'));
  const program = ['--import', 'tsx', 'src/seed.ts', '--tickets', String(number), '--parts-per-ticket', '1'];
  const cwd = path.join(import.meta.dirname, '..');
  await promisify(execFile)(process.execPath, program, { cwd, env: { PATH: process.env.PATH, DATA_DIR: folder } });
  return folder;
}

/** Of each ticket its state, and how many of its parts tell of one. */
async function statesOf(workspaceUrl: string, token: string) {
  const api = connectWorkspace(workspaceUrl, token);
  const states = new Map<string, { state: string; changes: number }>();
  let after: string | undefined;
  do {
    const pagination = { per_page: 150, ...(after !== undefined && { starting_after: after }) };
    const answer = await api.send(searchTickets, {}, { query: everyTicket, pagination });
    const { tickets, pages } = searchTickets.response.parse(answer);
    for (const { id, ticket_state: state, ticket_parts } of tickets) {
      const changes = ticket_parts?.ticket_parts.filter((part) => part.part_type.startsWith('ticket_state_updated'));
      states.set(id, { state, changes: changes?.length ?? 0 });
    }
    after = pages?.next?.starting_after ?? undefined;
  } while (after !== undefined);
  return states;
}

async function read(context: BrowserContext, address: string) {
  const answer = await context.request.get(address);
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

test.use({ signedInAs: null });
test.describe.configure({ timeout: 900_000 });

test('a bulk change that the server is killed in goes on by itself, changes each ticket once, and is reverted', async ({
  page,
  context,
}) => {
  const token = `token-${randomUUID()}`;
  const folder = await seededFolder();
  const settings = { DATA_DIR: folder, WORKSPACE_TOKEN: token };
  let server = await startServer(settings);
  try {
    const before = await statesOf(server.workspaceUrl, token);
    expect(before.size).toBe(number);
    await signInDemo(context, server.url, 'owner');
    const input = { kind: 'change', tickets: { query: everyTicket }, change: { state: 'waiting_on_customer' } };
    const data = { key: `e2e-key-${randomUUID()}`, input };
    const started = await context.request.post(`${server.url}/gateway/batches`, { headers, data });
    expect(started.status(), await started.text()).toBe(200);
    const { id } = await started.json();
    const batch = () => read(context, `${server.url}/gateway/batches/${id}`);
    await expect.poll(async () => (await batch()).done, patience).toBeGreaterThan(number / 3);
    expect((await batch()).status).toBe('running');
    await server.kill();

    server = await startServer(settings);
    await expect.poll(async () => (await batch()).status, patience).toBe('done');
    expect(await batch()).toMatchObject({ total: number, done: number, failed: 0 });
    const changed = await statesOf(server.workspaceUrl, token);
    for (const [ticketId, { state, changes }] of before) {
      const more = state === 'waiting_on_customer' ? 0 : 1;
      expect(changed.get(ticketId)).toEqual({ state: 'waiting_on_customer', changes: changes + more });
    }

    await page.goto(`${server.url}/ticket-types`);
    await page.getByRole('button', { name: /^Long work/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Long work' });
    await drawer.getByRole('button', { name: 'Revert' }).click();
    await page
      .getByRole('alertdialog', { name: 'Revert this work?' })
      .getByRole('button', { name: /^Revert [\d,]+ tickets$/ })
      .click();
    const revert = drawer.getByRole('listitem').filter({ hasText: /^Revert a change of/ });
    await expect(revert.getByText('Done', { exact: true })).toBeVisible({ timeout: patience.timeout });
    const reverted = await statesOf(server.workspaceUrl, token);
    for (const [ticketId, { state }] of before) expect(reverted.get(ticketId)?.state).toBe(state);
  } finally {
    // Its page would complain that the server is gone.
    await page.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
