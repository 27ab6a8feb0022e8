import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestBrowser, type TestServer } from './testing.ts';

// One server whose people come by invitation, as on a real one: nobody is offered an account.
let server: TestServer;
let owner: TestBrowser;
const password = 'a long enough passphrase';
const ownerEmail = 'frida@example.com';

beforeAll(async () => {
  server = await startTestServer({ SEED: 'empty', PERSON_RATE_LIMIT: 'off' });
  owner = server.browser();
  const data = { token: tokenOf(server.setUpLink), name: 'Frida First', email: ownerEmail, password };
  expect(await owner.ask('POST', '/gateway/links/follow', data)).toMatchObject({ status: 200 });
}, 60_000);
afterAll(() => server.stop(), 60_000);

const tokenOf = (link: string | undefined) => link?.split('#')[1];

let made = 0;

/** Invites someone, and has them accept. */
async function join(roles: string[]): Promise<{ browser: TestBrowser; id: string; email: string; link: string }> {
  made += 1;
  const email = `person-${made}@example.com`;
  const invited = await owner.ask('POST', '/gateway/people', { name: `Person ${made}`, email, roles });
  const { link, person } = invited.body;
  const browser = server.browser();
  await browser.ask('POST', '/gateway/links/follow', { token: tokenOf(link), password });
  return { browser, id: person.id, email, link };
}

const whoIs = async (browser: TestBrowser) => (await browser.ask('GET', '/gateway/session')).body?.person?.email;
const signIn = (browser: TestBrowser, email: string, given = password) =>
  browser.ask('POST', '/gateway/sign-in', { email, password: given });

describe('links', () => {
  test('make the first owner once; then the link is unknown, as is every other', async () => {
    expect(await whoIs(owner)).toBe(ownerEmail);
    const token = tokenOf(server.setUpLink);
    for (const other of [token, 'x'.repeat(43)]) {
      const data = { token: other, name: 'Second', email: 'second@example.com', password };
      const answer = await server.browser().ask('POST', '/gateway/links/follow', data);
      expect([answer.status, answer.code]).toEqual([404, 'link_gone']);
      expect((await server.browser().ask('POST', '/gateway/links/read', { token: other })).status).toBe(404);
    }
  });

  test('have 256 random bits, lead to our own origin, and can be read without being used', async () => {
    const evil = { Origin: server.urls.dashboard, 'X-Forwarded-Host': 'evil.invalid', Forwarded: 'host=evil.invalid' };
    const invitation = { name: 'Ina', email: 'ina@example.com', roles: ['agent'] };
    const { body } = await owner.ask('POST', '/gateway/people', invitation, evil);
    expect(body.link).toMatch(new RegExp(`^${server.urls.dashboard}/welcome#[\\w-]{43}$`));
    expect(body.person.state).toBe('invited');
    for (let times = 0; times < 2; times += 1) {
      const read = await server.browser().ask('POST', '/gateway/links/read', { token: tokenOf(body.link) });
      expect(read.body).toMatchObject({ kind: 'invitation', name: 'Ina', email: 'ina@example.com' });
      expect(read.body.expires_at).toBeLessThanOrEqual(Date.now() / 1000 + 72 * 3600);
    }
  });

  test('of a renewed invitation the older one stops working', async () => {
    const invited = await owner.ask('POST', '/gateway/people', { name: 'R', email: 'r@example.com', roles: ['agent'] });
    const renewed = await owner.ask('POST', `/gateway/people/${invited.body.person.id}/invitation`, {});
    const read = (link: string) => server.browser().ask('POST', '/gateway/links/read', { token: tokenOf(link) });
    expect((await read(invited.body.link)).status).toBe(404);
    expect((await read(renewed.body.link)).status).toBe(200);
  });

  test.each(['', '1234567', 'x'.repeat(129)])('take no password such as %j, and stay usable', async (given) => {
    const email = `short-${given.length}@example.com`;
    const { body } = await owner.ask('POST', '/gateway/people', { name: 'S', email, roles: ['agent'] });
    const data = { token: tokenOf(body.link), password: given };
    const answer = await server.browser().ask('POST', '/gateway/links/follow', data);
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'password']);
    const accepted = await server.browser().ask('POST', '/gateway/links/follow', { ...data, password });
    expect(accepted.status).toBe(200);
  });
});

