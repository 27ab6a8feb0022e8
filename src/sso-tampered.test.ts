import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '#gateway/testing.browser.ts';
import { startTestProvider, type TestProvider } from '#gateway/testing.provider.ts';
import { type Desk, deskSettings, entriesOf, invite, sessionOf, setUpOwner, startDesk } from './testing.desk.ts';

const PUBLIC_URL = 'https://desk.example.com';
const callback = `${PUBLIC_URL}/gateway/sso/callback/oidc`;
const person = { sub: 'vera', email: 'vera@example.com', email_verified: true, name: 'Vera' };

let provider: TestProvider;
let desk: Desk;
let owner: Browser;

beforeAll(async () => {
  provider = await startTestProvider(callback);
  provider.person = person;
  const oidc = { OIDC_CLIENT_ID: provider.clientId, OIDC_CLIENT_SECRET: provider.clientSecret };
  const edge = { PUBLIC_URL, TRUSTED_PROXY: '127.0.0.1', OIDC_ISSUER: provider.issuer };
  desk = await startDesk({ ...(await deskSettings('tampered')), ...edge, ...oidc });
  owner = await setUpOwner(desk);
  await invite(owner, desk, { email: person.email });
}, 60_000);

beforeEach(() => {
  provider.forge = undefined;
  provider.usesForeignKey = false;
});

/** Asks for the provider's address; whatever the headers say, it is to send people back to us. */
async function begin(browser: Browser, next = '/', headers: Record<string, string> = {}) {
  const answer = await browser.ask('POST', `${desk.origin}/gateway/sign-in/sso`, { body: { next }, headers });
  return { status: answer.status, url: (answer.json() as { url?: string }).url ?? '' };
}

/** A browser that has been at the provider's, and the address that leads it back. */
async function withReturn(): Promise<{ browser: Browser; back: string }> {
  const browser = desk.open();
  const { url } = await browser.go((await begin(browser)).url, { stopBefore: callback });
  expect(new URL(url).searchParams.get('code')).toMatch(/./);
  return { browser, back: url };
}

async function expectFailed(browser: Browser, address: string): Promise<void> {
  const before = await entriesOf(owner, desk, '?operation=signInSso');
  const arrival = await browser.go(address);
  expect([arrival.status, arrival.url]).toEqual([200, `${desk.origin}/sign-in?error=sso_failed`]);
  expect(await sessionOf(browser, desk)).toBeUndefined();
  const [newest, ...older] = await entriesOf(owner, desk, '?operation=signInSso');
  expect(newest).toMatchObject({ status: 403, refusal: 'sso_failed', person: null });
  expect(older).toEqual(before.slice(0, 49));
}

const withParameter = (name: string, change: (value: string) => string | undefined) => (address: string) => {
  const url = new URL(address);
  const value = change(url.searchParams.get(name) ?? '');
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.href;
};
const mirrored = (value: string) => [...value].reverse().join('');

describe('an address back that was tampered with', () => {
  test('works when it was not', async () => {
    const { browser, back } = await withReturn();
    expect((await browser.go(back)).url).toBe(`${desk.origin}/`);
    expect((await sessionOf(browser, desk))?.person.email).toBe(person.email);
  });

  test.each<[string, (address: string) => string]>([
    ['no state', withParameter('state', () => undefined)],
    ['an empty state', withParameter('state', () => '')],
    ['another state', withParameter('state', mirrored)],
    ['a state with a quote', withParameter('state', (state) => `${state}'--`)],
    ['a long state', withParameter('state', (state) => state.repeat(100))],
    ['no code', withParameter('code', () => undefined)],
    ['another code', withParameter('code', mirrored)],
    ['two codes', (address) => `${address}&code=x`],
    ['two states', (address) => `${address}&state=x`],
    ['another issuer', withParameter('iss', () => 'https://evil.invalid')],
    ['an error', (address) => `${address}&error=server_error`],
    ['an error for which we have words of our own, and no state', () => `${callback}?error=deactivated`],
    ['nothing at all', () => callback],
  ])('%s', async (_, tamper) => {
    const { browser, back } = await withReturn();
    await expectFailed(browser, tamper(back));
  });

  test('it was used before', async () => {
    const { browser, back } = await withReturn();
    const kept = new Map(browser.cookies.get('desk.example.com'));
    await browser.go(back);
    expect(await sessionOf(browser, desk)).toBeDefined();
    browser.cookies.set('desk.example.com', kept);
    await expectFailed(browser, back);
  });

  test('another browser comes with it, which has no cookies or those of a way of its own', async () => {
    const { back } = await withReturn();
    await expectFailed(desk.open(), back);
    const { browser: other } = await withReturn();
    await expectFailed(other, back);
  });

  test('it is written to, or asked for by a script', async () => {
    const { browser, back } = await withReturn();
    expect((await browser.ask('POST', back, { body: {} })).status).toBe(404);
    for (const [mode, site] of [
      ['cors', 'cross-site'],
      ['no-cors', 'same-site'],
    ] as const) {
      const headers = { 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': 'empty', 'Sec-Fetch-Site': site };
      expect((await browser.ask('GET', back, { headers })).status).toBe(403);
    }
    expect(await sessionOf(browser, desk)).toBeUndefined();
  });
});

test('whoever comes back without end fills neither the log nor the provider’s ears', async () => {
  const headers = { 'X-Forwarded-For': '192.0.2.7' };
  const answers = await Promise.all(Array.from({ length: 103 }, () => desk.open().ask('GET', callback, { headers })));
  const ends = answers.map((answer) => answer.headers.location).toSorted();
  expect(ends.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => '/sign-in?error=sso_failed'));
  expect(ends.slice(100)).toEqual(Array.from({ length: 3 }, () => '/sign-in?error=too_many_attempts'));
  const entries = await entriesOf(owner, desk, '?operation=signInSso');
  expect(entries.filter((entry) => entry.refusal === 'too_many_attempts')).toEqual([
    expect.objectContaining({ status: 429, address: '192.0.2.7' }),
  ]);
  expect((await begin(desk.open(), '/', headers)).status).toBe(429);

  const { browser, back } = await withReturn();
  await browser.go(back);
  expect(await sessionOf(browser, desk)).toBeDefined();
});

