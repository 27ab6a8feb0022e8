import type { Page } from '@playwright/test';
import { URI } from 'otpauth';
import { accept, joinedMember, rowOf, write } from './support/admin.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { choice, toast } from './support/ticket-types.ts';

const invitation = (page: Page) => page.getByRole('dialog', { name: 'Invite a person' });

async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await invitation(page).getByRole('textbox', { name: 'Name' }).fill(name);
  await invitation(page).getByRole('textbox', { name: 'E-mail address' }).fill(email);
  await invitation(page).getByRole('checkbox', { name: 'Admin' }).check();
  await invitation(page).getByRole('button', { name: 'Invite', exact: true }).click();
  const done = page.getByRole('dialog', { name: `${name} is invited` });
  await expect(done.getByText('Nothing was mailed.')).toBeVisible();
  await expect(done.getByText(/^It works once, until .*\(in \d days\)/)).toBeVisible();
  const link = await done.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await done.getByRole('button', { name: 'Done' }).click();
  return link;
}

const address = () => `${crypto.randomUUID().slice(0, 8)}@example.com`;

test('who is invited accepts in a browser of their own, and may then do what their roles allow', async ({
  page,
  browser,
  server,
}) => {
  const name = unique('Nora New');
  await page.goto('/people');
  const link = await invite(page, name, ` ${address().toUpperCase()} `);
  await expect(rowOf(page, name)).toContainText('Invited');
  await expect(rowOf(page, name)).toContainText('Never');

  const theirs = await browser.newContext({ baseURL: server.url });
  await accept(theirs, server.url, link);
  const their = await theirs.newPage();
  await their.goto('/ticket-types');
  await expect(their.getByRole('link', { name: 'Create ticket type' })).toBeVisible();
  const navigation = their.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Activity' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'People' })).toHaveCount(0);
  await page.reload();
  await expect(rowOf(page, name)).toContainText('Active');
  await expect(rowOf(page, name)).toContainText('AgentAdmin');
  await theirs.close();
});

