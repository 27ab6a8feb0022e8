import { type TOTP, URI } from 'otpauth';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '#gateway/testing.browser.ts';
import { type ProviderPerson, startTestProvider, type TestProvider } from '#gateway/testing.provider.ts';
import { json, startTestServer } from '#gateway/testing.ts';
import {
  askFor,
  type Desk,
  deskSettings,
  entriesOf,
  followLink,
  invite,
  personOf,
  sessionOf,
  setUpOwner,
  signIn,
  startDesk,
  stopDesk,
  testPassword,
  welcome,
} from './testing.desk.ts';

const PUBLIC_URL = 'https://desk.example.com';
const callback = `${PUBLIC_URL}/gateway/sso/callback/oidc`;

let provider: TestProvider;
let settings: Record<string, string>;
let desk: Desk;
let owner: Browser;

const ssoSettings = () => ({
  PUBLIC_URL,
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: provider.clientId,
  OIDC_CLIENT_SECRET: provider.clientSecret,
});

beforeAll(async () => {
  provider = await startTestProvider(callback);
  settings = await deskSettings('sso');
  // As someone does who first tries the demo, and then lets others in.
  await stopDesk(await startDesk({ ...settings, SEED: 'demo' }));
  desk = await startDesk({ ...settings, ...ssoSettings() });
  owner = await setUpOwner(desk);
}, 60_000);

function verified(email: string, others: Partial<ProviderPerson> = {}): ProviderPerson {
  return { sub: `sub of ${email}`, email, email_verified: true, name: 'Named by the provider', ...others };
}

async function begin(browser: Browser, next = '/'): Promise<string> {
  const answer = await askFor(browser, ['POST', `${desk.origin}/gateway/sign-in/sso`], { body: { next } });
  return (answer as { url: string }).url;
}

/** Through the provider's login and back. */
async function comeBySso(person: ProviderPerson, browser = desk.open(), next = '/') {
  provider.person = person;
  return { browser, arrival: await browser.go(await begin(browser, next)) };
}

/** Nobody was signed in: the person stands on the sign-in page, and the log says why. */
async function expectRefused(
  { browser, arrival }: Awaited<ReturnType<typeof comeBySso>>,
  reason: string,
): Promise<void> {
  expect([arrival.status, arrival.url]).toEqual([200, `${desk.origin}/sign-in?error=${reason}`]);
  expect(await sessionOf(browser, desk)).toBeUndefined();
  const [entry] = await entriesOf(owner, desk, '?operation=signInSso');
  expect(entry).toMatchObject({ status: 403, refusal: reason, person: null, address: '127.0.0.1' });
}

