import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { invitePerson } from '#contract/gateway/people.ts';
import type { Role } from '#contract/gateway/roles.ts';
import { expect } from './fixtures.ts';
import { fromOwnPage, signInDemo } from './people.ts';
import type { Server } from './server.ts';

// What a person does to come in, to go, and about themselves, in their words.

export interface Credentials {
  name: string;
  email: string;
  password: string;
}

/** Invites a person that no other test has, and gives the link to the invitation. */
export async function invite(
  browser: Browser,
  { url }: Server,
  roles: Role[],
): Promise<Credentials & { link: string }> {
  const word = randomUUID().slice(0, 8);
  const person = { name: `Petra ${word}`, email: `petra-${word}@example.com`, password: `the password of ${word}` };
  const context = await browser.newContext();
  await signInDemo(context, url, 'owner');
  const { name, email } = person;
  const answer = await context.request.post(url + invitePerson.path, {
    headers: fromOwnPage,
    data: { name, email, roles },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { link } = invitePerson.response.parse(await answer.json());
  await context.close();
  return { ...person, link };
}

/** A person who has accepted their invitation, and is signed in nowhere. */
export async function createPerson(browser: Browser, server: Server, roles: Role[] = ['admin']): Promise<Credentials> {
  const { link, ...person } = await invite(browser, server, roles);
  const context = await browser.newContext();
  const answer = await context.request.post(`${server.url}/gateway/links/follow`, {
    headers: fromOwnPage,
    data: { token: link.split('#')[1], name: person.name, password: person.password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  await context.request.post(`${server.url}/gateway/sign-out`, { headers: fromOwnPage, data: {} });
  await context.close();
  return person;
}

/** The page, or the dialog over it, that asks to sign in. */
export const signInAgain = (page: Page): Locator => page.getByRole('dialog', { name: 'Sign in to go on' });

export async function signIn(place: Page | Locator, { email, password }: Credentials): Promise<void> {
  await place.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await place.getByLabel(/^Password/).fill(password);
  await place.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The account's menu in the top bar, which stands once somebody is signed in. */
export const accountButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Account of ${name}` });

export async function chooseInAccountMenu(page: Page, name: string, item: string): Promise<void> {
  await accountButton(page, name).click();
  await page.getByRole('menuitem', { name: item }).click();
}

export const settingsSection = (page: Page, title: string): Locator => page.getByRole('region', { name: title });

/** Sets the second factor up on the settings' page, and gives what the authenticator app would know. */
export async function setUpSecondFactor(
  page: Page,
  { password }: Credentials,
): Promise<{ totp: TOTP; backupCodes: string[] }> {
  await settingsSection(page, 'Second factor').getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up a second factor' });
  await dialog.getByLabel(/^Your password/).fill(password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('img', { name: 'Code for the authenticator app' })).toBeVisible();
  const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
  const backupCodes = await dialog.getByRole('list').getByRole('listitem').getByRole('listitem').allInnerTexts();
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await dialog.getByRole('textbox', { name: 'Code', exact: true }).fill(totp.generate());
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(dialog).toBeHidden();
  await expect(settingsSection(page, 'Second factor').getByText('On', { exact: true })).toBeVisible();
  return { totp, backupCodes };
}

/** How many things Deskbell keeps in this browser for this page. */
export function keptItems(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('deskbell:')),
  );
}
