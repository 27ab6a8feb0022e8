import type { Locator, Page } from '@playwright/test';

// What a person does on the ticket type screens, in their words.

/** The data types as the dashboard calls them, with the API's name of each. */
export const dataTypes = [
  { label: 'Text', wire: 'string' },
  { label: 'List', wire: 'list' },
  { label: 'Whole number', wire: 'integer' },
  { label: 'Decimal number', wire: 'decimal' },
  { label: 'Yes or no', wire: 'boolean' },
  { label: 'Date and time', wire: 'datetime' },
  { label: 'Files', wire: 'files' },
] as const;

type DataTypeLabel = (typeof dataTypes)[number]['label'];

export const iconButton = (page: Page): Locator => page.getByRole('button', { name: /^Icon: / });

export const emojiSearch = (page: Page): Locator => page.getByRole('searchbox', { name: /^Search emojis/ });

export const toast = (page: Page, title: string | RegExp): Locator =>
  page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: title });

export const changesBar = (page: Page): Locator => page.getByRole('toolbar', { name: /^Changes to the attributes/ });

/** One among a few, all on view; a click on its words chooses it. */
export const choice = (page: Page, group: string, option: string): Locator =>
  page.getByRole('radiogroup', { name: group }).getByText(option, { exact: true });

export async function chooseIcon(page: Page, word: string, name: RegExp): Promise<void> {
  await iconButton(page).click();
  await emojiSearch(page).fill(word);
  await page.getByRole('gridcell', { name }).click();
}

/** Opens the dialog, fills it in and stages the new attribute; a list takes its items one by one. */
export async function stageAttribute(
  page: Page,
  { name, type, items = [] }: { name: string; type: DataTypeLabel; items?: string[] },
): Promise<void> {
  await page.getByRole('button', { name: 'Add attribute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add attribute' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('combobox', { name: 'Data type' }).selectOption(type);
  for (const [index, item] of items.entries()) {
    const field = dialog.getByRole('textbox', { name: `Item ${index + 1}`, exact: true });
    if (!(await field.isVisible())) await dialog.getByRole('button', { name: 'Add item' }).click();
    await field.fill(item);
  }
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}
