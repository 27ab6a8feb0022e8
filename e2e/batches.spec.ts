import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { APIResponse, BrowserContext, Page } from '@playwright/test';
import { expect, test, unique } from './support/fixtures.ts';

const headers = { 'Sec-Fetch-Site': 'same-origin' };
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Long work' });
const newKey = () => `e2e-key-${randomUUID()}`;

async function body(answering: Promise<APIResponse>) {
  const answer = await answering;
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

/** Tickets of a type of their own, made by an import. */
async function importTickets(context: BrowserContext, url: string, ticketTypeId: string, number: number) {
  const input = { kind: 'import', ticket_type_id: ticketTypeId, file_name: 'parcels.csv' };
  const { id } = await body(
    context.request.post(`${url}/gateway/batches`, { headers, data: { key: newKey(), input } }),
  );
  const batch = `${url}/gateway/batches/${id}`;
  const rows = Array.from({ length: number }, (_, index) => ({
    line: index + 2,
    ticket_attributes: { _default_title_: `Parcel ${index + 1}` },
    contact: { email: `parcel${index % 7}@example.com` },
  }));
  await body(context.request.put(`${batch}/rows`, { headers, data: { first: 0, rows } }));
  for (const [action, status] of [
    ['check', 'checked'],
    ['start', 'done'],
  ]) {
    await body(context.request.put(batch, { headers, data: { action } }));
    await expect(async () => expect((await body(context.request.get(batch))).status).toBe(status)).toPass();
  }
  const { data } = await body(context.request.get(`${batch}/items`));
  return data.map(({ object_id }: { object_id: string }) => object_id) as string[];
}

function startChange(context: BrowserContext, url: string, tickets: object, change: object) {
  const input = { kind: 'change', tickets, change };
  return body(context.request.post(`${url}/gateway/batches`, { headers, data: { key: newKey(), input } }));
}

test.describe.configure({ timeout: 120_000 });

test('a change of many is watched, paused, found again after a reload, resumed, and reverted', async ({
  page,
  context,
  server,
  api,
  expectAccessible,
}) => {
  const { id: typeId } = await api.createTicketType({ name: unique('Parcel') });
  await importTickets(context, server.url, typeId, 500);
  await page.goto('/ticket-types');
  const query = { field: 'ticket_type_id', operator: '=', value: typeId };
  await startChange(context, server.url, { query }, { state: 'resolved' });

  await page.getByRole('button', { name: /^Long work/ }).click();
  const row = drawer(page).getByRole('listitem').filter({ hasText: 'state to Resolved' });
  const progress = row.getByRole('progressbar', { name: 'Change 500 tickets: state to Resolved' });
  await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await expect(page).toHaveTitle(/^\d+ % · Deskbell$/);
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row.getByText('Paused', { exact: true })).toBeVisible();
  const settled = await progress.getAttribute('aria-valuetext');

  await page.reload();
  await page.getByRole('button', { name: 'Long work' }).click();
  await expect(progress).toHaveAttribute('aria-valuetext', settled ?? '');
  await expectAccessible();
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect(row.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(progress).toHaveAttribute('aria-valuetext', '500 of 500');
  await page.keyboard.press('Escape');
  const said = page.getByRole('listitem').filter({ hasText: 'Long work is done' });
  await expect(said.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.getByRole('button', { name: 'Long work' }).click();

  await row.getByRole('button', { name: 'Revert' }).click();
  const question = page.getByRole('alertdialog', { name: 'Revert this work?' });
  await expect(question).toContainText('Up to 500 tickets get back the values that they had before.');
  await question.getByRole('button', { name: 'Revert 500 tickets' }).click();
  const revert = drawer(page).getByRole('listitem').filter({ hasText: 'Revert a change of 500 tickets' });
  await expect(revert.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(revert.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '500 of 500');
});

test('what failed is listed with its reason, taken out as CSV and tried again', async ({
  page,
  context,
  server,
  api,
  expectAccessible,
}) => {
  const { id: typeId } = await api.createTicketType({ name: unique('Parcel') });
  const ids = await importTickets(context, server.url, typeId, 3);
  await startChange(context, server.url, { ids: [...ids, 'no-such-ticket'] }, { state: 'in_progress' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/ticket-types');
  await page.getByRole('button', { name: /^Long work/ }).click();
  const row = drawer(page).getByRole('listitem').filter({ hasText: 'Change 4 tickets: state to In progress' }).first();
  await expect(row.getByText('Done with failures')).toBeVisible();
  await expect(row).toContainText('#no-such-ticket This ticket is not there any more.');
  await expectAccessible();
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name: 'Download 1 failure (CSV)' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toBe('ticket,name,code,problem\r\nno-such-ticket,,not_found,This ticket is not there any more.\r\n');
  await row.getByRole('button', { name: 'Retry 1 failed' }).click();
  await expect(row.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '4 of 4 · 1 failed');
});

test('long work is found in the palette also where there is none', async ({ page }) => {
  await page.goto('/settings');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('long work');
  await page.getByRole('option', { name: 'Show long work' }).click();
  await expect(drawer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();
});
