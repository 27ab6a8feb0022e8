import { once } from 'node:events';
import { createServer } from 'node:net';
import { invitePerson } from '#contract/gateway/people.ts';
import { startTestProvider, type TestProvider } from '#gateway/testing.provider.ts';
import { test as base, expect, unique } from './support/fixtures.ts';
import { fromOwnPage, setUpOwner } from './support/people.ts';
import { type Server, startServer } from './support/server.ts';

interface SsoFixtures {
  desk: { server: Server; provider: TestProvider };
}

/** A port that is free now: the provider has to know Deskbell's address before Deskbell starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port.');
  return address.port;
}

const test = base.extend<object, SsoFixtures>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const port = await freePort();
      const origin = `http://127.0.0.1:${port}`;
      const provider = await startTestProvider(`${origin}/gateway/sso/callback/oidc`);
      const server = await startServer({
        PORT: String(port),
        PUBLIC_URL: origin,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET: provider.clientSecret,
        OIDC_NAME: 'Acme',
      });
      await use({ server: { ...server, url: origin }, provider });
      await server.stop();
      await provider.goAway();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ desk }, use) => use(desk.server.url),
});
test.use({ signedInAs: null });
// Both use the one set-up link, and the one person whom the provider knows at a time.
test.describe.configure({ mode: 'serial' });

test('who was invited comes in by single sign-on, and stands where they wanted to go', async ({
  browser,
  page,
  desk,
  expectAccessible,
}) => {
  const owner = await browser.newContext();
  await setUpOwner(owner, desk.server);
  const email = `${unique('sso').replace(' ', '-')}@example.com`;
  const invited = await owner.request.post(desk.server.url + invitePerson.path, {
    headers: fromOwnPage,
    data: { name: 'Sol Sign-On', email, roles: ['agent'] },
  });
  expect(invited.status(), await invited.text()).toBe(200);
  desk.provider.person = { sub: email, email, email_verified: true, name: 'Sol Sign-On' };

  await page.goto('/ticket-types?q=order');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectAccessible();
  await page.getByRole('button', { name: /Acme/ }).click();
  await expect(page).toHaveURL(`${desk.server.url}/ticket-types?q=order`);
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeVisible();
  await page.getByRole('button', { name: /Sol Sign-On/ }).click();
  await expect(page.getByText(email)).toBeVisible();

  const log = await owner.request.get(`${desk.server.url}/gateway/activity?operation=signInSso`);
  expect(await log.json()).toMatchObject({ data: [{ status: 200, person: { name: 'Sol Sign-On' } }] });
  await owner.close();
});

test('who was not invited is told so, and nobody is signed in', async ({ page, desk }) => {
  desk.provider.person = { sub: 'stranger', email: 'stranger@example.com', email_verified: true, name: 'Stranger' };
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /Acme/ }).click();
  await expect(page).toHaveURL(/\/sign-in\?error=not_invited/);
  await expect(page.getByRole('alert')).toContainText(/invit/i);
  await page.goto('/ticket-types');
  await expect(page).toHaveURL(/\/sign-in/);
});