describe('who comes in', () => {
  test('an invited person', async () => {
    const { person } = await invite(owner, desk, { email: 'ines@example.com' });
    const { browser, arrival } = await comeBySso(verified('ines@example.com'), desk.open(), '/ticket-types?x=1#y');
    expect([arrival.status, arrival.url]).toEqual([200, `${desk.origin}/ticket-types?x=1#y`]);
    expect(await sessionOf(browser, desk)).toMatchObject({
      person: { id: person.id, name: person.name, email: 'ines@example.com', roles: ['agent'], has_password: false },
    });
    expect(await personOf(owner, desk, 'ines@example.com')).toMatchObject({ state: 'active', name: person.name });
    const [entry] = await entriesOf(owner, desk, `?person=${person.id}`);
    expect(entry).toMatchObject({
      operation: 'signInSso',
      status: 200,
      refusal: null,
      address: '127.0.0.1',
      object: `/people/${person.id}`,
    });
  });

  test('an invited person, whose invitation has served its purpose then', async () => {
    const { link } = await invite(owner, desk, { email: 'irma@example.com' });
    await comeBySso(verified('irma@example.com'));
    const late = desk.open();
    expect((await followLink(late, desk, link)).status).toBe(404);
    expect(await sessionOf(late, desk)).toBeUndefined();
  });

  test('with a cookie that only our own pages send, over https', async () => {
    await invite(owner, desk, { email: 'cora@example.com' });
    provider.person = verified('cora@example.com');
    const browser = desk.open();
    const back = await browser.go(await begin(browser), { stopBefore: callback });
    const answer = await browser.ask('GET', back.url, { headers: navigation });
    const session = answer.headers['set-cookie']?.find((cookie) => cookie.includes('session_token='));
    expect(session).toMatch(/^__Secure-deskbell\.session_token=[^;]+;/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(session).toContain(part);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('a person with a password, who has both ways from then on, and is known by the provider’s id', async () => {
    const { person } = await welcome(owner, desk, { email: 'paul@example.com' });
    const { browser } = await comeBySso(verified('Paul@Example.com'));
    expect(await sessionOf(browser, desk)).toMatchObject({ person: { id: person.id, has_password: true } });
    expect((await signIn(desk.open(), desk, 'paul@example.com')).status).toBe(200);

    const moved = { ...verified('paul@elsewhere.example'), sub: verified('Paul@Example.com').sub };
    const again = await comeBySso(moved);
    expect((await sessionOf(again.browser, desk))?.person).toMatchObject({ id: person.id, email: 'paul@example.com' });
    expect(await personOf(owner, desk, 'paul@elsewhere.example')).toBeUndefined();
  });

  test('an address in another spelling of Unicode', async () => {
    await invite(owner, desk, { email: 'zo\u00eb@example.com' });
    const { browser } = await comeBySso(verified('Zoe\u0308@example.com'));
    expect((await sessionOf(browser, desk))?.person.email).toBe('zo\u00eb@example.com');
  });

  test('a person with a second factor without its code, which only the password asks for', async () => {
    const { browser, person } = await welcome(owner, desk, { email: 'flora@example.com' });
    const url = `${desk.origin}/gateway/account/second-factor`;
    const { uri } = (await askFor(browser, ['POST', url], { body: { password: testPassword } })) as { uri: string };
    const code = (URI.parse(uri) as TOTP).generate();
    await askFor(browser, ['PUT', url], { body: { code } });
    expect((await signIn(desk.open(), desk, 'flora@example.com')).json()).toMatchObject({ state: 'second_factor' });

    const { browser: other } = await comeBySso(verified('flora@example.com'));
    expect(await sessionOf(other, desk)).toMatchObject({ person: { id: person.id, second_factor: true } });
  });

  test('in place of whoever was signed in before, whose session ends', async () => {
    const { browser } = await welcome(owner, desk, { email: 'former@example.com' });
    const former = new Map(browser.cookies.get('desk.example.com'));
    await invite(owner, desk, { email: 'later@example.com' });
    await comeBySso(verified('later@example.com'), browser);
    expect((await sessionOf(browser, desk))?.person.email).toBe('later@example.com');
    const stolen = desk.open();
    stolen.cookies.set('desk.example.com', former);
    expect(await sessionOf(stolen, desk)).toBeUndefined();
  });

  test.runIf(process.env.TEST_DATABASE === 'postgresql')('and none of the provider’s tokens is kept', async () => {
    await invite(owner, desk, { email: 'token@example.com' });
    expect(await sessionOf((await comeBySso(verified('token@example.com'))).browser, desk)).toBeDefined();
    const client = new pg.Client({ connectionString: settings.DATABASE_URL });
    await client.connect();
    const { rows } = await client.query(
      `select access_token, refresh_token, id_token from accounts where account_id = 'sub of token@example.com'`,
    );
    await client.end();
    expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
  });
});

const navigation = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

describe('who does not', () => {
  test('someone whom nobody invited', async () => {
    await expectRefused(await comeBySso(verified('stranger@example.com')), 'not_invited');
    expect(await personOf(owner, desk, 'stranger@example.com')).toBeUndefined();
  });

  test.each([false, undefined, 'false', 'no', 1, null])('an address of which the provider says %j', async (said) => {
    const email = `unproven-${typeof said}-${said}@example.com`;
    await invite(owner, desk, { email });
    await expectRefused(await comeBySso({ ...verified(email), email_verified: said }), 'not_invited');
    expect(await personOf(owner, desk, email)).toMatchObject({ state: 'invited' });
  });

  test('someone without an address', async () => {
    await expectRefused(await comeBySso({ sub: 'addressless', name: 'No Address' }), 'sso_failed');
  });

  test('the demo’s owner, where the demo is not offered', async () => {
    expect(await personOf(owner, desk, 'owner@demo.invalid')).toMatchObject({ roles: ['owner'] });
    await expectRefused(await comeBySso(verified('owner@demo.invalid')), 'not_invited');
  });

  test('a deactivated person, whether they came before or not', async () => {
    for (const email of ['gone@example.com', 'never@example.com']) {
      const { person } = await invite(owner, desk, { email });
      if (email === 'gone@example.com') await comeBySso(verified(email));
      const url = `${desk.origin}/gateway/people/${person.id}`;
      await askFor(owner, ['PUT', url], { body: { deactivated: true } });
      await expectRefused(await comeBySso(verified(email)), 'deactivated');
      await askFor(owner, ['PUT', url], { body: { deactivated: false } });
    }
    expect(await personOf(owner, desk, 'gone@example.com')).toMatchObject({ state: 'active' });
    expect(await personOf(owner, desk, 'never@example.com')).toMatchObject({ state: 'invited' });
  });

  test('someone who turns back at the provider', async () => {
    const browser = desk.open();
    const state = new URL(await begin(browser)).searchParams.get('state');
    const arrival = await browser.go(`${callback}?error=access_denied&state=${state}`);
    await expectRefused({ browser, arrival }, 'sso_failed');
  });
});

describe('the provider', () => {
  test('may be away when Deskbell starts, and come later', async () => {
    await provider.goAway();
    const main = desk;
    try {
      desk = await startDesk({ ...(await deskSettings('away')), ...ssoSettings() });
      const body = { next: '/' };
      const url = `${desk.origin}/gateway/sign-in/sso`;
      const refused = await askFor(desk.open(), ['POST', url], { body, status: 502 });
      expect(refused).toMatchObject({ errors: [{ code: 'sso_unreachable' }] });
      const early = desk.open();
      const arrival = await early.go(`${callback}?code=x&state=y`);
      expect(arrival.url).toBe(`${desk.origin}/sign-in?error=sso_failed`);
      const ownOwner = await setUpOwner(desk);
      await provider.comeBack();
      await invite(ownOwner, desk, { email: 'late@example.com' });
      const { browser } = await comeBySso(verified('late@example.com'));
      expect((await sessionOf(browser, desk))?.person.email).toBe('late@example.com');
    } finally {
      await stopDesk(desk);
      desk = main;
      await provider.goAway();
      await provider.comeBack();
    }
  });

  test('may go away: who signs in is told so, who comes back is refused, and who signed in stays', async () => {
    await invite(owner, desk, { email: 'patient@example.com' });
    const { browser } = await comeBySso(verified('patient@example.com'));
    const waiting = desk.open();
    const back = await waiting.go(await begin(waiting), { stopBefore: callback });
    await provider.goAway();
    try {
      const url = `${desk.origin}/gateway/sign-in/sso`;
      const refused = await askFor(desk.open(), ['POST', url], { body: { next: '/' }, status: 502 });
      expect(refused).toMatchObject({ errors: [{ code: 'sso_unreachable' }] });
      await expectRefused({ browser: waiting, arrival: await waiting.go(back.url) }, 'sso_failed');
      expect(await sessionOf(browser, desk)).toBeDefined();
    } finally {
      await provider.comeBack();
    }
    expect(await sessionOf((await comeBySso(verified('patient@example.com'))).browser, desk)).toBeDefined();
  });

  test('may hang, or be another one: nobody else waits for it', async () => {
    const hanging = await startTestServer();
    const asked = new Promise<(document: string) => void>((resolve) => {
      hanging.answer = (_, outgoing) => resolve((document) => void outgoing.end(document));
    });
    const own = { ...(await deskSettings('hanging')), ...ssoSettings(), OIDC_ISSUER: hanging.url };
    const other = await startDesk(own);
    const beginning = other.open().ask('POST', `${other.origin}/gateway/sign-in/sso`, { body: { next: '/' } });
    const answer = await asked;
    const browser = await setUpOwner(other);
    expect(await sessionOf(browser, other)).toBeDefined();
    // A whole document, but of someone else: what that one signs is not to be believed.
    const foreign: unknown = await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json();
    hanging.answer = json(foreign);
    answer(JSON.stringify(foreign));
    expect((await beginning).json()).toMatchObject({ errors: [{ code: 'sso_unreachable' }] });
    await stopDesk(other);
    await hanging.close();
  });
});
