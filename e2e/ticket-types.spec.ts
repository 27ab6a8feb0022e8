import { expect, test, unique } from './support/fixtures.ts';
import {
  changesBar,
  choice,
  chooseIcon,
  dataTypes,
  emojiSearch,
  iconButton,
  stageAttribute,
  toast,
} from './support/ticket-types.ts';

const settings = [
  { title: 'on a laptop', viewport: { width: 1280, height: 720 }, colorScheme: 'light' },
  { title: 'at 200 % zoom', viewport: { width: 640, height: 360 }, colorScheme: 'light' },
  { title: 'on a phone of 360 px', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { title: 'in dark', viewport: { width: 1280, height: 720 }, colorScheme: 'dark' },
] as const;

for (const { title, ...setting } of settings) {
  test.describe(title, () => {
    test.use(setting);

    test('a ticket type is created with an icon, given attributes, edited, archived and brought back', async ({
      page,
      api,
    }) => {
      const name = unique('Broken parcel');
      await page.goto('/ticket-types');
      await page.getByRole('link', { name: 'Create ticket type' }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeFocused();

      await chooseIcon(page, 'rocket', /^rocket$/i);
      await expect(iconButton(page)).toHaveAccessibleName(/rocket/i);
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.getByRole('textbox', { name: 'Description' }).fill('When something arrives in pieces');
      await choice(page, 'Category', 'Tracker').click();
      await page.getByRole('button', { name: /^Create ticket type/ }).click();
      await expect(toast(page, `${name} created`)).toBeVisible();
      await expect(page).toHaveURL(/\/ticket-types\/\d+$/);
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      expect(await api.getTicketType(id)).toMatchObject({ name, icon: '🚀', category: 'Tracker', is_internal: false });

      for (const { label } of dataTypes) {
        await stageAttribute(page, {
          name: `${label} of it`,
          type: label,
          items: label === 'List' ? ['One', 'Two'] : [],
        });
      }
      await expect(changesBar(page).getByRole('status')).toHaveText('7 changes');
      await changesBar(page).getByRole('button', { name: 'Review' }).click();
      const review = page.getByRole('dialog', { name: 'Review the changes' });
      await expect(review.getByRole('listitem')).toHaveCount(7);
      await review.getByRole('button', { name: 'Save' }).click();
      await expect(toast(page, '7 changes saved')).toBeVisible();
      await expect(changesBar(page)).toBeHidden();
      const { ticket_type_attributes: attributes } = await api.getTicketType(id);
      expect(attributes.data.filter((attribute) => !attribute.default)).toMatchObject(
        dataTypes.map(({ label, wire }) => ({ name: `${label} of it`, data_type: wire })),
      );
      const labels = attributes.data.find(({ data_type: type }) => type === 'list')?.input_options?.list_options;
      expect(labels).toMatchObject([{ label: 'One' }, { label: 'Two' }]);

      await page.getByRole('textbox', { name: 'Name' }).fill(`${name} again`);
      await page.getByRole('button', { name: /^Save changes/ }).click();
      await expect(toast(page, `${name} again saved`)).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1, name: `${name} again` })).toBeVisible();
      await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('When something arrives in pieces');

      await page.getByRole('button', { name: 'Archive', exact: true }).click();
      const question = page.getByRole('alertdialog', { name: `Archive ${name} again?` });
      await expect(question).toContainText('9 attributes');
      await question.getByRole('button', { name: 'Archive' }).click();
      await expect(toast(page, `${name} again archived`)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Restore', exact: true })).toBeVisible();
      expect(await api.getTicketType(id)).toMatchObject({ archived: true });
      await toast(page, `${name} again archived`).getByRole('button', { name: 'Undo' }).click();
      await expect(toast(page, `${name} again restored`)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible();
      expect(await api.getTicketType(id)).toMatchObject({ archived: false });
    });
  });
}

test('the list is filtered and sorted by its address', async ({ page, api }) => {
  const word = unique('filter').split(' ')[1] ?? '';
  await api.createTicketType({ name: `Alpha ${word}`, category: 'Customer' });
  await api.createTicketType({ name: `Beta ${word}`, category: 'Tracker' });
  const { id } = await api.createTicketType({ name: `Gamma ${word}`, category: 'Customer' });
  await api.updateTicketType(id, { archived: true });
  const rows = page.getByRole('group', { name: 'Ticket types' }).getByRole('link');

  await page.goto('/ticket-types');
  await page.getByRole('searchbox', { name: 'Search ticket types' }).fill(word);
  await expect(rows).toHaveText([`Alpha ${word}`, `Beta ${word}`]);
  await expect(page).toHaveURL(new RegExp(`\\?q=${word}$`));
  await page.getByRole('button', { name: 'Name' }).click();
  await expect(rows).toHaveText([`Beta ${word}`, `Alpha ${word}`]);
  await choice(page, 'Archived', 'Both').click();
  await expect(rows).toHaveText([`Gamma ${word}`, `Beta ${word}`, `Alpha ${word}`]);
  await choice(page, 'Category', 'Customer').click();
  await expect(rows).toHaveText([`Gamma ${word}`, `Alpha ${word}`]);

  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(rows).toHaveText([`Gamma ${word}`, `Alpha ${word}`]);
  await expect(page.getByRole('searchbox', { name: 'Search ticket types' })).toHaveValue(word);

  await page.getByRole('searchbox', { name: 'Search ticket types' }).fill(`${word} nowhere`);
  await expect(page.getByRole('heading', { name: 'No ticket type matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all ticket types' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search ticket types' })).toHaveValue('');
  await expect(rows).not.toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search ticket types' }).fill(word);
  await expect(rows).toHaveText([`Gamma ${word}`, `Beta ${word}`, `Alpha ${word}`]);
});

test('a long list grows as it is read, and Back finds the place again', async ({ page, api }) => {
  const word = unique('long').split(' ')[1] ?? '';
  for (let number = 10; number < 50; number += 1) await api.createTicketType({ name: `${number} ${word}` });
  const rows = page.getByRole('group', { name: 'Ticket types' }).getByRole('link');

  await page.goto(`/ticket-types?q=${word}`);
  await expect(page.getByText(/^40 of \d+ shown$/)).toBeVisible();
  await expect(rows).toHaveCount(18);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(38);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(40);
  await rows.last().click();
  await expect(page.getByRole('heading', { level: 1, name: `49 ${word}` })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('link', { name: `49 ${word}` })).toBeInViewport();
});

test('an icon that is not in the set shows as the text that it is, and the other icons stay', async ({ page, api }) => {
  const word = unique('icons').split(' ')[1] ?? '';
  await api.createTicketType({ name: `Drawn ${word}`, icon: '🐞' });
  await api.createTicketType({ name: `Undrawn ${word}`, icon: '🫩' });
  await page.goto(`/ticket-types?q=${word}`);
  await expect(page.getByRole('row', { name: `Undrawn ${word}` })).toContainText('🫩');
  const drawn = page.getByRole('row', { name: `Drawn ${word}`, exact: false }).first();
  await expect(drawn.locator('use')).toHaveCount(1);
});

test('several are archived at once and brought back with one Undo', async ({ page, api }) => {
  const word = unique('batch').split(' ')[1] ?? '';
  const made = [
    await api.createTicketType({ name: `One ${word}` }),
    await api.createTicketType({ name: `Two ${word}` }),
  ];
  const archived = async () =>
    (await Promise.all(made.map(({ id }) => api.getTicketType(id)))).map((each) => each.archived);

  await page.goto(`/ticket-types?q=${word}`);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('toolbar', { name: 'Selected ticket types' }).getByRole('button', { name: 'Archive 2' }).click();
  const question = page.getByRole('alertdialog', { name: 'Archive 2 ticket types?' });
  await expect(question).toContainText('4 attributes');
  await question.getByRole('button', { name: 'Archive' }).click();
  await expect(toast(page, '2 ticket types archived')).toBeVisible();
  expect(await archived()).toEqual([true, true]);
  await toast(page, '2 ticket types archived').getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '2 ticket types restored')).toBeVisible();
  expect(await archived()).toEqual([false, false]);
});

test('rows are selected one by one and by range with the mouse', async ({ page, api }) => {
  const word = unique('range').split(' ')[1] ?? '';
  for (const name of ['A', 'B', 'C', 'D']) await api.createTicketType({ name: `${name} ${word}` });
  await page.goto(`/ticket-types?q=${word}`);
  const row = (name: string) => page.getByRole('checkbox', { name: `Select ${name} ${word}` });
  const selected = page.getByRole('toolbar', { name: 'Selected ticket types' });
  await row('A').click();
  await expect(selected).toContainText('1 selected');
  await row('C').click({ modifiers: ['Shift'] });
  await expect(selected).toContainText('3 selected');
  await row('B').click();
  await expect(selected).toContainText('2 selected');
  await expect(row('D')).not.toBeChecked();
});

test('changes to attributes wait until they are saved, and survive a reload', async ({ page, api }) => {
  const { id } = await api.createTicketType({ name: unique('Staged') });
  await api.createAttribute(id, { name: 'Weight', description: '', data_type: 'decimal' });
  await api.createAttribute(id, { name: 'Colour', description: '', data_type: 'list', list_items: 'Red,Green' });
  const custom = async () =>
    (await api.getTicketType(id)).ticket_type_attributes.data
      .filter((attribute) => !attribute.default)
      .map(({ name, archived }) => ({ name, archived }));
  await page.goto(`/ticket-types/${id}`);
  const table = page.getByRole('group', { name: 'Attributes' });
  await expect(table.getByText('Default', { exact: true })).toHaveCount(2);

  await table.getByRole('button', { name: 'Weight', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Weight' });
  await expect(dialog.getByRole('combobox', { name: 'Data type' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Weight in kilograms');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await table.getByRole('button', { name: 'Archive Colour' }).click();
  await expect(changesBar(page).getByRole('status')).toHaveText('2 changes');
  const unchanged = [
    { name: 'Weight', archived: false },
    { name: 'Colour', archived: false },
  ];
  expect(await custom()).toEqual(unchanged);

  page.on('dialog', (leaving) => void leaving.accept());
  await page.reload();
  await expect(changesBar(page).getByRole('status')).toHaveText('2 changes');
  await changesBar(page).getByRole('button', { name: 'Discard' }).click();
  await expect(changesBar(page)).toBeHidden();
  await toast(page, '2 changes discarded').getByRole('button', { name: 'Undo' }).click();
  await changesBar(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, '2 changes saved')).toBeVisible();
  expect(await custom()).toEqual([
    { name: 'Weight in kilograms', archived: false },
    { name: 'Colour', archived: true },
  ]);

  await page.getByRole('checkbox', { name: 'Show 1 archived' }).check();
  await table.getByRole('button', { name: 'Restore Colour' }).click();
  await changesBar(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, '1 change saved')).toBeVisible();
  expect(await custom()).toEqual([
    { name: 'Weight in kilograms', archived: false },
    { name: 'Colour', archived: false },
  ]);
});

test('the fields of an attribute follow its data type, and a list item may not contain a comma', async ({
  page,
  api,
}) => {
  const { id } = await api.createTicketType({ name: unique('Rules') });
  await page.goto(`/ticket-types/${id}`);
  await page.getByRole('button', { name: 'Add attribute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add attribute' });
  const type = dialog.getByRole('combobox', { name: 'Data type' });
  const options = ['Several lines', 'Several files'].map((name) => dialog.getByRole('checkbox', { name }));
  const items = dialog.getByRole('group', { name: 'List items' });
  const shown = async () => Promise.all([...options, items].map((each) => each.isVisible()));

  await type.selectOption('Text');
  await expect.poll(shown).toEqual([true, false, false]);
  await type.selectOption('Files');
  await expect.poll(shown).toEqual([false, true, false]);
  await type.selectOption('Whole number');
  await expect.poll(shown).toEqual([false, false, false]);
  await type.selectOption('List');
  await expect.poll(shown).toEqual([false, false, true]);

  await dialog.getByRole('textbox', { name: 'Name' }).fill('Size');
  await dialog.getByRole('button', { name: 'Add item' }).click();
  const first = dialog.getByRole('textbox', { name: 'Item 1', exact: true });
  await first.fill('Small, or less');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(first).toHaveAttribute('aria-invalid', 'true');
  await expect(first).toHaveAccessibleDescription(/comma/);
  await first.fill('Small');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(changesBar(page).getByRole('status')).toHaveText('1 change');
});

test('the icon is any one emoji, pasted or picked, and nothing else', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL ?? '' });
  const paste = async (text: string) => {
    await page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await page.keyboard.press('ControlOrMeta+v');
  };
  await page.goto('/ticket-types/new');
  await iconButton(page).click();
  const search = emojiSearch(page);
  await expect(search).toBeFocused();
  await paste('not one');
  await expect(page.getByRole('alert').filter({ hasText: 'not an emoji' })).toBeVisible();
  await paste('👩🏽‍🚒');
  await search.press('Enter');
  await expect(iconButton(page)).toHaveAccessibleName(/firefighter/i);

  await iconButton(page).click();
  await expect(
    page.getByRole('toolbar', { name: 'Recent' }).getByRole('button', { name: /firefighter/i }),
  ).toBeVisible();
  await search.fill('rocket');
  await search.press('Enter');
  await expect(iconButton(page)).toHaveAccessibleName(/: Rocket\./);

  await iconButton(page).click();
  await search.fill('no emoji is called this');
  await expect(page.getByText('No emoji has this in its name')).toBeVisible();
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await search.press('Escape');
  await expect(search).toBeHidden();
  await expect(iconButton(page)).toBeFocused();
});

test('what was typed survives a reload and is asked about before leaving', async ({ page }) => {
  const name = unique('Draft');
  await page.goto('/ticket-types/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('link', { name: 'Cancel' }).click();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);

  page.on('dialog', (leaving) => void leaving.accept());
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
  await page.getByRole('button', { name: 'Restore them' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
});

test('a ticket type needs a name', async ({ page }) => {
  await page.goto('/ticket-types/new');
  await page.getByRole('button', { name: /^Create ticket type/ }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/\w+/);
  await expect(page).toHaveURL(/\/ticket-types\/new$/);
});