describe('an ID token of the provider', () => {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;

  test('is good when its claims are, signed anew', async () => {
    provider.forge = (claims) => ({ ...claims, exp: inAnHour });
    const { browser, back } = await withReturn();
    await browser.go(back);
    expect(await sessionOf(browser, desk)).toBeDefined();
  });

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown> | undefined]>([
    ['is for another client', (claims) => ({ ...claims, aud: 'someone-else' })],
    ['answers another request', (claims) => ({ ...claims, nonce: 'another' })],
    ['answers no request', ({ nonce: _, ...claims }) => claims],
    ['is of another issuer', (claims) => ({ ...claims, iss: 'https://evil.invalid' })],
    ['has expired', (claims) => ({ ...claims, exp: inAnHour - 7200 })],
    ['is about someone else', (claims) => ({ ...claims, sub: 'someone-else' })],
    ['is not there', () => undefined],
  ])('%s', async (_, forge) => {
    provider.forge = forge;
    const { browser, back } = await withReturn();
    await expectFailed(browser, back);
  });

  test('is signed by someone else', async () => {
    provider.forge = (claims) => claims;
    provider.usesForeignKey = true;
    const { browser, back } = await withReturn();
    await expectFailed(browser, back);
  });
});

describe('where a person ends up', () => {
  test.each([
    '//evil.invalid',
    '///evil.invalid',
    '/\\evil.invalid',
    '\\\\evil.invalid',
    'https:evil.invalid',
    'https://evil.invalid',
    'javascript:alert(1)',
    '%2f%2fevil.invalid',
    '/%2fevil.invalid',
    '/%5cevil.invalid',
    '/%09/evil.invalid',
    '/\t/evil.invalid',
    '\t//evil.invalid',
    '/\n/evil.invalid',
    '/\r\nLocation: https://evil.invalid',
    ' //evil.invalid',
    '/@evil.invalid',
    '@evil.invalid',
    '.evil.invalid',
    '/.//evil.invalid',
    '/..//evil.invalid',
    '/x/..//evil.invalid',
    '/x/%2e%2e//evil.invalid',
    '/.\t//evil.invalid',
    '',
    '/sign-in?error=deactivated',
    '/ticket-types?error=x',
  ])('for next %j is our own origin, signed in', async (next) => {
    const browser = desk.open();
    const { status, url } = await begin(browser, next);
    expect(status).toBe(200);
    const { way } = await browser.go(url, { stopBefore: 'https://evil' });
    const returned = way.slice(way.findIndex((address) => address.startsWith(callback)));
    expect(returned.length).toBeGreaterThan(1);
    for (const address of returned) expect(address).toMatch(/^https:\/\/desk\.example\.com\/(?!\/)/);
    expect((await sessionOf(browser, desk))?.person.email).toBe(person.email);
  });

  test.each([
    { Origin: 'https://evil.invalid' },
    { Host: 'evil.invalid' },
    { 'X-Forwarded-Host': 'evil.invalid' },
    { 'X-Forwarded-Host': 'evil.invalid', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Port': '1' },
    { Forwarded: 'for=1.2.3.4;host=evil.invalid;proto=http' },
    { 'X-Original-URL': 'https://evil.invalid/', 'X-Rewrite-URL': 'https://evil.invalid/' },
    { Referer: 'https://evil.invalid/' },
  ])('%j changes nothing of it', async (headers) => {
    const browser = desk.open();
    const refused = { Origin: 403, Host: 421 }[Object.keys(headers)[0] ?? ''];
    const { status, url } = await begin(browser, '/', headers);
    expect(status).toBe(refused ?? 200);
    expect(url).not.toContain('evil');
    if (refused === undefined) expect(new URL(url).searchParams.get('redirect_uri')).toBe(callback);

    const { browser: returning, back } = await withReturn();
    const isNavigated = !('Origin' in headers || 'Host' in headers);
    const arrival = await returning.go(back, { headers, stopBefore: `${desk.origin}/` });
    expect([arrival.status, arrival.url]).toEqual(isNavigated ? [302, `${desk.origin}/`] : [refused, back]);
  });
});
