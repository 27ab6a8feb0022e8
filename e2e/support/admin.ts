import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { Role } from '#contract/gateway/roles.ts';
import { fromOwnPage } from './people.ts';

// What tests of people, roles and the log prepare by the gateway's own API, as somebody who is signed in.

/** Sends a write of our own page and gives its answer's body. Throws when it is not answered with success. */
export async function write(
  context: BrowserContext,
  method: 'post' | 'put',
  url: string,
  data: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const answer = await context.request[method](url, {
    headers: { ...fromOwnPage, 'Idempotency-Key': crypto.randomUUID() },
    data,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

export interface Member {
  id: string;
  name: string;
  email: string;
  context: BrowserContext;
  page: Page;
}

/** Invites someone as `owner`, and lets them accept in a browser of their own. Close its context at the end. */
export async function joinedMember(
  { owner, browser, url }: { owner: BrowserContext; browser: Browser; url: string },
  { name, roles }: { name: string; roles: Role[] },
): Promise<Member> {
  const email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
  const invited = await write(owner, 'post', `${url}/gateway/people`, { name, email, roles });
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', timezoneId: 'Europe/Dublin' });
  await accept(context, url, String(invited.link));
  const { id } = invited.person as { id: string };
  return { id, name, email, context, page: await context.newPage() };
}

/** Sets a password by an invitation's link, which signs the browser in. */
export async function accept(context: BrowserContext, url: string, link: string): Promise<void> {
  const token = link.split('#')[1];
  await write(context, 'post', `${url}/gateway/links/follow`, { token, password: 'a long enough passphrase' });
}

/** The row of a list with this text. */
export const rowOf = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });
