import { expect, faultyTest } from './support/fixtures.ts';
import { prepareTickets, ticketFilters, ticketRows } from './support/ticket-list.ts';

faultyTest.describe('where the workspace refuses', () => {
  faultyTest('a version without a search, tickets are opened by their id', async ({ page, upstream, api }) => {
    const { tickets, word } = await prepareTickets(api, 1);
    upstream.refuses(
      { path: /\/tickets\/search/ },
      { status: 400, code: 'intercom_version_invalid', message: 'The requested version does not have this.' },
    );
    await page.goto('/tickets');
    await expect(page.getByRole('heading', { name: 'This workspace’s API cannot list tickets' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Ticket id' }).fill(tickets[0]?.id ?? '');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: `${word} no 1` })).toBeVisible();
  });

  faultyTest('one filter, that one is shown', async ({ page, upstream }) => {
    upstream.refuses(
      { path: /\/tickets\/search/ },
      { status: 400, code: 'parameter_invalid', message: 'it does not fit the field', field: 'query.value.1.value' },
    );
    const filter = ['&', ['title', '~', 'parcel'], ['created_at', '>', 'soon']];
    await page.goto(`/tickets?f=${encodeURIComponent(JSON.stringify(filter))}`);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The workspace refused one of the filters');
    await expect(alert).toContainText('Created is after');
    upstream.heals();
    await alert.getByRole('button', { name: 'Remove this filter' }).click();
    await expect(ticketFilters(page).getByText('Created')).toHaveCount(0);
    await expect(alert).toHaveCount(0);
  });

  faultyTest('too many requests, the list comes when it may', async ({ page, upstream }) => {
    upstream.refuses(
      { path: /\/tickets\/search/ },
      { status: 429, code: 'rate_limit_exceeded', message: 'Too many', headers: { 'retry-after': '2' } },
    );
    await page.goto('/tickets');
    await expect(page.getByRole('alert')).toContainText('It goes on by itself in');
    upstream.heals();
    await expect(ticketRows(page).first()).toBeVisible();
  });
});
