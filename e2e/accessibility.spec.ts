import type { Page } from '@playwright/test';
import { expect, test, unique } from './support/fixtures.ts';
import { emojiSearch, iconButton, stageAttribute } from './support/ticket-types.ts';

const sizes = [
  { title: 'on a laptop', viewport: { width: 1280, height: 720 } },
  { title: 'at 200 % zoom', viewport: { width: 640, height: 360 } },
  { title: 'on a phone of 360 px', viewport: { width: 360, height: 740 } },
];

/** How far the page, not a table inside of it, can be scrolled sideways. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const { title, viewport } of sizes) {
  test.describe(title, () => {
    test.use({ viewport });

    test('every route has one heading, no findings and no sideways scrolling', async ({
      page,
      api,
      expectAccessible,
    }) => {
      const { id } = await api.createTicketType({
        name: unique('A rather long name for a ticket type, as people give'),
      });
      for (const data_type of ['string', 'integer', 'files'] as const) {
        await api.createAttribute(id, { name: `Of type ${data_type}`, description: 'What it is for', data_type });
      }
      const routes = [
        ['/tickets', 'Tickets'],
        ['/tickets?who=mine&state=resolved&rows=compact', 'Tickets'],
        ['/tickets?q=nothing+has+this+in+it', 'Tickets'],
        ['/ticket-types', 'Ticket types'],
        ['/ticket-types?archived=all&sort=-updated', 'Ticket types'],
        ['/ticket-types?q=nothing+has+this+in+it', 'Ticket types'],
        ['/ticket-types/new', 'Create ticket type'],
        [`/ticket-types/${id}`, /^A rather long name/],
        ['/nowhere', 'There is nothing here'],
      ] as const;
      for (const [route, heading] of routes) {
        await page.goto(route);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
        await expectAccessible();
        expect(await overflow(page), `${route} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  });
}

test('what opens over a screen has no findings either', async ({ page, api, expectAccessible }) => {
  const { id } = await api.createTicketType({ name: unique('Overlays') });
  await page.goto(`/ticket-types/${id}`);
  await iconButton(page).click();
  await expect(emojiSearch(page)).toBeFocused();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expectAccessible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Add attribute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add attribute' });
  await dialog.getByRole('combobox', { name: 'Data type' }).selectOption('List');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible();
  await page.keyboard.press('Escape');

  await stageAttribute(page, { name: 'Staged', type: 'Text' });
  await expectAccessible();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('dialog', { name: 'Review the changes' })).toBeVisible();
  await expectAccessible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^More for/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Copy id' })).toBeFocused();
  await expectAccessible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectAccessible();

  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('option').first()).toBeVisible();
  await expectAccessible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
  await expectAccessible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});

test('on a phone the navigation is a drawer', async ({ page, expectAccessible }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/ticket-types/new');
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(navigation).toBeHidden();
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await expect(navigation).toBeVisible();
  await expectAccessible();
  await navigation.getByRole('link', { name: 'Ticket types' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeFocused();
  await expect(navigation).toBeHidden();
});

test('nothing moves for those who want less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/ticket-types');
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  const durations = await page.evaluate(() =>
    document.getAnimations().map(({ effect }) => effect?.getComputedTiming().duration),
  );
  expect(durations.filter((duration) => Number(duration) > 1)).toEqual([]);
});

test('the page is laid out from right to left where the language is', async ({ page, api }) => {
  const { id } = await api.createTicketType({ name: unique('Mirrored') });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const route of ['/ticket-types', '/ticket-types/new', `/ticket-types/${id}`]) {
    await page.goto(route);
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await overflow(page), `${route} scrolls sideways`).toBeLessThanOrEqual(0);
  }
});