describe('a session', () => {
  test('begins anew with each sign-in, in a cookie that no script reads', async () => {
    const { browser, email } = await join(['agent']);
    const before = browser.cookie;
    const answer = await signIn(browser, email);
    expect(browser.cookie).not.toBe(before);
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/);
    const replayed = server.browser();
    replayed.cookies.set('deskbell.session_token', before.replace(/^[^=]+=/, ''));
    expect((await replayed.ask('GET', '/gateway/session')).status).toBe(401);
  });

  test.each<[string, (cookie: string) => string]>([
    ['cut', (cookie) => cookie.slice(0, -5)],
    ['signed otherwise', (cookie) => cookie.replace(/\..*/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D')],
    ['not signed', (cookie) => cookie.replace(/\..*/, '')],
    ['of another token', (cookie) => (cookie.startsWith('A') ? 'B' : 'A') + cookie.slice(1)],
    ['empty', () => ''],
    ['SQL', () => `' or 1=1--.x`],
    ['huge', () => 'A'.repeat(7_000)],
    ['no UTF-8', () => '%ff%fe.%ed%a0%80'],
  ])('whose cookie is %s is none', async (_, tamper) => {
    const { browser } = await join(['agent']);
    const other = server.browser();
    other.cookies.set('deskbell.session_token', tamper(browser.cookie.replace(/^[^=]+=/, '')));
    expect((await other.ask('GET', '/gateway/session')).status).toBe(401);
    expect((await other.ask('PUT', '/api/ticket_types/1', { name: 'x' })).status).toBe(401);
  });

  test('ends at the next request after signing out, with whatever the browser keeps', async () => {
    const { browser } = await join(['agent']);
    const { cookie } = browser;
    const answer = await browser.ask('POST', '/gateway/sign-out', {});
    expect(answer.headers.get('clear-site-data')).toBe('"storage"');
    expect((await server.browser().ask('GET', '/gateway/session', undefined, { Cookie: cookie })).status).toBe(401);
  });

  test('ends at the next request after its person is deactivated, who cannot come back', async () => {
    const { browser, id, email } = await join(['admin']);
    await owner.ask('PUT', `/gateway/people/${id}`, { deactivated: true });
    expect((await browser.ask('GET', '/gateway/session')).status).toBe(401);
    expect((await signIn(server.browser(), email)).code).toBe('credentials_wrong');
    await owner.ask('PUT', `/gateway/people/${id}`, { deactivated: false });
    // Let in again, they sign in again: what was ended stays ended.
    expect((await browser.ask('GET', '/gateway/session')).status).toBe(401);
    expect((await signIn(server.browser(), email)).status).toBe(200);
  });

  test('ends elsewhere when the password is changed, and everywhere when it is reset', async () => {
    const { browser, email } = await join(['agent']);
    const elsewhere = server.browser();
    await signIn(elsewhere, email);
    const next = 'quite another passphrase';
    const change = { current_password: password, new_password: next };
    expect((await browser.ask('POST', '/gateway/account/password', change)).status).toBe(200);
    expect((await elsewhere.ask('GET', '/gateway/session')).status).toBe(401);
    expect(await whoIs(browser)).toBe(email);
    expect((await signIn(server.browser(), email)).status).toBe(401);
    expect((await signIn(server.browser(), email, next)).status).toBe(200);
  });

  test('has the roles of this moment: what was taken away is refused at the next request', async () => {
    const { browser, id } = await join(['admin']);
    expect((await browser.ask('POST', '/api/ticket_types', { name: 'While admin' })).status).toBe(200);
    await owner.ask('PUT', `/gateway/people/${id}`, { roles: ['agent'] });
    const refused = await browser.ask('POST', '/api/ticket_types', { name: 'No more' });
    expect([refused.status, refused.code]).toEqual([403, 'role_required']);
    expect((await browser.ask('GET', '/gateway/session')).body.operations).not.toContain('createTicketType');
  });

  test('is listed with the others of the person, who may end them, but nobody else’s', async () => {
    const one = await join(['agent']);
    const other = await join(['agent']);
    const elsewhere = server.browser();
    await elsewhere.ask('POST', '/gateway/sign-in', { email: one.email, password }, { 'User-Agent': 'Telescope 1.0' });
    const { data } = (await one.browser.ask('GET', '/gateway/account/sessions')).body;
    expect(data).toHaveLength(2);
    const found = data.find((session: { is_current: boolean }) => !session.is_current);
    expect(found).toMatchObject({ user_agent: 'Telescope 1.0', address: '127.0.0.1' });
    const address = `/gateway/account/sessions/${found.id}`;
    expect((await other.browser.ask('DELETE', address)).status).toBe(404);
    expect(await whoIs(elsewhere)).toBe(one.email);
    expect((await one.browser.ask('DELETE', address)).status).toBe(200);
    expect((await elsewhere.ask('GET', '/gateway/session')).status).toBe(401);
  });
});

describe('signing in', () => {
  test('says the same of an unknown address and of a wrong password, in the same form', async () => {
    const { email } = await join(['agent']);
    const [unknown, wrong] = [
      await signIn(server.browser(), 'nobody@example.com'),
      await signIn(server.browser(), email, 'wrong'),
    ];
    const told = ({ status, body }: typeof unknown) => [status, body.errors];
    expect(told(unknown)).toEqual(told(wrong));
    expect(unknown.status).toBe(401);
  });

  test('stops after ten wrong passwords, whatever the address claims to be and however the account is spelled', async () => {
    const { email, browser } = await join(['agent']);
    const spellings = [email, email.toUpperCase(), ` ${email} `, email.replace('p', 'P')];
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const forged = { 'X-Forwarded-For': `10.0.0.${attempt}`, 'CF-Connecting-IP': `10.1.0.${attempt}` };
      const data = { email: spellings[attempt % 4], password: `wrong ${attempt}` };
      statuses.push((await server.browser().ask('POST', '/gateway/sign-in', data, forged)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    const right = await signIn(server.browser(), email);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
    // Who is signed in already goes on.
    expect(await whoIs(browser)).toBe(email);
    const { data } = (await owner.ask('GET', '/gateway/activity?operation=signIn&outcome=refused')).body;
    const throttled = data.filter((entry: { refusal: string }) => entry.refusal === 'too_many_attempts');
    expect(throttled).toHaveLength(1);
    expect(throttled[0].address).toBe('127.0.0.1');
  });

  test('resets a forgotten password by a link, and answers alike for who is unknown', async () => {
    const { email, browser } = await join(['agent']);
    const ask = (address: string) => server.browser().ask('POST', '/gateway/password-reset', { email: address });
    const [known, unknown] = [await ask(email), await ask('nobody-else@example.com')];
    expect([known.status, known.body]).toEqual([200, { type: 'done', by: 'log' }]);
    expect([unknown.status, unknown.body]).toEqual([200, { type: 'done', by: 'log' }]);
    expect(await whoIs(browser)).toBe(email);
  });

  test('offers no account where there is no demo', async () => {
    const options = (await server.browser().ask('GET', '/gateway/sign-in')).body;
    expect(options).toMatchObject({ needs_set_up: false, demo_roles: [], sso: null });
    const answer = await server.browser().ask('POST', '/gateway/sign-in/demo', { role: 'owner' });
    expect([answer.status, answer.code]).toEqual([403, 'not_offered']);
  });
});

describe('people', () => {
  test('keep an owner: the last one can neither leave nor be made less', async () => {
    const { id } = (await owner.ask('GET', '/gateway/session')).body.person;
    for (const change of [{ roles: ['admin'] }, { deactivated: true }]) {
      const answer = await owner.ask('PUT', `/gateway/people/${id}`, change);
      expect([answer.status, answer.code]).toEqual([409, 'last_owner']);
    }
    // Someone invited as an owner cannot sign in yet, and so is none.
    await owner.ask('POST', '/gateway/people', { name: 'L', email: 'later@example.com', roles: ['owner'] });
    expect((await owner.ask('PUT', `/gateway/people/${id}`, { roles: ['admin'] })).code).toBe('last_owner');
  });

  test('two owners who demote each other at once leave one', async () => {
    const two = await join(['owner']);
    const { id } = (await owner.ask('GET', '/gateway/session')).body.person;
    const [one, other] = await Promise.all([
      owner.ask('PUT', `/gateway/people/${two.id}`, { roles: ['agent'] }),
      two.browser.ask('PUT', `/gateway/people/${id}`, { roles: ['agent'] }),
    ]);
    expect([one.status, other.status].filter((status) => status === 200)).toHaveLength(1);
    expect([403, 409]).toContain([one.status, other.status].find((status) => status !== 200));
    const stillOwner = one.status === 200 ? owner : two.browser;
    const { data } = (await stillOwner.ask('GET', '/gateway/people')).body;
    const owners = data.filter(
      (each: { roles: string[]; state: string }) => each.roles.includes('owner') && each.state === 'active',
    );
    expect(owners).toHaveLength(1);
    if (one.status !== 200) {
      await two.browser.ask('PUT', `/gateway/people/${id}`, { roles: ['owner'] });
    }
  });

  test('are not made by what a body says besides', async () => {
    const { browser, id } = await join(['agent']);
    const more = { name: 'Renamed', roles: ['owner'], id: 'x', is_admin: true, isDemo: true, email: 'new@example.com' };
    expect((await browser.ask('PUT', '/gateway/account', more)).status).toBe(200);
    const { data } = (await owner.ask('GET', '/gateway/people')).body;
    const found = data.find((each: { id: string }) => each.id === id);
    expect(found).toMatchObject({ name: 'Renamed', roles: ['agent'], state: 'active' });
    expect(found.email).not.toBe('new@example.com');
  });

  test('have one account for an address, however it is spelled', async () => {
    const { email } = await join(['agent']);
    const again = { name: 'Again', email: ` ${email.toUpperCase()} `, roles: ['agent'] };
    const answer = await owner.ask('POST', '/gateway/people', again);
    expect([answer.status, answer.code, answer.body.errors[0].field]).toEqual([409, 'email_taken', 'email']);
  });
});
