import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, faultyTest, test } from './support/fixtures.ts';
import { signInDemo } from './support/people.ts';
import { changeTicket, prepareTicket, prepareType, readTicket, writeOn } from './support/ticket-page.ts';
import { toast } from './support/ticket-types.ts';

const timeline = (page: Page): Locator => page.getByRole('region', { name: 'Timeline' });

const properties = (page: Page): Locator => page.getByRole('complementary', { name: 'Properties' });

// Until the editor is loaded, a field of the same name that cannot be written in holds its place.
const writable = (page: Page, name: string): Locator =>
  page.getByRole('textbox', { name }).and(page.locator('[contenteditable="true"]'));

const replyField = (page: Page): Locator => writable(page, 'Reply to the contact');

const noteField = (page: Page): Locator => writable(page, 'Note, for teammates only');

/** Opens a ticket and waits until its last part is drawn: keys act from then on. */
async function openTicket(page: Page, id: string): Promise<void> {
  await page.goto(`/tickets/${id}`);
  await expect(page.getByRole('button', { name: /^Write a / })).toBeVisible();
}

/** Chooses from a list that is found by typing. */
async function chooseIn(page: Page, label: string, typed: string, option: string | RegExp): Promise<void> {
  await properties(page).getByRole('combobox', { name: label }).click();
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: option }).click();
}

test('every property is set in its place and kept', async ({ page, api, expectAccessible }) => {
  const type = await prepareType(api);
  const { id } = await prepareTicket(api, type);
  const urgent = type.ticket_type_attributes.data
    .find(({ name }) => name === 'Urgency')
    ?.input_options?.list_options?.find(({ label }) => label === 'High')?.id;
  await openTicket(page, id);
  const panel = properties(page);

  await panel.getByRole('button', { name: /^State/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'In progress' }).click();
  await chooseIn(page, 'Assignee', 'delivery', 'Delivery and returns');
  await chooseIn(page, 'Urgency', 'hi', 'High');
  await panel.getByRole('textbox', { name: 'Boxes' }).fill('three');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('textbox', { name: 'Boxes' })).toHaveAccessibleDescription(/is not a whole number/);
  await panel.getByRole('textbox', { name: 'Boxes' }).fill('3');
  await panel.getByRole('textbox', { name: 'Weight' }).fill('2.5');
  await panel.getByLabel('Promised for').fill('2026-12-24T09:30');
  await panel.getByRole('radiogroup', { name: 'Fragile' }).getByText('Yes').click();
  await panel.getByRole('button', { name: 'Edit Photos' }).click();
  await panel.getByRole('textbox', { name: 'Photos' }).fill('https://example.com/box.png');
  await panel.getByRole('button', { name: 'Save files' }).click();
  await expect(panel.getByRole('link', { name: 'box.png' })).toHaveAttribute('rel', 'noopener noreferrer');
  await panel.getByRole('switch', { name: 'Shared with the contact' }).click();

  await expect
    .poll(() => readTicket(api, id))
    .toMatchObject({
      ticket_state: 'in_progress',
      team_assignee_id: '62',
      is_shared: false,
      ticket_attributes: {
        Urgency: urgent,
        Boxes: 3,
        Weight: 2.5,
        Fragile: true,
        // Half past nine in Dublin in winter.
        'Promised for': Date.UTC(2026, 11, 24, 9, 30) / 1_000,
        Photos: [{ url: 'https://example.com/box.png' }],
      },
    });
  await panel.getByRole('button', { name: /^State/ }).click();
  const submitted = page.getByRole('menuitemcheckbox', { name: /^Submitted/ });
  await expect(submitted).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expectAccessible();
});

test.describe('one change right after another', () => {
  // A tag makes a new version of the ticket; a change that is quicker than its news is refused once, and sent again.
  test.use({ apiMayFail: true });

  test('a ticket is snoozed and brought back, tagged with a new tag, and closed', async ({ page, api }) => {
    const { id } = await prepareTicket(api, await prepareType(api));
    await openTicket(page, id);
    const panel = properties(page);
    await panel.getByRole('button', { name: /^Snooze/ }).click();
    await page.getByRole('menuitem', { name: /^In a week/ }).click();
    await expect(panel.getByRole('button', { name: /^Snooze Until/ })).toBeVisible();
    await expect.poll(async () => (await readTicket(api, id)).snoozed_until ?? 0).toBeGreaterThan(Date.now() / 1_000);
    await panel.getByRole('button', { name: /^Snooze/ }).click();
    await page.getByRole('menuitem', { name: 'End the snooze' }).click();
    await expect(panel.getByRole('button', { name: 'Snooze Not snoozed' })).toBeVisible();

    const tag = `glass ${id}`;
    await chooseIn(page, 'Tags', tag, `Create “${tag}”`);
    await expect(toast(page, `Tag ${tag} added`)).toBeVisible();
    await expect.poll(async () => (await readTicket(api, id)).tags?.tags.map(({ name }) => name)).toEqual([tag]);
    await toast(page, `Tag ${tag} added`).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await readTicket(api, id)).tags?.tags).toEqual([]);

    await panel.getByRole('switch', { name: 'Open' }).click();
    await expect.poll(async () => (await readTicket(api, id)).open).toBe(false);
  });
});

