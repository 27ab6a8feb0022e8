import type { Page } from '@playwright/test';
import { joinedMember } from './support/admin.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { prepareTickets, ticketFilters, ticketRows, ticketSearch, ticketTable } from './support/ticket-list.ts';
import { changeTicket, prepareTicket, readTicket } from './support/ticket-page.ts';
import { toast } from './support/ticket-types.ts';

/** Adds a filter by its field, condition and value, with the keyboard where there is something to choose. */
async function addFilter(
  page: Page,
  button: string,
  [field, condition, value]: [string, string | undefined, string],
): Promise<void> {
  await ticketFilters(page).getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: button, exact: true });
  await dialog.getByRole('combobox', { name: 'Field' }).fill(field);
  await dialog.getByRole('option', { name: field, exact: true }).click();
  if (condition) await dialog.getByRole('combobox', { name: 'Condition' }).selectOption({ label: condition });
  const chosen = dialog.getByRole('combobox', { name: field, exact: true });
  const typed = dialog.getByLabel('Value', { exact: true });
  await expect(chosen.or(typed)).toBeVisible();
  if (await chosen.isVisible()) {
    await chosen.fill(value);
    await dialog.getByRole('option', { name: value }).first().click();
  } else {
    await typed.fill(value);
    await page.keyboard.press('Enter');
  }
  if (await dialog.isVisible()) await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

test('tabs count the tickets of each state, and narrow the list', async ({ page, api, expectAccessible }) => {
  const { word } = await prepareTickets(api, 4, ['resolved', 'in_progress', 'in_progress']);
  await page.goto(`/tickets?q=${word}`);
  await expect(ticketRows(page)).toHaveCount(4);
  const tabs = page.getByRole('radiogroup', { name: 'State' });
  await expect(tabs.getByRole('radio', { name: 'All 4' })).toBeChecked();
  await expect(tabs.getByText('Waiting on customer 0')).toBeVisible();
  await expectAccessible();
  await tabs.getByText('In progress').click();
  await expect(ticketRows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/state=in_progress/);
  await expect(tabs.getByText('Resolved 1')).toBeVisible();
  await page.reload();
  await expect(ticketRows(page)).toHaveCount(2);
  await expect(tabs.getByRole('radio', { name: 'In progress 2' })).toBeChecked();
});

