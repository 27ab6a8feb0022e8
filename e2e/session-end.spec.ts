import {
  accountButton,
  createPerson,
  keptItems,
  settingsSection,
  setUpSecondFactor,
  signIn,
  signInAgain,
} from './support/account.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { toast } from './support/ticket-types.ts';

// How a session ends, by the person's wish or against it, and what becomes of what they were at.
test.use({ signedInAs: null, apiMayFail: true });

const listHeading = { level: 1, name: 'Ticket types' } as const;

test('signing out says what is lost, clears what was kept, and the other tabs follow', async ({ page, context }) => {
  await page.goto('/sign-in?next=/ticket-types');
  await page.getByRole('button', { name: /^Admin/ }).click();
  await page.getByRole('link', { name: 'Create ticket type' }).click();
  const name = unique('Never saved');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  const other = await context.newPage();
  await other.goto('/ticket-types');
  await expect(other.getByRole('heading', listHeading)).toBeVisible();
  await other.getByRole('button', { name: 'Theme: as the system' }).click();
  expect((await keptItems(page)).length).toBeGreaterThan(2);

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const question = page.getByRole('alertdialog', { name: 'Sign out and lose what is not saved?' });
  await expect(question).toContainText('One form has changes');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: /search/i })).toBeFocused();
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Sign out' }).click();

  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(other).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Deskbell' })).toBeVisible();
  expect(await keptItems(page)).toEqual([]);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Deskbell' })).toBeVisible();

  await page.goto('/sign-in?next=/ticket-types/new');
  await page.getByRole('button', { name: /^Owner/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
  await expect(page.getByText('You have changes here that were not saved')).toBeHidden();
});

test.describe('a session that ends while a form is dirty', () => {
  test('is taken up again in place, and what was typed is saved', async ({ page, browser, server, api }) => {
    const person = await createPerson(browser, server);
    await page.goto('/sign-in?next=/ticket-types/new');
    await signIn(page, person);
    const name = unique('Typed before');
    await page.getByRole('textbox', { name: 'Name' }).fill(name);

    const elsewhere = await browser.newPage({ baseURL: server.url });
    await elsewhere.goto('/sign-in?next=/settings');
    await signIn(elsewhere, person);
    await settingsSection(elsewhere, 'Sessions')
      .getByRole('button', { name: /^End the session on/ })
      .click();
    await expect(toast(elsewhere, /signed out$/)).toBeVisible();
    await elsewhere.close();

    await page.getByRole('button', { name: /^Create ticket type/ }).click();
    await expect(signInAgain(page)).toContainText(`The session of ${person.name} has ended.`);
    await expect(signInAgain(page).getByRole('textbox', { name: 'E-mail' })).toHaveValue(person.email);
    await signIn(signInAgain(page), { ...person, password: 'not the password' });
    await expect(signInAgain(page).getByRole('alert')).toBeVisible();
    await signIn(signInAgain(page), person);
    await expect(signInAgain(page)).toBeHidden();
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
    await page.getByRole('button', { name: /^Create ticket type/ }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    expect(await api.findTicketType(name)).toBeDefined();
  });

  test('asks for the second factor in place as well', async ({ page, browser, server }) => {
    const person = await createPerson(browser, server);
    await page.goto('/sign-in?next=/settings');
    await signIn(page, person);
    const { totp } = await setUpSecondFactor(page, person);
    const newName = unique('Petra');
    await settingsSection(page, 'Profile').getByRole('textbox', { name: 'Name' }).fill(newName);
    await page.context().clearCookies();
    await settingsSection(page, 'Profile').getByRole('button', { name: 'Save name' }).click();
    await signIn(signInAgain(page), person);
    await signInAgain(page)
      .getByRole('textbox', { name: 'Code', exact: true })
      .fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await signInAgain(page).getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(signInAgain(page)).toBeHidden();
    await settingsSection(page, 'Profile').getByRole('button', { name: 'Save name' }).click();
    await expect(accountButton(page, newName)).toBeVisible();
  });

  test('can be declined, and a screen that could not be read is read after it', async ({ page }) => {
    await page.goto('/sign-in?next=/ticket-types/new');
    await page.getByRole('button', { name: /^Admin/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
    await page.context().clearCookies();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Ticket types' }).click();
    await expect(signInAgain(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(signInAgain(page)).toBeHidden();
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await signInAgain(page)
      .getByRole('button', { name: /^Admin/ })
      .click();
    await expect(signInAgain(page)).toBeHidden();
    await expect(page.getByRole('group', { name: 'Ticket types' }).getByRole('link').first()).toBeVisible();
  });

  test('and is followed by another person’s leaves nothing to that one', async ({ page, browser, server }) => {
    const other = await createPerson(browser, server, ['admin']);
    await page.goto('/sign-in?next=/ticket-types/new');
    await page.getByRole('button', { name: /^Admin/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(unique('Only mine'));
    await page.context().clearCookies();
    await page.getByRole('button', { name: /^Create ticket type/ }).click();
    await signIn(signInAgain(page), other);
    await expect(accountButton(page, other.name)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
    await expect(page.getByText('You have changes here that were not saved')).toBeHidden();
    expect(await keptItems(page)).toEqual(['deskbell:person']);
  });
});
