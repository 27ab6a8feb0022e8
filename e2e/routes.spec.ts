import { expect, test, unique } from './support/fixtures.ts';
import { choice } from './support/ticket-types.ts';

test('the start page is the tickets', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/tickets$/);
  await expect(page).toHaveTitle('Tickets · Deskbell');
  await expect(page.getByText('EMBEDDED', { exact: true })).toBeVisible();
});

test('an address that leads nowhere says so and leads on', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
  await expect(page).toHaveTitle('Not found · Deskbell');
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible();
});

test.describe('of what the workspace does not have', () => {
  test.use({ apiMayFail: true });

  for (const id of ['999999999', 'not-a-number']) {
    test(`a ticket type with the id ${id} is not there`, async ({ page }) => {
      await page.goto(`/ticket-types/${id}`);
      await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    });
  }
});

test('every screen can be opened by its address', async ({ page, api }) => {
  const name = unique('Deep');
  const { id } = await api.createTicketType({ name });
  await page.goto(`/ticket-types/${id}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page).toHaveTitle(`${name} · Deskbell`);
  await page.goto('/ticket-types/new');
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
  await page.goto('/ticket-types?category=Tracker&archived=all');
  await expect(page.getByRole('radio', { name: 'Tracker' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked();
  await page.goto('/ticket-types?category=Nonsense&sort=nonsense');
  await expect(page.getByRole('radio', { name: 'All', exact: true })).toBeChecked();
});

test('Back restores filter and place in the list, and the focus goes along', async ({ page, api }) => {
  const word = unique('back').split(' ')[1] ?? '';
  for (let count = 1; count <= 12; count += 1) await api.createTicketType({ name: `${word} ${count}` });
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.goto('/ticket-types');
  await page.getByRole('searchbox').fill(word);
  await choice(page, 'Archived', 'Both').click();
  const last = page.getByRole('link', { name: `${word} 12`, exact: true });
  await last.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => window.scrollY);
  expect(place).toBeGreaterThan(100);

  await last.click();
  await expect(page.getByRole('heading', { level: 1, name: `${word} 12` })).toBeFocused();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue(word);
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place);
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: `${word} 12` })).toBeFocused();
});

test('a row opens in a tab of its own with a middle click', async ({ page, context, api }) => {
  const name = unique('Tab');
  await api.createTicketType({ name });
  await page.goto(`/ticket-types?q=${encodeURIComponent(name)}`);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name }).click({ button: 'middle' });
  await expect((await opened).getByRole('heading', { level: 1, name })).toBeVisible();
});

test('the theme is chosen, remembered and follows the system otherwise', async ({ page }) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.goto('/ticket-types');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await scheme()).toBe('dark');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await scheme()).toBe('dark');
});