test('a search finds words of titles and descriptions', async ({ page, api }) => {
  const { type, word } = await prepareTickets(api, 1);
  await prepareTicket(api, type, { _default_title_: 'Something else', _default_description_: `About ${word}` });
  await page.goto('/tickets');
  await expect(ticketRows(page).first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(ticketRows(page)).toHaveCount(2);
  await ticketSearch(page).fill(`${word} lost`);
  await expect(page.getByRole('heading', { name: 'No ticket matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(ticketSearch(page)).toHaveValue('');
  await expect(ticketRows(page).first()).toBeVisible();
});

test('filters stand in groups, by attributes too, and the address brings them to others', async ({ page, api }) => {
  const { type, word } = await prepareTickets(api, 6, ['resolved']);
  await page.goto('/tickets');
  await addFilter(page, 'Add filter', ['Ticket type', undefined, type.name]);
  await expect(ticketRows(page)).toHaveCount(6);
  await addFilter(page, 'Add group', ['Boxes', 'is at least', '5']);
  await expect(ticketRows(page)).toHaveCount(2);
  await addFilter(page, 'Add to the group', ['State', undefined, 'Resolved']);
  await expect(ticketRows(page)).toHaveCount(3);
  for (const number of [1, 5, 6]) {
    await expect(page.getByRole('link', { name: `${word} no ${number}`, exact: true })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Boxes' }).check();
  await page.keyboard.press('Escape');
  await expect(ticketTable(page).getByRole('columnheader', { name: 'Boxes' })).toBeVisible();

  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(ticketRows(other)).toHaveCount(3);
  await expect(ticketFilters(other).getByText('is at least')).toBeVisible();
  await expect(ticketTable(other).getByRole('columnheader', { name: 'Boxes' })).toBeVisible();
});

test('a saved view is there after a reload and, shared, for somebody else', async ({
  page,
  api,
  context,
  browser,
  server,
}) => {
  const { word } = await prepareTickets(api, 2, ['resolved']);
  await page.goto(`/tickets?q=${word}&state=resolved`);
  const name = unique('Done');
  const views = page.getByRole('button', { name: /^Views|^Done/ });
  await views.click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('checkbox', { name: /Share/ }).check();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await expect(views).toContainText(name);
  await page.reload();
  await expect(views).toHaveText(name);

  await page.getByRole('radiogroup', { name: 'State' }).getByText(/^All/).click();
  await expect(views).toContainText('Changed');
  await views.click();
  await page.getByRole('menuitem', { name: `Save the changes to “${name}”` }).click();
  await expect(views).toHaveText(name);

  const { page: other, context: theirs } = await joinedMember(
    { owner: context, browser, url: server.url },
    { name: unique('Ola'), roles: ['agent'] },
  );
  await other.goto('/tickets');
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('menuitemcheckbox', { name }).click();
  await expect(ticketRows(other)).toHaveCount(2);
  await expect(ticketSearch(other)).toHaveValue(word);
  await other.getByRole('button', { name }).click();
  await expect(other.getByRole('menuitem', { name: 'Delete the view' })).toHaveCount(0);
  await theirs.close();

  await views.click();
  await page.getByRole('menuitem', { name: 'Delete the view' }).click();
  await toast(page, `View “${name}” deleted`).getByRole('button', { name: 'Undo' }).click();
  await views.click();
  await expect(page.getByRole('menuitemcheckbox', { name })).toBeVisible();
});

test('all that match are changed together, and changed back', async ({ page, api, expectAccessible }) => {
  const { tickets, word } = await prepareTickets(api, 5, Array(5).fill('in_progress'));
  await page.goto(`/tickets?q=${word}`);
  await page.getByRole('checkbox', { name: `Select ${word} no 5` }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected tickets' });
  await expect(bar.getByText('1 selected')).toBeVisible();
  await expectAccessible();
  await bar.getByRole('button', { name: 'Select all 5 that match' }).click();
  await expect(bar.getByText('5 selected')).toBeVisible();
  await bar.getByRole('button', { name: 'State' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the state: 5 tickets' });
  await expect(dialog.getByRole('button', { name: 'Change 5 tickets' })).toBeDisabled();
  await dialog.getByText('Resolved').click();
  await expect(dialog.getByText('5 tickets will be set to Resolved.')).toBeVisible();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Change 5 tickets' }).click();
  const done = toast(page, 'Long work is done');
  await expect(done).toBeVisible();
  for (const { id } of tickets) expect((await readTicket(api, id)).ticket_state).toBe('resolved');
  await done.getByRole('button', { name: 'Undo' }).click();
  for (const { id } of tickets) {
    await expect.poll(async () => (await readTicket(api, id)).ticket_state).toBe('in_progress');
  }
});

test('an attribute is given to those of its type', async ({ page, api }) => {
  const { tickets, word } = await prepareTickets(api, 3);
  await page.goto(`/tickets?q=${word}`);
  await expect(ticketRows(page)).toHaveCount(3);
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected tickets' });
  await bar.getByRole('button', { name: 'Attribute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change an attribute: 3 tickets' });
  await dialog.getByLabel('Attribute').selectOption({ label: 'Boxes' });
  await dialog.getByRole('textbox', { name: 'Boxes' }).fill('many');
  await expect(dialog.getByText('It is not a whole number.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Boxes' }).fill('7');
  await dialog.getByRole('button', { name: 'Change 3 tickets' }).click();
  const done = toast(page, 'Long work is done');
  await expect(done).toBeVisible();
  expect((await readTicket(api, tickets[0]?.id ?? '')).ticket_attributes.Boxes).toBe(7);
  await done.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await readTicket(api, tickets[1]?.id ?? '')).ticket_attributes.Boxes).toBe(2);
});

test('what others change stands in its row at once, and what is new waits to be asked for', async ({ page, api }) => {
  const { type, tickets, word } = await prepareTickets(api, 3);
  await page.goto(`/tickets?q=${word}&sort=-created`);
  await expect(ticketRows(page)).toHaveCount(3);
  // The stream of changes has begun once the first change is heard of.
  const row = ticketRows(page).filter({ hasText: `${word} no 2` });
  let isResolved = false;
  await expect(async () => {
    isResolved = !isResolved;
    await changeTicket(api, tickets[1]?.id ?? '', { state: isResolved ? 'resolved' : 'in_progress' });
    await expect(row.getByText(isResolved ? 'Resolved' : 'In progress')).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 15_000 });
  await prepareTicket(api, type, { _default_title_: `${word} no 4` });
  await page.getByRole('button', { name: '1 new ticket' }).click();
  await expect(ticketRows(page)).toHaveCount(4);
  await expect(ticketRows(page).first()).toContainText(`${word} no 4`);
});

test('ten tickets are worked by keyboard alone', async ({ page, api }) => {
  const { tickets, word } = await prepareTickets(api, 10);
  await page.goto('/');
  await expect(page).toHaveURL(/\/tickets$/);
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(ticketRows(page)).toHaveCount(10);
  await page.locator('h1').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(ticketRows(page).first().getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  for (let at = 10; at >= 1; at -= 1) {
    await expect(page.getByRole('heading', { level: 1, name: `${word} no ${at}`, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /^State/ })).toBeVisible();
    await page.keyboard.press('s');
    await page.getByRole('menuitemcheckbox', { name: 'In progress' }).press('Enter');
    await page.keyboard.press('a');
    await expect(page.getByRole('combobox', { name: 'Assignee' })).toBeFocused();
    await page.keyboard.type('Me (');
    await page.keyboard.press('Enter');
    await page.locator('h1').focus();
    if (at > 1) await page.keyboard.press('j');
  }
  for (const { id } of tickets) {
    await expect
      .poll(async () => {
        const { ticket_state, admin_assignee_id } = await readTicket(api, id);
        return ticket_state === 'in_progress' && admin_assignee_id !== '0';
      })
      .toBe(true);
  }
});

test('Back finds the list as it was left', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('/tickets?sort=-created');
  await expect(ticketRows(page).first()).toBeVisible();
  const list = page.getByRole('group', { name: 'Tickets', exact: true });
  await list.evaluate((element) => element.scrollTo(0, 3_000));
  const row = ticketRows(page).nth(12);
  await expect(row).toBeVisible();
  const name = await row.getByRole('link').innerText();
  // A click would bring it into view as well.
  await row.scrollIntoViewIfNeeded();
  const place = await list.evaluate(({ scrollTop }) => scrollTop);
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Tickets');
  await page.goBack();
  await expect(page.getByRole('link', { name }).first()).toBeVisible();
  await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBe(place);
});

test.describe('before any script', () => {
  test.use({ javaScriptEnabled: false });

  test('the tickets that the address asks for are on the page', async ({ page, api }) => {
    const { word } = await prepareTickets(api, 2, ['resolved']);
    await page.goto(`/tickets?q=${word}&state=resolved`);
    await expect(page.getByRole('link', { name: `${word} no 1` })).toBeVisible();
    await expect(page.getByRole('link', { name: `${word} no 2` })).toHaveCount(0);
  });
});

test('on a phone rows are two lines, and sort by a choice', async ({ page, api, expectAccessible }) => {
  const { word } = await prepareTickets(api, 3);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/tickets?q=${word}`);
  await expect(ticketRows(page).first()).toContainText(`${word} no 3`);
  await page.getByRole('combobox', { name: 'Sort' }).selectOption({ label: 'Oldest first' });
  await expect(ticketRows(page).first()).toContainText(`${word} no 1`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expectAccessible();
});
