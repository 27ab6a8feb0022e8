import type { Page } from '@playwright/test';
import { expect, test, unique } from './support/fixtures.ts';

/** Lets no script through, or none of this name, until it is released. */
async function holdScripts(page: Page, name = ''): Promise<{ release: () => void }> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`**/assets/${name}*.js`, async (route) => {
    await held;
    await route.continue();
  });
  return { release };
}

test.describe('before any script', () => {
  test.use({ javaScriptEnabled: false });

  test('the list stands as its address says, and its links lead on', async ({ page, api }) => {
    const word = unique('still').split(' ')[1] ?? '';
    await api.createTicketType({ name: `Seen ${word} <b>`, category: 'Tracker' });
    await api.createTicketType({ name: `Unseen ${word}`, category: 'Customer' });
    await page.goto(`/ticket-types?q=${word}&category=Tracker`);
    await expect(page.getByRole('row', { name: `Seen ${word} <b>` })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByText('EMBEDDED', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: `Seen ${word} <b>` })).toHaveAttribute('href', /^\/ticket-types\/\d+$/);
  });
});

test('what was begun before the script came is not lost by its coming', async ({ page, api }) => {
  const word = unique('early').split(' ')[1] ?? '';
  await api.createTicketType({ name: `First ${word}`, category: 'Tracker' });
  await api.createTicketType({ name: `Other ${word}`, category: 'Customer' });
  const { release } = await holdScripts(page);
  await page.goto('/ticket-types', { waitUntil: 'commit' });
  const search = page.getByRole('searchbox', { name: 'Search ticket types' });
  await search.fill(word);
  await page.getByRole('radio', { name: 'Tracker' }).check({ force: true });
  await page.getByRole('checkbox', { name: `Select First ${word}` }).check();
  await page.evaluate(() => document.querySelector('h1')?.setAttribute('data-here', 'before'));
  release();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row', { name: `First ${word}` })).toBeVisible();
  await expect(search).toHaveValue(word);
  await expect(page.getByText('1 selected')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${word}&category=Tracker`));
  await expect(page.locator('h1[data-here="before"]')).toHaveCount(1);
});

test('a menu that is asked for before its code has come opens when it comes', async ({ page }) => {
  const { release } = await holdScripts(page, 'rest-');
  await page.goto('/ticket-types');
  const account = page.getByRole('button', { name: /^Account of/ });
  await account.click();
  await expect(account).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('menu')).toHaveCount(0);
  release();
  await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(account).toBeFocused();
});

test('this device’s own ways stand from the first paint', async ({ page }) => {
  await page.goto('/ticket-types');
  await page.getByRole('button', { name: 'Collapse the navigation' }).click();
  const rail = page.getByRole('navigation', { name: 'Main' });
  await expect(rail).toHaveCSS('width', '48px');
  const { release } = await holdScripts(page);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(rail).toHaveCSS('width', '48px');
  release();
  await expect(page.getByRole('button', { name: 'Expand the navigation' })).toBeVisible();
});