test.describe('while someone else works on it too', () => {
  // A change that is refused because of theirs is what the page expects.
  test.use({ apiMayFail: true });

  async function openAs(context: BrowserContext, url: string, id: string): Promise<Page> {
    await signInDemo(context, url, 'owner');
    const page = await context.newPage();
    await page.goto(`${url}/tickets/${id}`);
    return page;
  }

  test('both titles are shown, and the person chooses', async ({ page, api, browser, server }) => {
    const { id } = await prepareTicket(api, await prepareType(api));
    await openTicket(page, id);
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine');

    const other = await browser.newContext();
    const theirs = await openAs(other, server.url, id);
    await theirs.getByRole('button', { name: 'Edit the title' }).click();
    await theirs.getByRole('textbox', { name: 'Title' }).fill('Theirs');
    await theirs.keyboard.press('Enter');
    await expect(theirs.getByRole('heading', { level: 1, name: 'Theirs' })).toBeVisible();
    await other.close();

    // What is typed stays, whatever is heard of the other change.
    await expect(page.getByRole('heading', { level: 1, name: 'Theirs' })).toBeAttached();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Mine');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /Someone else changed/ });
    await expect(dialog).toContainText('Theirs');
    await dialog.getByRole('radio', { name: /Your version/ }).check();
    await dialog.getByRole('button', { name: 'Save these choices' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
    await expect.poll(async () => (await readTicket(api, id)).ticket_attributes._default_title_).toBe('Mine');
  });

  test('changes of different properties both stand without a question', async ({ page, api }) => {
    const { id } = await prepareTicket(api, await prepareType(api));
    await openTicket(page, id);
    await properties(page).getByRole('textbox', { name: 'Reference' }).fill('A-1');
    await changeTicket(api, id, { ticket_attributes: { Boxes: 7 } });
    await expect(properties(page).getByRole('textbox', { name: 'Boxes' })).toHaveValue('7');
    await expect(properties(page).getByRole('textbox', { name: 'Reference' })).toHaveValue('A-1');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await readTicket(api, id)).ticket_attributes)
      .toMatchObject({ Reference: 'A-1', Boxes: 7 });
  });

  test('what they write is there within two seconds, and told', async ({ page, api }) => {
    const { id } = await prepareTicket(api, await prepareType(api));
    const stream = page.waitForResponse((response) => response.url().endsWith('/gateway/events'));
    await openTicket(page, id);
    await stream;
    await page.keyboard.press('r');
    await replyField(page).pressSequentially('Being written');
    await writeOn(api, id, { message_type: 'note', body: '<p>I called them.</p>' });
    await expect(timeline(page).getByText('I called them.')).toBeVisible({ timeout: 2_000 });
    await expect(timeline(page).getByRole('button', { name: '1 new' })).toBeVisible();
    await expect(replyField(page)).toHaveText('Being written');
    await timeline(page).getByRole('button', { name: '1 new' }).click();
    await expect(timeline(page).getByRole('button', { name: '1 new' })).toBeHidden();
  });
});

test('a reply survives a reload as a draft, is sent once and is in the timeline', async ({ page, api }) => {
  const { id } = await prepareTicket(api, await prepareType(api));
  await openTicket(page, id);
  await page.keyboard.press('r');
  await replyField(page).pressSequentially('A new box is on its way.');
  await page.reload();
  await expect(page.getByText('This is a draft that you did not send.')).toBeVisible();
  await expect(replyField(page)).toHaveText('A new box is on its way.');
  await page.getByRole('button', { name: 'Attach by address' }).click();
  await page.getByRole('textbox', { name: 'Address of the file' }).fill('javascript:alert(1)');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter an address that begins with')).toBeVisible();
  await page.getByRole('textbox', { name: 'Address of the file' }).fill('https://example.com/label.pdf');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send reply' }).dblclick();

  await expect(timeline(page).getByText('A new box is on its way.')).toBeVisible();
  await expect(timeline(page).getByRole('link', { name: 'label.pdf' })).toBeVisible();
  await expect(replyField(page)).toHaveText('');
  const replies = async () =>
    (await readTicket(api, id)).ticket_parts?.ticket_parts.filter(({ part_type }) => part_type === 'comment');
  expect(await replies()).toHaveLength(1);
  await page.reload();
  await expect(page.getByRole('button', { name: /^Write a reply/ })).toBeVisible();
  await expect(page.getByText('This is a draft that you did not send.')).toBeHidden();
});

test('quick replies are offered to the contact', async ({ page, api }) => {
  const { id } = await prepareTicket(api, await prepareType(api));
  await openTicket(page, id);
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Quick reply').click();
  await page.getByRole('button', { name: 'Add a quick reply' }).click();
  await page.getByRole('textbox', { name: 'Quick reply 1' }).fill('Yes, please');
  await page.getByRole('button', { name: 'Send quick reply' }).click();
  await expect(timeline(page).getByText('Offered quick replies.')).toBeVisible();
});