test('a new invitation link works, and the one before it no more', async ({ page, browser, server }) => {
  const name = unique('Rita Renewed');
  await page.goto('/people');
  const first = await invite(page, name, address());
  await page.getByRole('link', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('button', { name: 'Make a new link' }).click();
  const second = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  expect(second).not.toBe(first);
  const theirs = await browser.newContext({ baseURL: server.url });
  await expect(accept(theirs, server.url, first)).rejects.toThrow('link_gone');
  await accept(theirs, server.url, second);
  await theirs.close();
});

test.describe('with refusals', () => {
  test.use({ apiMayFail: true });

  test('an e-mail address that is taken is said under the field', async ({ page }) => {
    const email = address();
    await page.goto('/people');
    await invite(page, unique('First'), email);
    await page.keyboard.press('c');
    await invitation(page).getByRole('textbox', { name: 'Name' }).fill('Second');
    await invitation(page).getByRole('textbox', { name: 'E-mail address' }).fill(email);
    await page.keyboard.press('ControlOrMeta+Enter');
    const field = invitation(page).getByRole('textbox', { name: 'E-mail address' });
    await expect(field).toHaveAccessibleDescription(/Someone with this address is in the list already/);
    await expect(field).toBeFocused();
    await expect(invitation(page).getByRole('alert')).toHaveCount(0);
  });

  test('the last owner can neither give the role up nor be deactivated', async ({ page }) => {
    await page.goto('/people');
    await expect(rowOf(page, 'Olu Owner')).toContainText('You');
    await page.getByRole('link', { name: 'Olu Owner' }).click();
    const dialog = page.getByRole('dialog', { name: 'Olu Owner (you)' });
    await dialog.getByRole('checkbox', { name: 'Owner' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Agent' }).check();
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    const question = page.getByRole('alertdialog', { name: 'Change your own roles?' });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await question.getByRole('button', { name: 'Change my roles' }).click();
    await expect(question).toBeHidden();
    await expect(dialog.getByRole('alert')).toContainText('Make someone else an owner first');

    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
    await expect(toast(page, 'Nobody could manage people any more')).toBeVisible();
    await page.reload();
    await expect(rowOf(page, 'Olu Owner')).toContainText('Owner');
    await expect(rowOf(page, 'Olu Owner')).toContainText('Active');
  });
});

test('a person is renamed and given roles, put out at once, and let in again by Undo', async ({
  page,
  context,
  browser,
  server,
}) => {
  const name = unique('Otto Out');
  const member = await joinedMember({ owner: context, browser, url: server.url }, { name, roles: ['agent'] });
  const isSignedIn = async () => (await member.context.request.get('/gateway/session')).status() === 200;
  await page.goto('/people');
  await page.getByRole('link', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`${name} again`);
  await dialog.getByRole('checkbox', { name: 'Manager' }).check();
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await expect(toast(page, `${name} again saved`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/people$/);
  await expect(rowOf(page, `${name} again`)).toContainText('AgentManager');
  await expect(page.getByRole('link', { name: `${name} again` })).toBeFocused();

  expect(await isSignedIn()).toBe(true);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  const question = page.getByRole('alertdialog', { name: `Deactivate ${name} again?` });
  await expect(question).toContainText('end at once');
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await expect(toast(page, `${name} again deactivated`)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Let in again' })).toBeVisible();
  expect(await isSignedIn()).toBe(false);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(rowOf(page, name)).toContainText('Deactivated');
  await toast(page, `${name} again deactivated`).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, `${name} again is let in again`)).toBeVisible();
  await expect(rowOf(page, name)).toContainText('Active');
  await member.context.close();
});

test('a second factor that was lost is taken away', async ({ page, context, browser, server }) => {
  const name = unique('Lena Lost');
  const member = await joinedMember({ owner: context, browser, url: server.url }, { name, roles: ['agent'] });
  const factor = `${server.url}/gateway/account/second-factor`;
  const begun = await write(member.context, 'post', factor, { password: 'a long enough passphrase' });
  const totp = URI.parse(String(begun.uri));
  if (!('period' in totp)) throw new Error('The second factor counts, where it should tell the time.');
  await write(member.context, 'put', factor, { code: totp.generate() });

  await page.goto('/people');
  await expect(rowOf(page, name)).toContainText('On');
  await page.getByRole('link', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('button', { name: 'Take it away' }).click();
  const question = page.getByRole('alertdialog', { name: `Take away ${name}’s second factor?` });
  await question.getByRole('button', { name: 'Take it away' }).click();
  await expect(toast(page, 'second factor taken away')).toBeVisible();
  await expect(dialog).toContainText('Second factor: off');
  await member.context.close();
});

test('the list is filtered by its address, which survives a reload', async ({ page, context, server }) => {
  const word = unique('sieve').split(' ')[1] ?? '';
  const people = `${server.url}/gateway/people`;
  await write(context, 'post', people, { name: `Ann ${word}`, email: address(), roles: ['agent'] });
  await write(context, 'post', people, { name: `Bob ${word}`, email: address(), roles: ['agent', 'manager'] });
  const rows = page.getByRole('group', { name: 'People' }).getByRole('link');

  await page.goto('/people');
  // The key is the list's own, and comes with it.
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(rows).toHaveText([`Ann ${word}`, `Bob ${word}`]);
  await choice(page, 'Role', 'Manager').click();
  await choice(page, 'State', 'Invited').click();
  await expect(rows).toHaveText([`Bob ${word}`]);
  await expect(page).toHaveURL(`/people?q=${word}&role=manager&state=invited`);
  await page.reload();
  await expect(rows).toHaveText([`Bob ${word}`]);
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toHaveValue(word);

  await rows.first().click();
  await expect(page.getByRole('dialog', { name: `Bob ${word}` })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(rows).toHaveText([`Bob ${word}`]);
  await choice(page, 'State', 'Deactivated').click();
  await expect(page.getByRole('heading', { name: 'No person matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all people' }).click();
  await expect(page).toHaveURL('/people');
});

test('people are found, opened and given roles by keyboard alone', async ({ page, context, server }) => {
  const name = unique('Kay Keys');
  await write(context, 'post', `${server.url}/gateway/people`, { name, email: address(), roles: ['agent'] });
  await page.goto('/ticket-types');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeFocused();
  // The key is the list's own, and comes with it.
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await expect(page.getByRole('group', { name: 'People' }).getByRole('link')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('checkbox', { name: 'Admin' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(toast(page, `${name} saved`)).toBeVisible();
  await expect(page.getByRole('link', { name })).toBeFocused();
  await expect(rowOf(page, name)).toContainText('AgentAdmin');

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('invite a person');
  await page.keyboard.press('Enter');
  await expect(invitation(page).getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(invitation(page)).toBeHidden();
});

for (const width of [1280, 360]) {
  test(`nothing is inaccessible or too wide at ${width} px`, async ({ page, context, server, expectAccessible }) => {
    const name = unique('A person with a rather long name');
    await write(context, 'post', `${server.url}/gateway/people`, {
      name,
      email: `a.rather.long.address.${address()}`,
      roles: ['agent', 'admin', 'manager'],
    });
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/people');
    await expect(rowOf(page, name)).toBeVisible();
    await expectAccessible();
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name }).click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await expectAccessible();
    await page.getByRole('button', { name: 'Make a new link' }).click();
    await expect(page.getByRole('textbox', { name: 'Invitation link' })).toBeVisible();
    await expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await invitation(page).getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(invitation(page).getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}
