import type { CDPSession, Page } from '@playwright/test';
import {
  accountButton,
  chooseInAccountMenu,
  createPerson,
  settingsSection,
  setUpSecondFactor,
  signIn,
} from './support/account.ts';
import { test as base, expect } from './support/fixtures.ts';
import { signInDemo } from './support/people.ts';
import type { Server } from './support/server.ts';
import { toast } from './support/ticket-types.ts';

// What a passkey may not do is in src/passkeys.test.ts, where the authenticator is ours and can be made to lie.

const localhostOf = ({ url }: Server) => url.replace('127.0.0.1', 'localhost');

interface PasskeyFixtures {
  /** Stands for the fingerprint reader of the page's device; it says yes to everything until told otherwise. */
  authenticator: { cdp: CDPSession; authenticatorId: string };
}

const test = base.extend<PasskeyFixtures>({
  // An IP address can be no relying party.
  baseURL: async ({ server }, use) => use(localhostOf(server)),
  authenticator: async ({ page }, use) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await use({ cdp, authenticatorId });
  },
});

test.use({ signedInAs: null, apiMayFail: true });

const section = (page: Page) => settingsSection(page, 'Passkeys');
const usePasskey = (page: Page) => page.getByRole('button', { name: 'Use a passkey' });

async function addPasskey(page: Page, { name, password }: { name: string; password: string }): Promise<void> {
  await section(page).getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByLabel(/^Your password/).fill(password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
}

test('a passkey is added, lets in without password and code, and once removed does not', async ({
  page,
  browser,
  server,
  authenticator: _,
}) => {
  const person = await createPerson(browser, server);
  await page.goto('/sign-in?next=/settings');
  await signIn(page, person);
  await setUpSecondFactor(page, person);
  await expect(section(page).getByText('You have none yet.')).toBeVisible();

  await section(page).getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toHaveValue(/^Chrome on \w+$/);
  await page.keyboard.press('Escape');
  await addPasskey(page, { name: 'Work laptop', password: 'not the password' });
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await expect(dialog.getByText('This is not your password.')).toBeVisible();
  await dialog.getByLabel(/^Your password/).fill(person.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(toast(page, 'Passkey added')).toBeVisible();
  await expect(section(page).getByRole('listitem')).toHaveText(/^Work laptop/);

  await chooseInAccountMenu(page, person.name, 'Sign out');
  await usePasskey(page).click();
  await expect(accountButton(page, person.name)).toBeVisible();
  const log = await page.request.get('/gateway/activity?operation=signInPasskey');
  const entries = ((await log.json()) as { data: { person: { name: string }; status: number }[] }).data;
  expect(entries.map(({ person, status }) => [person.name, status])).toContainEqual([person.name, 200]);

  await chooseInAccountMenu(page, person.name, 'Settings');
  await addPasskey(page, { name: 'Another', password: person.password });
  await expect(dialog.getByText('holds a passkey of yours already')).toBeVisible();
  await page.keyboard.press('Escape');
  await section(page).getByRole('button', { name: 'Remove the passkey Work laptop' }).click();
  const question = page.getByRole('alertdialog', { name: 'Remove Work laptop?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(section(page).getByText('You have none yet.')).toBeVisible();

  await chooseInAccountMenu(page, person.name, 'Sign out');
  await usePasskey(page).click();
  await expect(page.getByRole('alert')).toContainText('This passkey lets nobody in here.');
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Deskbell' })).toBeVisible();
});

test('who closes the browser’s question is told, and can try again', async ({
  page,
  browser,
  server,
  authenticator,
}) => {
  const person = await createPerson(browser, server);
  const { cdp, authenticatorId } = authenticator;
  await page.goto('/sign-in?next=/settings');
  await signIn(page, person);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await addPasskey(page, { name: 'Phone', password: person.password });
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await expect(dialog.getByRole('alert')).toContainText('Your browser gave no passkey');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(section(page).getByRole('listitem')).toHaveText(/^Phone/);

  await chooseInAccountMenu(page, person.name, 'Sign out');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await usePasskey(page).click();
  await expect(page.getByRole('alert')).toContainText('Your browser gave no passkey');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await usePasskey(page).click();
  await expect(accountButton(page, person.name)).toBeVisible();
});

test('where passkeys cannot work it says so, with the address where they can', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.goto(`${server.url}/sign-in?next=/settings`);
  await expect(page.getByRole('region', { name: 'Or look around first' })).toBeVisible();
  await expect(usePasskey(page)).toBeHidden();
  await signIn(page, person);
  await expect(section(page)).toContainText('Passkeys do not work at this address.');
  await expect(section(page).getByRole('link')).toHaveAttribute('href', `${localhostOf(server)}/settings`);
  await expect(section(page).getByRole('button')).toBeHidden();
});

test('a browser without passkeys is offered none', async ({ page, browser, server }) => {
  const person = await createPerson(browser, server);
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  await page.goto('/sign-in?next=/settings');
  await expect(page.getByRole('region', { name: 'Or look around first' })).toBeVisible();
  await expect(usePasskey(page)).toBeHidden();
  await signIn(page, person);
  await expect(section(page)).toContainText('This browser knows no passkeys.');
});

test('the demo’s accounts take none', async ({ page, context, server }) => {
  await signInDemo(context, localhostOf(server), 'agent');
  await page.goto('/settings');
  await expect(section(page)).toContainText('Everybody shares the demo’s accounts');
  await expect(section(page).getByRole('button')).toBeHidden();
});

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
]) {
  test(`nothing for axe to find at ${viewport.width} px`, async ({
    page,
    browser,
    server,
    authenticator: _,
    expectAccessible,
  }) => {
    test.slow();
    await page.setViewportSize(viewport);
    const person = await createPerson(browser, server);
    await page.goto('/sign-in?next=/settings');
    await expect(usePasskey(page)).toBeVisible();
    await expectAccessible();
    await usePasskey(page).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible();
    await signIn(page, person);
    await addPasskey(page, {
      name: 'A rather long name of a passkey, as many people give to theirs',
      password: 'wrong',
    });
    await expect(page.getByRole('dialog').getByText('This is not your password.')).toBeVisible();
    await expectAccessible();
    await page
      .getByRole('dialog')
      .getByLabel(/^Your password/)
      .fill(person.password);
    await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
    await expect(section(page).getByRole('listitem')).toBeVisible();
    await expectAccessible();
    const overflow = await page.evaluate(() => document.body.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await section(page)
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await expectAccessible();
  });
}