test('a back-office ticket takes notes only, and says why', async ({ page, api }) => {
  const { id } = await prepareTicket(api, await prepareType(api, 'Back-office'));
  await openTicket(page, id);
  await expect(page.getByRole('radio', { name: 'Reply', exact: true })).toBeDisabled();
  await expect(page.getByText('the contact cannot be answered here')).toBeVisible();
  await expect(properties(page).getByRole('switch', { name: 'Shared with the contact' })).toBeDisabled();
  await page.keyboard.press('n');
  await noteField(page).pressSequentially('Ask the carrier.');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).getByRole('article', { name: /^Note by/ })).toContainText('Ask the carrier.');
});

test('what others wrote does nothing but stand there', async ({ page, api }) => {
  const harmful = [
    '<img src=x onerror="window.harmed=1">',
    '<svg><script>window.harmed=2</script></svg>',
    '<a href="javascript:window.harmed=3">press me</a>',
    '<iframe srcdoc="<script>parent.harmed=4</script>"></iframe>',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.harmed=5">',
    '<p style="position:fixed;inset:0" onclick="window.harmed=6">cover</p>',
  ];
  const type = await prepareType(api);
  const { id } = await prepareTicket(api, type, {
    _default_title_: '<img src=x onerror="window.harmed=7">',
    _default_description_: '<script>window.harmed=8</script>',
    Reference: '"><img src=x onerror=window.harmed=9>',
  });
  for (const body of harmful) await writeOn(api, id, { body: `<p>before</p>${body}` });
  await openTicket(page, id);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror="window.harmed=7">');
  const messages = timeline(page).getByRole('article');
  await expect(messages).toHaveCount(harmful.length);
  for (const message of await messages.all()) {
    await message.scrollIntoViewIfNeeded();
    await expect(message.getByText('before')).toBeVisible();
    await message.getByRole('button', { name: 'Other views' }).click();
    await message.getByText('HTML', { exact: true }).click();
  }
  await page.getByText('press me').first().click();
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
});

test('the keyboard alone: state, assignee, tag, note, and the next ticket of the list', async ({ page, api }) => {
  const type = await prepareType(api);
  const [one, two] = [await prepareTicket(api, type), await prepareTicket(api, type)];
  await openTicket(page, one.id);
  await page.evaluate(
    (ids) =>
      sessionStorage.setItem('deskbell:ticket-list', JSON.stringify({ ids, next: null, href: '/tickets?state=open' })),
    [one.id, two.id],
  );
  await openTicket(page, one.id);
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await page.keyboard.type('nanami');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => readTicket(api, one.id))
    .toMatchObject({ ticket_state: 'in_progress', admin_assignee_id: '807' });
  // Out of the field, so that keys are shortcuts again.
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('n');
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.type('Done.');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).getByText('Done.')).toBeVisible();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`/tickets/${two.id}$`));
  await expect(page.getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('k');
  await expect(page).toHaveURL(new RegExp(`/tickets/${one.id}$`));
});

test.describe('a ticket that does not exist', () => {
  test.use({ apiMayFail: true });

  test('has a page that says so', async ({ page }) => {
    await page.goto('/tickets/999999');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('not');
  });
});

faultyTest('a change that is refused is taken back and told', async ({ page, api, upstream }) => {
  const { id } = await prepareTicket(api, await prepareType(api));
  await openTicket(page, id);
  const state = properties(page).getByRole('button', { name: /^State/ });
  await expect(state).toBeVisible();
  upstream.refuses({ method: 'PUT' }, { status: 500, code: 'server_error', message: 'No' });
  await state.click();
  await page.getByRole('menuitemcheckbox', { name: 'Resolved' }).click();
  await expect(toast(page, 'The workspace could not answer')).toBeVisible();
  await expect(state).toContainText('Submitted');
});

faultyTest('a reply whose answer is lost is told of and keeps its draft', async ({ page, api, upstream }) => {
  const { id } = await prepareTicket(api, await prepareType(api));
  await openTicket(page, id);
  await page.keyboard.press('r');
  await replyField(page).pressSequentially('Once only');
  upstream.dropsAfterEffect({ method: 'POST', path: /\/reply$/ });
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByText(/not known whether|could not answer/)).toBeVisible();
  await expect(replyField(page)).toHaveText('Once only');
});

test('the next ticket comes by its key beyond what the list had read', async ({ page }) => {
  await page.goto('/tickets');
  await page.getByRole('table', { name: 'Tickets' }).getByRole('link').first().click();
  const position = page.getByText(/^\d+ of \d+\+?$/);
  const [, read = 0] = /of (\d+)/.exec((await position.textContent()) ?? '')?.map(Number) ?? [];
  expect(read).toBeGreaterThan(10);
  for (let at = 2; at <= read + 1; at += 1) {
    await page.keyboard.press('j');
    await expect(position).toHaveText(new RegExp(`^${at} of`));
  }
});
