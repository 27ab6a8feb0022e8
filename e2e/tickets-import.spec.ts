import type { Page } from '@playwright/test';
import * as tickets from '#contract/tickets.ts';
import { expect, test, unique } from './support/fixtures.ts';
import type { WorkspaceApi } from './support/workspace-api.ts';

async function orderType(api: WorkspaceApi) {
  const type = await api.createTicketType({ name: unique('Order'), icon: '📦' });
  await api.createAttribute(type.id, { name: 'Reason', description: '', data_type: 'list', list_items: 'Late,Broken' });
  await api.createAttribute(type.id, { name: 'Items', description: '', data_type: 'integer' });
  return type;
}

async function ticketsOf(api: WorkspaceApi, typeId: string) {
  const query = { field: 'ticket_type_id', operator: '=', value: typeId };
  const body = { query, pagination: { per_page: 150 }, count: 'exact' };
  return tickets.searchTickets.response.parse(await api.send(tickets.searchTickets, {}, body));
}

async function chooseFile(page: Page, typeName: string, name: string, text: string) {
  await page.goto('/tickets/import');
  await page.getByRole('combobox', { name: 'Ticket type' }).fill(typeName);
  await page.getByRole('option', { name: typeName }).click();
  await page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('of 500 rows 20 are wrong: those are told and left out, the others become tickets, and all is taken back', async ({
  page,
  api,
  expectAccessible,
}) => {
  test.setTimeout(120_000);
  const type = await orderType(api);
  const rows = Array.from({ length: 500 }, (_, index) => {
    const isWrong = index % 25 === 7;
    return `Order ${index},buyer${index % 40}@example.com,${isWrong ? 'Lost' : index % 2 ? 'late' : 'Broken'},${index}`;
  });
  await chooseFile(
    page,
    type.name,
    'orders.csv',
    `Title;Mail;Reason;Items;Colour\n${rows.join('\n').replaceAll(',', ';')}\n`,
  );
  await expect(page.getByText('20 of 500 rows have something wrong')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'What Mail is' })).toHaveValue('email');
  await expect(page.getByRole('combobox', { name: 'What Colour is' })).toHaveValue('');
  await expect(page.getByRole('row', { name: /^9 Order 7/ })).toContainText('Reason has no item “Lost”');
  await expectAccessible();

  await page.getByRole('button', { name: 'Check 500 rows' }).click();
  await expect(page.getByText('480 rows are right, 20 rows are not')).toBeVisible({ timeout: 30_000 });
  expect((await ticketsOf(api, type.id)).total_count).toBe(0);
  await expect(page.getByRole('listitem').filter({ hasText: 'Row 9' })).toContainText('Reason');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download 20 rows as CSV' }).click();
  const stream = await (await download).createReadStream();
  const problems = Buffer.concat(await stream.toArray()).toString();
  expect(problems.trim().split('\n')).toHaveLength(21);
  expect(problems).toContain('Lost');

  await page.getByRole('button', { name: 'Create 480 tickets' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Create 480 tickets' }).click();
  // What is under way stays in view over a reload.
  await page.reload();
  await expect(page.getByText('480 tickets created')).toBeVisible({ timeout: 60_000 });
  const made = await ticketsOf(api, type.id);
  expect(made.total_count).toBe(480);
  expect(made.tickets.every(({ ticket_attributes }) => ticket_attributes.Reason !== null)).toBe(true);
});

test('a file that cannot be read says why, and columns that are missing are named', async ({ page, api }) => {
  const type = await orderType(api);
  await chooseFile(page, type.name, 'empty.csv', 'Title,Email\n');
  await expect(page.getByText('There are headings, but no rows below them.')).toBeVisible();
  await chooseFile(page, type.name, 'odd.csv', 'Heading,Something\nOne,Two\n');
  await expect(page.getByText(/^Every ticket of this type needs one of the contact’s ids/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check one row' })).toBeDisabled();
  await page.getByRole('combobox', { name: 'What Something is' }).selectOption('Contact external id');
  await expect(page.getByRole('button', { name: 'Check one row' })).toBeEnabled();
});

test('the sample file is one that would be taken', async ({ page, api }) => {
  const type = await orderType(api);
  await page.goto('/tickets/import');
  await page.getByRole('combobox', { name: 'Ticket type' }).fill(type.name);
  await page.getByRole('option', { name: type.name }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a sample file' }).click();
  const file = await download;
  await page.getByLabel('CSV file').setInputFiles(await file.path());
  await page.getByRole('button', { name: 'Check 2 rows' }).click();
  await expect(page.getByText('All 2 rows are right')).toBeVisible({ timeout: 30_000 });
});
