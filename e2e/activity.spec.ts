import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { rowOf, write } from './support/admin.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { choice, toast } from './support/ticket-types.ts';

const log = (page: Page) => page.getByRole('group', { name: 'Activity' });
const revertDialog = (page: Page, name: string) =>
  page.getByRole('dialog', { name: `Take this change to ${name} back?` });

/** Changes a ticket type through the gateway, as whoever `context` is signed in as. */
function change(context: BrowserContext, url: string, id: string, body: Record<string, unknown>) {
  return write(context, 'put', `${url}/api/ticket_types/${id}`, body);
}

test('a change is on record with who, what it was and what it became', async ({ page, context, server, api }) => {
  const name = unique('Recorded');
  const { id } = await api.createTicketType({ name, description: 'Old words' });
  await change(context, server.url, id, { description: 'New words', icon: '🚀' });
  await page.goto('/activity');
  const row = rowOf(page, name);
  await expect(row).toContainText('Olu Owner');
  await expect(row).toContainText('Update a ticket type');
  await expect(row).toContainText('Description: Old words → New words and 1 more');
  await row.getByRole('button', { name: 'Update a ticket type' }).click();
  const dialog = page.getByRole('dialog', { name: 'Update a ticket type' });
  await expect(dialog.getByRole('row', { name: /^Description/ })).toHaveText(/Old words.*New words$/);
  await expect(dialog.getByRole('row', { name: /^Icon/ })).toHaveText(/🎟️.*🚀$/);
  await expect(dialog.getByText('127.0.0.1')).toBeVisible();

  await dialog.getByRole('link', { name: 'Everything about this' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
  await expect(log(page).getByRole('button')).toHaveCount(1);
  await expect(page.getByText(`Everything about ${name}`)).toBeVisible();
  await row.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
});

test('filters stand in the address, survive a reload, and are taken back one by one or at once', async ({
  page,
  context,
  server,
  api,
}) => {
  const { id } = await api.createTicketType({ name: unique('Filtered') });
  const { id: other } = await api.createTicketType({ name: unique('Other') });
  await change(context, server.url, id, { description: 'Done' });
  await change(context, server.url, other, { description: 'Done too' });
  const refused = await context.request.put(`${server.url}/api/ticket_types/${id}`, {
    headers: { 'Sec-Fetch-Site': 'same-origin' },
    data: { name: '' },
  });
  expect(refused.status()).toBe(400);

  await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
  const entries = log(page).getByRole('button');
  await expect(entries).toHaveCount(2);
  await choice(page, 'Outcome', 'Refused').click();
  await expect(entries).toHaveCount(1);
  await expect(log(page)).toContainText('An input was');
  await page.getByRole('combobox', { name: 'Person' }).selectOption('Olu Owner');
  await page.getByRole('combobox', { name: 'What was done' }).selectOption('Update a ticket type');
  await choice(page, 'Time', '7 days').click();
  await expect(page).toHaveURL(/\?person=demo-owner&operation=updateTicketType&object=.*&outcome=refused&range=7d$/);
  await expect(entries).toHaveCount(1);
  await page.reload();
  await expect(entries).toHaveCount(1);
  await expect(page.getByRole('combobox', { name: 'Person' })).toHaveValue('demo-owner');
  await expect(page.getByRole('radio', { name: '7 days' })).toBeChecked();
  await expect(page.getByLabel('From', { exact: true })).not.toHaveValue('');
  await expect(page.getByText('Times in Europe/Dublin')).toBeVisible();

  await choice(page, 'Outcome', 'All').click();
  await expect(entries).toHaveCount(2);
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await expect(page).toHaveURL(/&from=\d{4}-\d\d-\d\d&to=2020-01-01$/);
  await page.getByRole('button', { name: 'Clear the filters' }).last().click();
  await expect(page).toHaveURL('/activity');
  await expect(entries).not.toHaveCount(0);
});

test('an operation that is not known is filtered by its own name', async ({ page }) => {
  await page.goto('/activity?operation=somethingOfTomorrow');
  await expect(page.getByRole('combobox', { name: 'What was done' })).toHaveValue('somethingOfTomorrow');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
});

test('a change is taken back from the log', async ({ page, context, server, api }) => {
  const name = unique('Undone');
  const { id } = await api.createTicketType({ name, description: 'As it was' });
  await change(context, server.url, id, { description: 'A mistake' });
  await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
  await log(page).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Take this change back' }).click();
  const dialog = revertDialog(page, name);
  await expect(dialog.getByRole('row', { name: /^Description/ })).toHaveText(/As it was.*A mistake.*A mistake$/);
  await expect(dialog.getByText('Changed since')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await expect(toast(page, `Change to ${name} taken back`)).toBeVisible();
  expect(await api.getTicketType(id)).toMatchObject({ description: 'As it was' });

  await expect(log(page).getByRole('button')).toHaveCount(2);
  await log(page).getByRole('button').first().click();
  await expect(page.getByText('This took an earlier change back.')).toBeVisible();
  await page.keyboard.press('Escape');
  await log(page).getByRole('button').nth(1).click();
  await page.getByRole('button', { name: 'Take this change back' }).click();
  await expect(dialog.getByText('It is as it was before already')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Take it back' })).toBeDisabled();
});

test.describe('after someone else’s change', () => {
  test.use({ apiMayFail: true });

  test('a change is taken back only with that change in view', async ({ page, context, server, api }) => {
    const name = unique('Moved on');
    const { id } = await api.createTicketType({ name, description: 'First' });
    await change(context, server.url, id, { description: 'Second' });
    await api.updateTicketType(id, { description: 'Third' });
    await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
    await log(page).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Take this change back' }).click();
    const dialog = revertDialog(page, name);
    const row = dialog.getByRole('row', { name: /^Description/ });
    await expect(row).toHaveText(/First.*Second.*Third.*Changed since$/);

    await api.updateTicketType(id, { description: 'Fourth' });
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Someone changed it while you were looking');
    await expect(row).toHaveText(/First.*Second.*Fourth.*Changed since$/);
    expect(await api.getTicketType(id)).toMatchObject({ description: 'Fourth' });
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await expect(toast(page, `Change to ${name} taken back`)).toBeVisible();
    expect(await api.getTicketType(id)).toMatchObject({ description: 'First' });
  });
});

test('a ticket type has its history, which follows each save and takes changes back', async ({ page, api }) => {
  const name = unique('Storied');
  const { id } = await api.createTicketType({ name });
  await page.goto(`/ticket-types/${id}`);
  await expect(page.getByText('Nothing was changed here since the log began.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name} too`);
  await page.getByRole('button', { name: /^Save changes/ }).click();
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await expect(history.getByRole('listitem')).toContainText(`Name: ${name} → ${name} too`);

  await history.getByRole('button', { name: 'Update a ticket type' }).click();
  await page.getByRole('button', { name: 'Take this change back' }).click();
  await revertDialog(page, `${name} too`).getByRole('button', { name: 'Take it back' }).click();
  await expect(toast(page, 'taken back')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await expect(history.getByRole('listitem')).toHaveCount(2);
});

test('the log is taken out as CSV with the filters that are set', async ({ page, context, server, api }) => {
  const name = unique('=Exported');
  const { id } = await api.createTicketType({ name });
  const { id: other } = await api.createTicketType({ name: unique('Left out') });
  await change(context, server.url, id, { description: 'In' });
  await change(context, server.url, other, { description: 'Out' });
  await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
  await expect(log(page).getByRole('button')).toHaveCount(1);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv).toContain('updateTicketType');
  expect(csv).toContain(`'${name}`);
  expect(csv).not.toContain('Left out');
});

test('a long log comes in pages, by scrolling and by keyboard', async ({ page, context, server, api }) => {
  const { id } = await api.createTicketType({ name: unique('Long') });
  for (let count = 1; count <= 105; count += 1) await change(context, server.url, id, { description: `${count}` });
  await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
  const entries = log(page).getByRole('button');
  await expect(entries).toHaveCount(50);
  await page.getByRole('button', { name: 'Load more' }).focus();
  await page.keyboard.press('Enter');
  // The focus has brought the end into view, which may have loaded a page of its own.
  await expect(entries.nth(99)).toBeAttached();
  await entries.last().scrollIntoViewIfNeeded();
  await expect(entries).toHaveCount(105);
  await expect(page.getByText('That is everything that matches.')).toBeVisible();
});

test('entries are walked through, opened and taken back by keyboard alone', async ({ page, context, server, api }) => {
  const name = unique('Keyed');
  const { id } = await api.createTicketType({ name, description: 'One' });
  await change(context, server.url, id, { description: 'Two' });
  await change(context, server.url, id, { description: 'Three' });
  await page.goto('/ticket-types');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeFocused();
  await expect(log(page)).toBeVisible();
  await page.keyboard.press('j');
  await expect(log(page).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Update a ticket type' });
  await expect(dialog.getByRole('row', { name: /^Description/ })).toHaveText(/Two.*Three$/);
  for (let presses = 0; presses < 12; presses += 1) {
    if (
      await dialog
        .getByRole('button', { name: 'Take this change back' })
        .evaluate((it) => it === document.activeElement)
    )
      break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const question = revertDialog(page, name);
  await expect(question.getByRole('row', { name: /^Description/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(log(page).getByRole('button').first()).toBeFocused();
});

test.describe('as a manager', () => {
  test.use({ signedInAs: 'manager' });

  test('the log is there to read, and nothing in it to take back', async ({ page, context, browser, server, api }) => {
    const name = unique('Seen');
    const { id } = await api.createTicketType({ name });
    const owner = await browser.newContext();
    await write(owner, 'post', `${server.url}/gateway/sign-in/demo`, { role: 'owner' });
    await change(owner, server.url, id, { description: 'Changed' });
    await owner.close();
    expect((await context.request.get(`${server.url}/gateway/people`)).status()).toBe(403);
    await page.goto(`/activity?object=${encodeURIComponent(`/ticket_types/${id}`)}`);
    await log(page).getByRole('button').first().click();
    await expect(page.getByRole('dialog')).toContainText('Changed');
    await expect(page.getByRole('button', { name: 'Take this change back' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: 'Export as CSV' })).toBeVisible();
    await page.goto(`/ticket-types/${id}`);
    await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem')).toHaveCount(1);
  });
});

for (const width of [1280, 360]) {
  test(`nothing is inaccessible or too wide at ${width} px`, async ({
    page,
    context,
    server,
    api,
    expectAccessible,
  }) => {
    const name = unique('A ticket type with a rather long name');
    const { id } = await api.createTicketType({ name });
    await change(context, server.url, id, {
      description: 'A description that is a little longer. '.repeat(5),
      icon: '🚀',
    });
    await api.updateTicketType(id, { description: 'Another' });
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/activity?range=7d');
    await expect(rowOf(page, name)).toBeVisible();
    await expectAccessible();
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await rowOf(page, name).getByRole('button').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible();
    await page.getByRole('button', { name: 'Take this change back' }).click();
    await expect(revertDialog(page, name).getByText('Changed since', { exact: true })).toBeVisible();
    await expectAccessible();
    await page.goto('/activity?operation=somethingOfTomorrow');
    await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
    await expectAccessible();
    await page.goto(`/ticket-types/${id}`);
    await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem')).toHaveCount(1);
    await expectAccessible();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}
