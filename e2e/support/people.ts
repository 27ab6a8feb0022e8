import { type BrowserContext, expect } from '@playwright/test';
import type { Role } from '#contract/gateway/roles.ts';
import type { Server } from './server.ts';

/** The headers with which our own page sends a write. */
export const fromOwnPage = { 'Sec-Fetch-Site': 'same-origin' };

/** The first owner of a server without the demo's accounts. */
const firstOwner = { name: 'Frida First', email: 'frida@example.com', password: 'a long enough passphrase' };

/** Signs the browser in by the demo's account with that role. */
export async function signInDemo(context: BrowserContext, url: string, role: Role): Promise<void> {
  const answer = await context.request.post(`${url}/gateway/sign-in/demo`, { headers: fromOwnPage, data: { role } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Follows the set-up link, which signs the browser in as the first owner. */
export async function setUpOwner(context: BrowserContext, { url, setUpLink }: Server): Promise<void> {
  const data = { token: setUpLink.split('#')[1], ...firstOwner };
  const answer = await context.request.post(`${url}/gateway/links/follow`, { headers: fromOwnPage, data });
  expect(answer.status(), await answer.text()).toBe(200);
}
