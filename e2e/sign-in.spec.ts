import {
  accountButton,
  chooseInAccountMenu,
  createPerson,
  invite,
  settingsSection,
  setUpSecondFactor,
  signIn,
} from './support/account.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { startServer } from './support/server.ts';
import { toast } from './support/ticket-types.ts';

test.use({ signedInAs: null, apiMayFail: true });

const startHeading = { level: 1, name: 'Tickets' } as const;

test('who is not signed in is asked to, and then sees what they wanted', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto('/ticket-types?q=refund&archived=all');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Deskbell' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
  await signIn(page, person);
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeVisible();
  await expect(page).toHaveURL(/\/ticket-types\?q=refund&archived=all$/);
  await expect(accountButton(page, person.name)).toHaveText(/^P\w$/);
});

test('a wrong password and an unknown address are told apart by nothing', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in');
  await signIn(page, { ...person, password: 'not the password' });
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText('The e-mail address or the password is not right.');
  await expect(page.getByLabel(/^Password/)).toBeFocused();
  await signIn(page, { ...person, email: `un-${person.email}` });
  await expect(alert).toHaveText('The e-mail address or the password is not right.');
  await signIn(page, person);
  await expect(accountButton(page, person.name)).toBeVisible();
});

test('who tries too often sees how long to wait', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in');
  const alert = page.getByRole('alert');
  for (let tries = 1; tries <= 10; tries += 1) {
    const answered = page.waitForResponse('**/gateway/sign-in');
    await signIn(page, { ...person, password: 'not the password' });
    expect((await answered).status()).toBe(401);
  }
  await signIn(page, { ...person, password: 'not the password' });
  await expect(alert).toContainText(/You can try again in \d+ min \d+ s\./);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled();
});

test('what follows the sign-in is always of Deskbell itself', async ({ page, server }) => {
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/%2f%2fevil',
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByRole('button', { name: /^Admin/ }).click();
    await expect(page.getByRole('heading', startHeading), next).toBeVisible();
    expect(new URL(page.url()).origin).toBe(server.url);
    await page.context().clearCookies();
  }
});

test('the demo is one click away, in each of its roles', async ({ page }) => {
  await page.goto('/sign-in');
  const demo = page.getByRole('region', { name: 'Or look around first' });
  await expect(demo.getByRole('button')).toHaveText([/^Agent/, /^Admin/, /^Manager/, /^Owner/]);
  await demo.getByRole('button', { name: /^Manager/ }).click();
  await expect(page.getByRole('heading', startHeading)).toBeVisible();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByText('manager@demo.invalid')).toBeVisible();
});

test('an invitation shows whom it is for, survives a reload and works once', async ({ page, browser, server }) => {
  const { link, ...person } = await invite(browser, server, ['agent']);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Deskbell' })).toBeVisible();
  await expect(page).toHaveURL(/\/welcome$/);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(person.email);
  await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue(person.name);
  const password = page.getByLabel(/^Password/);
  await password.fill('too short');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByText('Password needs at least 10 characters.')).toBeVisible();
  await password.fill(person.password);
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(accountButton(page, person.name)).toBeVisible();

  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'This link does not work any more' })).toBeVisible();
  await page.goto('/welcome');
  await page.getByRole('link', { name: 'Ask for a new link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Set a new password' })).toBeVisible();
});

test('the set-up link makes the first owner', async ({ page }) => {
  test.slow();
  const server = await startServer({ SEED: 'empty' });
  try {
    await page.goto(`${server.url}/sign-in`);
    await expect(page.getByText('Nobody can sign in yet')).toBeVisible();
    await page.goto(server.setUpLink);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Frida First');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('frida');
    await page.getByLabel(/^Password/).fill('a long enough passphrase');
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(page.getByText(/^This is not an e-mail address/)).toBeVisible();
    await page.getByRole('textbox', { name: 'E-mail' }).fill('frida@example.com');
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(accountButton(page, 'Frida First')).toBeVisible();
  } finally {
    // What the page still loads would be refused, and complained about.
    await page.goto('about:blank');
    await server.stop();
  }
});

test('a forgotten password is set anew by the link in the server’s log', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  const ask = async (email: string) => {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('button', { name: 'Ask for a link' }).click();
    await expect(page.getByRole('status')).toContainText(`If ${email} belongs to a person`);
    await expect(page.getByRole('status')).toContainText('finds the link in the log of the server');
    await page.getByRole('button', { name: 'Use another address' }).click();
  };
  await ask(`nobody-${person.email}`);
  await ask(person.email);
  const linkOf = () =>
    new RegExp(`new password for ${person.email}\\..*(http://\\S+/welcome#\\S+)`).exec(server.log())?.[1];
  await expect.poll(linkOf).toBeDefined();
  expect(server.log()).not.toContain(`nobody-${person.email}`);

  await page.goto(linkOf() ?? '');
  await page.getByLabel(/^New password/).fill('another long password');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(accountButton(page, person.name)).toBeVisible();
  await chooseInAccountMenu(page, person.name, 'Sign out');
  await signIn(page, person);
  await expect(page.getByRole('alert')).toBeVisible();
  await signIn(page, { ...person, password: 'another long password' });
  await expect(accountButton(page, person.name)).toBeVisible();
});

test('a second factor is set up, asked for, replaced by a backup code and switched off', async ({
  page,
  browser,
  server,
}) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in?next=/settings');
  await signIn(page, person);
  const { totp, backupCodes } = await setUpSecondFactor(page, person);
  expect(backupCodes.length).toBeGreaterThanOrEqual(8);

  await chooseInAccountMenu(page, person.name, 'Sign out');
  await signIn(page, person);
  await expect(page.getByRole('heading', { level: 1, name: 'One more step' })).toBeVisible();
  const code = page.getByRole('textbox', { name: 'Code', exact: true });
  await expect(code).toBeFocused();
  await code.fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('This code is not right.');
  await code.fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(accountButton(page, person.name)).toBeVisible();

  await chooseInAccountMenu(page, person.name, 'Sign out');
  await signIn(page, person);
  await page.getByRole('button', { name: 'Use a backup code' }).click();
  const backup = page.getByRole('textbox', { name: 'Backup code' });
  await expect(backup).toBeFocused();
  await backup.fill(backupCodes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(accountButton(page, person.name)).toBeVisible();

  await chooseInAccountMenu(page, person.name, 'Settings');
  await settingsSection(page, 'Second factor').getByRole('button', { name: 'Switch off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Switch the second factor off?' });
  await dialog.getByLabel(/^Your password/).fill('not the password');
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(dialog.getByText('This is not your password.')).toBeVisible();
  await dialog.getByLabel(/^Your password/).fill(person.password);
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(settingsSection(page, 'Second factor').getByText('Off', { exact: true })).toBeVisible();
  await chooseInAccountMenu(page, person.name, 'Sign out');
  await signIn(page, person);
  await expect(accountButton(page, person.name)).toBeVisible();
});

test('name and password are changed, and a new password ends the other sessions', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  const elsewhere = await browser.newPage({ baseURL: server.url });
  await elsewhere.goto('/sign-in');
  await signIn(elsewhere, person);
  await expect(accountButton(elsewhere, person.name)).toBeVisible();

  await page.goto('/sign-in?next=/settings');
  await signIn(page, person);
  const sessions = settingsSection(page, 'Sessions').getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText('This device');

  const newName = unique('Petra');
  const profile = settingsSection(page, 'Profile');
  await profile.getByRole('textbox', { name: 'Name' }).fill(newName);
  await profile.getByRole('button', { name: 'Save name' }).click();
  await expect(toast(page, 'Name saved')).toBeVisible();
  await expect(accountButton(page, newName)).toBeVisible();

  const password = settingsSection(page, 'Password');
  await password.getByLabel(/^Current password/).fill('not the password');
  await password.getByLabel(/^New password/).fill('another long password');
  await password.getByRole('button', { name: 'Change password' }).click();
  await expect(password.getByText('This is not your password.')).toBeVisible();
  await password.getByLabel(/^Current password/).fill(person.password);
  await password.getByRole('button', { name: 'Change password' }).click();
  await expect(toast(page, 'Password changed')).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in to Deskbell' })).toBeVisible();
  await elsewhere.close();
});

test('all of it by keyboard alone', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in');
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(/^Password/)).toBeFocused();
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', startHeading)).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press(',');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();
  await accountButton(page, person.name).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sign-in$/);
});

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
]) {
  test(`nothing for axe to find at ${viewport.width} px`, async ({ page, browser, server, expectAccessible }) => {
    test.slow();
    await page.setViewportSize(viewport);
    const { link, ...person } = await invite(browser, server, ['admin']);
    const check = async (heading: string) => {
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expectAccessible();
      const overflow = await page.evaluate(() => document.body.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${heading} scrolls sideways`).toBeLessThanOrEqual(0);
    };
    await page.goto('/sign-in?error=not_invited');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('Password is required.')).toBeVisible();
    await check('Sign in to Deskbell');
    await page.goto('/forgot-password');
    await check('Set a new password');
    await page.goto('/welcome#unknown-unknown-unknown');
    await check('This link does not work any more');
    await page.goto(link);
    await check('Welcome to Deskbell');
    await page.getByLabel(/^Password/).fill(person.password);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await accountButton(page, person.name).click();
    await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeFocused();
    await expectAccessible();
    await page.keyboard.press('Enter');
    await expect(settingsSection(page, 'Sessions').getByText('This device')).toBeVisible();
    await check('Settings');
    await settingsSection(page, 'Second factor').getByRole('button', { name: 'Set up' }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Your password/)
      .fill(person.password);
    await expectAccessible();
    await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('img', { name: 'Code for the authenticator app' })).toBeVisible();
    await expectAccessible();
    await page.keyboard.press('Escape');
    await page.context().clearCookies();
    await page.reload();
    await signIn(page, person);
    await page.goto('/ticket-types');
    await page.context().clearCookies();
    await page.goto('/ticket-types/new');
    await check('Sign in to Deskbell');
  });
}
