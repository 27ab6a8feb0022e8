import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Browser, openBrowser } from '#gateway/testing.browser.ts';
import { startTestProvider, type TestProvider } from '#gateway/testing.provider.ts';
import { type Claims, TestPasskey } from './testing.authenticator.ts';
import {
  askFor,
  type Desk,
  deskSettings,
  entriesOf,
  invite,
  sessionOf,
  setUpOwner,
  signIn,
  startDesk,
  testPassword,
  welcome,
} from './testing.desk.ts';

const PUBLIC_URL = 'https://desk.example.com';

let provider: TestProvider;
let desk: Desk;
let owner: Browser;

beforeAll(async () => {
  provider = await startTestProvider(`${PUBLIC_URL}/gateway/sso/callback/oidc`);
  desk = await startDesk({
    ...(await deskSettings('passkeys')),
    PUBLIC_URL,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
  owner = await setUpOwner(desk);
}, 60_000);

afterEach(() => {
  vi.useRealTimers();
});

const own: Claims = { origin: PUBLIC_URL };

/** The operations at one origin, as a browser that has come to it. */
function at(origin: string) {
  const account = `${origin}/gateway/account/passkeys`;
  const way = `${origin}/gateway/sign-in/passkey`;
  return {
    options: async (browser: Browser) =>
      (await askFor(browser, ['GET', `${origin}/gateway/sign-in`])) as { passkeys: boolean },
    list: async (browser: Browser) =>
      (await askFor(browser, ['GET', account])) as {
        data: { id: string; name: string }[];
        obstacle: string | null;
        origin: string | null;
      },
    start: (browser: Browser, password?: string) =>
      browser.ask('POST', `${account}/challenge`, { body: password === undefined ? {} : { password } }),
    add: (browser: Browser, credential: unknown, name = 'Key') =>
      browser.ask('POST', account, { body: { name, credential } }),
    remove: (browser: Browser, id: string) => browser.ask('DELETE', `${account}/${id}`),
    startSignIn: (browser: Browser) => browser.ask('POST', `${way}/challenge`, { body: {} }),
    signIn: (browser: Browser, credential: unknown) => browser.ask('POST', way, { body: { credential } }),
  };
}

type Api = ReturnType<typeof at>;
const api = at(PUBLIC_URL);

const optionsOf = (answer: { json(): unknown }) =>
  (answer.json() as { options: Parameters<TestPasskey['create']>[0] & Parameters<TestPasskey['get']>[0] }).options;
const codeOf = (answer: { status: number; json(): unknown }) => {
  const { errors } = answer.json() as { errors?: { code: string }[] };
  return [answer.status, errors?.[0]?.code];
};

async function register(browser: Browser, claims = own, passkey = new TestPasskey(), of: Api = api) {
  const options = optionsOf(await of.start(browser, testPassword));
  return { passkey, answer: await of.add(browser, passkey.create(options, claims)) };
}

async function signInBy(passkey: TestPasskey, claims = own, browser = desk.open(), of: Api = api) {
  const credential = passkey.get(optionsOf(await of.startSignIn(browser)), claims);
  return { browser, credential, answer: await of.signIn(browser, credential) };
}

/** Someone with a passkey. */
async function holder(email: string) {
  const { browser, person } = await welcome(owner, desk, { email });
  const { passkey, answer } = await register(browser);
  expect(answer.status).toBe(200);
  return { browser, person, passkey };
}

const refused = [401, 'credentials_wrong'];

describe('to sign in', () => {
  test('is enough by itself, and each step is in the log', async () => {
    const { person, passkey } = await holder('alone@example.com');
    const { browser, answer } = await signInBy(passkey);
    expect(answer.json()).toEqual({ type: 'sign_in', state: 'signed_in' });
    expect((await sessionOf(browser, desk))?.person.email).toBe(person.email);
    const entries = await entriesOf(owner, desk, `?person=${person.id}`);
    const told = entries.map(({ operation, status, object, changes }) => [operation, status, object, changes]);
    const self = `/people/${person.id}`;
    expect(told.slice(0, 3)).toEqual([
      ['signInPasskey', 200, self, []],
      ['addPasskey', 200, self, [{ field: 'passkey', after: 'Key' }]],
      ['startPasskey', 200, self, []],
    ]);
  });

  test('a challenge works once, also when it went wrong', async () => {
    const { passkey } = await holder('once@example.com');
    const browser = desk.open();
    const credential = passkey.get(optionsOf(await api.startSignIn(browser)), own);
    const tampered = { ...credential, response: { ...credential.response, signature: 'AAAA' } };
    expect(codeOf(await api.signIn(browser, tampered))).toEqual(refused);
    expect(codeOf(await api.signIn(browser, credential))).toEqual(refused);
    expect(await sessionOf(browser, desk)).toBeUndefined();

    const again = await signInBy(passkey, own, browser);
    expect(again.answer.status).toBe(200);
    expect(codeOf(await api.signIn(browser, again.credential))).toEqual(refused);
  });

  test('a challenge is of the browser that asked for it', async () => {
    const { passkey } = await holder('browser@example.com');
    const credential = passkey.get(optionsOf(await api.startSignIn(desk.open())), own);
    expect(codeOf(await api.signIn(desk.open(), credential))).toEqual(refused);
    const other = desk.open();
    await api.startSignIn(other);
    expect(codeOf(await api.signIn(other, credential))).toEqual(refused);
  });

  test.each<[string, Claims]>([
    ['another site', { origin: 'https://evil.example' }],
    ['a site below ours', { origin: 'https://evil.desk.example.com' }],
    ['another port', { origin: `${PUBLIC_URL}:8443` }],
    ['a page without encryption', { origin: 'http://desk.example.com' }],
    ['another domain', { ...own, domain: 'example.com' }],
    ['somebody who has not shown themselves', { ...own, isShown: false }],
  ])('what was signed for %s is refused', async (what, claims) => {
    const email = `${what.replaceAll(' ', '-')}@example.com`;
    const { passkey, person, browser } = await holder(email);
    const wrong = await signInBy(passkey, claims);
    expect(codeOf(wrong.answer)).toEqual(refused);
    expect(await sessionOf(wrong.browser, desk)).toBeUndefined();
    expect((await entriesOf(owner, desk, `?person=${person.id}`))[0]).toMatchObject({
      operation: 'signInPasskey',
      status: 401,
      refusal: 'credentials_wrong',
    });
    expect((await signInBy(passkey)).answer.status).toBe(200);

    const { answer } = await register(browser, claims);
    expect(codeOf(answer)).toEqual([422, 'passkey_refused']);
    expect((await api.list(browser)).data).toHaveLength(1);
  });

  test('a copy of a passkey that counts is found out', async () => {
    const { browser } = await welcome(owner, desk, { email: 'counts@example.com' });
    const { passkey } = await register(browser, { ...own, counter: 1 });
    expect((await signInBy(passkey, { ...own, counter: 4_000_000_000 })).answer.status).toBe(200);
    expect(codeOf((await signInBy(passkey, { ...own, counter: 4_000_000_000 })).answer)).toEqual(refused);
  });

  test('who is deactivated stays out, and comes back when let in again', async () => {
    const { passkey, person } = await holder('deactivated@example.com');
    const update = (deactivated: boolean) =>
      askFor(owner, ['PUT', `${PUBLIC_URL}/gateway/people/${person.id}`], { body: { deactivated } });
    await update(true);
    const { answer, browser } = await signInBy(passkey);
    expect(codeOf(answer)).toEqual([403, 'deactivated']);
    expect(await sessionOf(browser, desk)).toBeUndefined();
    await update(false);
    expect((await signInBy(passkey)).answer.status).toBe(200);
  });

  test('a removed passkey lets nobody in, and nobody else can remove it', async () => {
    const { passkey, browser, person } = await holder('removed@example.com');
    const { browser: other } = await welcome(owner, desk, { email: 'other@example.com' });
    const [kept] = (await api.list(browser)).data;
    expect((await api.list(other)).data).toEqual([]);
    expect(codeOf(await api.remove(other, kept?.id ?? ''))).toEqual([404, 'not_found']);
    expect((await signInBy(passkey)).answer.status).toBe(200);
    expect((await api.remove(browser, kept?.id ?? '')).status).toBe(200);
    expect(codeOf((await signInBy(passkey)).answer)).toEqual(refused);
    const [entry] = await entriesOf(owner, desk, `?person=${person.id}&operation=removePasskey`);
    expect(entry?.changes).toEqual([{ field: 'passkey', before: 'Key' }]);
  });
});

describe('to add one', () => {
  test('the password is asked for, and wrong ones are counted and logged', async () => {
    const { browser, person } = await welcome(owner, desk, { email: 'password@example.com' });
    expect(codeOf(await api.start(browser))).toEqual([400, 'parameter_invalid']);
    expect(codeOf(await api.start(browser, 'not the password'))).toEqual(refused);
    expect((await entriesOf(owner, desk, `?person=${person.id}`))[0]).toMatchObject({
      operation: 'startPasskey',
      refusal: 'credentials_wrong',
    });
    for (let tries = 2; tries <= 10; tries += 1) await api.start(browser, 'not the password');
    expect(codeOf(await api.start(browser, testPassword))).toEqual([429, 'too_many_attempts']);
  });

  test('one has to begin, as oneself, and with that very step', async () => {
    const { browser } = await welcome(owner, desk, { email: 'begin@example.com' });
    const { browser: other } = await welcome(owner, desk, { email: 'begin-other@example.com' });
    const options = optionsOf(await api.start(browser, testPassword));
    const credential = new TestPasskey().create(options, own);
    expect(codeOf(await api.add(other, credential))).toEqual([422, 'passkey_refused']);
    // The challenge's cookie without the session that it was made for.
    const jar = browser.cookies.get('desk.example.com') ?? new Map<string, string>();
    for (const [name, value] of jar) {
      if (/passkey/.test(name)) other.cookies.get('desk.example.com')?.set(name, value);
    }
    expect(codeOf(await api.add(other, credential))).toEqual([422, 'passkey_refused']);

    await api.startSignIn(browser);
    const { challenge } = optionsOf(await api.startSignIn(browser));
    const bySignIn = new TestPasskey().create({ ...options, challenge }, own);
    expect(codeOf(await api.add(browser, bySignIn))).toEqual([422, 'passkey_refused']);
    expect((await register(browser)).answer.status).toBe(200);
  });

  test('nobody takes over the passkey of another', async () => {
    const { passkey, person } = await holder('owned@example.com');
    const { browser: thief } = await welcome(owner, desk, { email: 'thief@example.com' });
    const { answer } = await register(thief, own, new TestPasskey(passkey.id));
    expect(codeOf(answer)).toEqual([422, 'passkey_refused']);
    const { browser } = await signInBy(passkey);
    expect((await sessionOf(browser, desk))?.person.email).toBe(person.email);
  });

  test('who has no password has to have signed in just now', async () => {
    const email = 'sso@example.com';
    await invite(owner, desk, { email });
    provider.person = { sub: email, email, email_verified: true, name: 'By the provider' };
    const browser = desk.open();
    const body = { next: '/' };
    const begun = await askFor(browser, ['POST', `${PUBLIC_URL}/gateway/sign-in/sso`], { body });
    await browser.go((begun as { url: string }).url);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    expect(codeOf(await api.start(browser))).toEqual([403, 'sign_in_too_old']);
    vi.useRealTimers();
    expect((await register(browser)).answer.status).toBe(200);
  });
});

describe('without PUBLIC_URL', () => {
  let local: Desk;
  let url: string;
  let foreign: string;
  const openLocal = () => openBrowser({ [url]: local.origin, [foreign]: local.origin });

  beforeAll(async () => {
    local = await startDesk(await deskSettings('passkeys-local'));
    url = local.origin.replace('127.0.0.1', 'localhost');
    foreign = 'http://localhost:1';
    await setUpOwner(local);
  }, 60_000);

  test('they work on localhost with our own port alone', async () => {
    expect((await at(local.origin).options(local.open())).passkeys).toBe(false);
    expect((await at(foreign).options(openLocal())).passkeys).toBe(false);
    expect((await at(url).options(openLocal())).passkeys).toBe(true);

    const browser = openLocal();
    await signIn(browser, { ...local, origin: url }, 'olga@example.com');
    expect(await at(url).list(browser)).toMatchObject({ obstacle: null, origin: url });
    const { passkey, answer } = await register(browser, { origin: url }, new TestPasskey(), at(url));
    expect(answer.status).toBe(200);
    expect((await signInBy(passkey, { origin: url }, openLocal(), at(url))).answer.status).toBe(200);

    // A page of another program on this machine, which is localhost too, passes on what was signed there.
    const passedOn = await signInBy(passkey, { origin: foreign }, openLocal(), at(url));
    expect(codeOf(passedOn.answer)).toEqual(refused);
    expect(codeOf(await at(foreign).startSignIn(openLocal()))).toEqual([403, 'passkeys_impossible']);
    const thief = openLocal();
    const credential = passkey.get(optionsOf(await at(url).startSignIn(thief)), { origin: foreign });
    expect(codeOf(await at(foreign).signIn(thief, credential))).toEqual([403, 'passkeys_impossible']);
  });

  test('elsewhere it says where', async () => {
    const browser = local.open();
    await signIn(browser, local, 'olga@example.com');
    const other = at(local.origin);
    expect(await other.list(browser)).toMatchObject({ obstacle: 'other_address', origin: url });
    expect(codeOf(await other.start(browser, testPassword))).toEqual([403, 'passkeys_impossible']);
  });

  test('who asks for challenges without end has to wait', async () => {
    const browser = openLocal();
    let status = 200;
    for (let times = 0; times < 101 && status === 200; times += 1) status = (await at(url).startSignIn(browser)).status;
    expect(status).toBe(429);
  });
});

test('the demo’s accounts take none', async () => {
  const demo = await startDesk({ ...(await deskSettings('passkeys-demo')), SEED: 'demo' });
  const url = demo.origin.replace('127.0.0.1', 'localhost');
  const browser = openBrowser({ [url]: demo.origin });
  await askFor(browser, ['POST', `${url}/gateway/sign-in/demo`], { body: { role: 'agent' } });
  expect((await at(url).list(browser)).obstacle).toBe('demo');
  expect(codeOf(await at(url).start(browser))).toEqual([403, 'not_offered']);
}, 60_000);

test('an IP address can have none', async () => {
  const numbered = await startDesk({ ...(await deskSettings('passkeys-ip')), PUBLIC_URL: 'https://192.0.2.7' });
  const browser = await setUpOwner(numbered);
  const there = at(numbered.origin);
  expect((await there.options(browser)).passkeys).toBe(false);
  expect(await there.list(browser)).toMatchObject({ obstacle: 'no_domain', origin: null });
  expect(codeOf(await there.startSignIn(browser))).toEqual([403, 'passkeys_impossible']);
}, 60_000);
