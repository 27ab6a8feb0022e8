import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { expect, faultyTest, test } from './support/fixtures.ts';
import { prepareTickets } from './support/ticket-list.ts';
import { prepareTicket } from './support/ticket-page.ts';

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

test.describe('an export', () => {
  test.use({
    // Where a file can be chosen, the browser asks for it in a window of its own.
    contextOptions: async ({ contextOptions }, use) => use({ ...contextOptions, acceptDownloads: true }),
  });

  test('has as many rows as were said, harmless or exact', async ({ page, api }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const { type, word } = await prepareTickets(api, 2);
    await prepareTicket(api, type, { _default_title_: `=${word}`, _default_description_: 'Two\nlines' });
    await page.goto(`/tickets?q=${word}`);
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export tickets' });
    await expect(dialog).toContainText('3 tickets that match');
    const table = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export' }).click();
    const csv = await textOf(await table);
    await expect(dialog.getByText('3 tickets exported')).toBeVisible();
    expect(csv.match(new RegExp(`'=${word}`, 'g'))).toHaveLength(1);
    await dialog.getByText('Close', { exact: true }).last().click();

    await page.getByRole('button', { name: 'Export' }).click();
    await dialog.getByText('JSON lines').click();
    const lines = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export' }).click();
    const titles = (await textOf(await lines))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).title);
    expect(titles).toContain(`=${word}`);
    expect(titles).toHaveLength(3);
  });
});

faultyTest(
  'an export with fewer rows than were counted is no file, and can be tried again',
  async ({ page, api, upstream }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const { word } = await prepareTickets(api, 2);
    await page.goto(`/tickets?q=${word}`);
    await expect(page.getByRole('table', { name: 'Tickets' }).getByRole('link')).toHaveCount(2);
    // A workspace that loses a ticket between counting and reading.
    upstream.alters({ method: 'POST', path: /^\/tickets\/search/ }, (text) =>
      text.replace(/"total_count":2\b/, '"total_count":3'),
    );
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export tickets' });
    await dialog.getByRole('button', { name: 'Export' }).click();
    await expect(dialog.getByRole('alert')).toContainText('The file is not whole');
    upstream.heals();
    const again = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await expect(dialog.getByText('2 tickets exported')).toBeVisible();
    expect((await textOf(await again)).trim().split('\r\n').length).toBeGreaterThanOrEqual(3);
  },
);
