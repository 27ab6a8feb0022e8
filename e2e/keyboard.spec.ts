import type { Locator, Page } from '@playwright/test';
import { expect, test, unique } from './support/fixtures.ts';
import { changesBar, emojiSearch, iconButton, toast } from './support/ticket-types.ts';

/** Presses Tab until `target` has the focus: whatever cannot be reached so cannot be reached by keyboard. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by Tab.`);
}

test('a ticket type is created, given attributes, edited, archived and brought back by keyboard alone', async ({
  page,
  api,
}) => {
  const name = unique('By keyboard');
  await page.goto('/ticket-types');
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeFocused();

  await tabTo(page, iconButton(page));
  await page.keyboard.press('Enter');
  await expect(emojiSearch(page)).toBeFocused();
  await page.keyboard.type('fire engine');
  await page.keyboard.press('Enter');
  await expect(iconButton(page)).toBeFocused();
  await expect(iconButton(page)).toHaveAccessibleName(/fire engine/i);
  await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole('radio', { name: 'Customer' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(toast(page, `${name} created`)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Add attribute' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add attribute' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Severity');
  await page.keyboard.press('Tab');
  await page.keyboard.type('List');
  await tabTo(page, dialog.getByRole('button', { name: 'Add item' }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Item 1', exact: true })).toBeFocused();
  await page.keyboard.type('Low');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Item 2', exact: true })).toBeFocused();
  await page.keyboard.type('High');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add attribute' })).toBeFocused();
  await tabTo(page, changesBar(page).getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await expect(toast(page, '1 change saved')).toBeVisible();

  const saved = await api.findTicketType(name);
  expect(saved).toMatchObject({ icon: '🚒', category: 'Back-office', is_internal: true });
  expect(saved?.ticket_type_attributes.data.at(-1)).toMatchObject({ name: 'Severity', data_type: 'list' });

  await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.press('End');
  await page.keyboard.type(' too');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(toast(page, `${name} too saved`)).toBeVisible();

  await tabTo(page, page.getByRole('button', { name: 'Archive', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Archive' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(toast(page, `${name} too archived`)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(toast(page, `${name} too archived`).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(toast(page, `${name} too restored`)).toBeVisible();
  expect(await api.findTicketType(`${name} too`)).toMatchObject({ archived: false });
});

test('in the list, keys move between rows, select and open them', async ({ page, api }) => {
  const word = unique('rows').split(' ')[1] ?? '';
  for (const name of ['Ann', 'Bea', 'Cid']) await api.createTicketType({ name: `${name} ${word}` });
  await page.goto('/ticket-types');
  const row = (name: string) => page.getByRole('link', { name: `${name} ${word}` });
  await expect(page.getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search ticket types' })).toBeFocused();
  await page.keyboard.type(word);
  // However fast one types, no letter may get lost on its way through the address.
  await expect(page.getByRole('searchbox')).toHaveValue(word);
  await expect(page.getByRole('group', { name: 'Ticket types' }).getByRole('link')).toHaveCount(3);
  await page.keyboard.press('Tab');

  await page.keyboard.press('j');
  await expect(row('Ann')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(row('Cid')).toBeFocused();
  await page.keyboard.press('k');
  await expect(row('Bea')).toBeFocused();
  await page.keyboard.press('x');
  const selection = page.getByRole('toolbar', { name: 'Selected ticket types' });
  await expect(selection).toContainText('1 selected');
  await page.keyboard.press('Escape');
  await expect(selection).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Bea ${word}` })).toBeFocused();
});

test('the palette opens screens and records and does what the screen offers', async ({ page, api }) => {
  const name = unique('Palette');
  await api.createTicketType({ name });
  await page.goto('/ticket-types/new');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const palette = page.getByRole('dialog', { name: 'Command palette' });

  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('go to ticket types');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeFocused();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(name);
  await expect(palette.getByRole('option', { selected: true })).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(`archive ${name}`);
  await expect(palette.getByRole('option', { selected: true })).toContainText(`Archive ${name}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog', { name: `Archive ${name}?` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('nothing is called so');
  await expect(palette.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('the sheet lists the shortcuts, finds them, and they act outside of fields only', async ({ page }) => {
  await page.goto('/ticket-types/new');
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: /shortcuts/i });
  await expect(sheet.getByText('Open the command palette')).toBeVisible();
  await page.keyboard.type('ticket types');
  await expect(sheet.getByText('Go to ticket types')).toBeVisible();
  await expect(sheet.getByText('Open the command palette')).toBeHidden();
  await page.keyboard.press('Escape');
  if (await sheet.isVisible()) await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  const name = page.getByRole('textbox', { name: 'Name' });
  await name.focus();
  await page.keyboard.type('g y c ?');
  await expect(name).toHaveValue('g y c ?');
  await expect(sheet).toBeHidden();
  await name.fill('');
  await page
    .getByRole('button', { name: 'Discard changes' })
    .or(page.getByRole('link', { name: 'Cancel' }))
    .first()
    .focus();
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeFocused();
});

test('the first Tab leads past the navigation', async ({ page }) => {
  await page.goto('/ticket-types');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});
