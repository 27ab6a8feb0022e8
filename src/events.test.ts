import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idempotencyKeyHeader } from '#contract/request.ts';
import type { Browser } from '#gateway/testing.browser.ts';
import { json, startTestServer, type TestServer } from '#gateway/testing.ts';
import {
  askFor,
  type Desk,
  deskSettings,
  setUpOwner,
  signIn,
  startDesk,
  stopDesk,
  testPassword,
  welcome,
} from './testing.desk.ts';
import { watchEvents } from './testing.events.ts';

// In front of a double of Intercom, whose tickets are in no database of ours.
let intercom: TestServer;
let settings: Record<string, string>;
let desk: Desk;
let owner: Browser;

beforeAll(async () => {
  intercom = await startTestServer();
  settings = { ...(await deskSettings('events')), INTERCOM_ACCESS_TOKEN: 'tok', INTERCOM_BASE_URL: intercom.url };
  desk = await startDesk(settings);
  owner = await setUpOwner(desk);
}, 60_000);
afterAll(() => intercom.close());

const cookieOf = (browser: Browser) =>
  [...(browser.cookies.get('127.0.0.1') ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
const watch = (browser: Browser) => watchEvents(desk.origin, cookieOf(browser));

/** The double answers a write with the id, and everything else as no admin of it asks. */
function answering(write: TestServer['answer']) {
  intercom.answer = (incoming, ...others) => {
    const ofAdmins = incoming.url === '/admins' ? { type: 'admin.list', admins: [] } : undefined;
    const ofToken = incoming.url === '/me' ? { type: 'admin', id: '1', name: 'T', email: 't@example.com' } : undefined;
    const known = ofAdmins ?? ofToken;
    (known ? json(known) : write)(incoming, ...others);
  };
}

const headers = () => ({ [idempotencyKeyHeader]: randomUUID() });
const tag = (browser: Browser, ticket: string) =>
  browser.ask('POST', `${desk.origin}/api/tickets/${ticket}/tags`, { body: { id: '3' }, headers: headers() });

describe('who watches', () => {
  test('hears within two seconds of a ticket that someone else has changed, and of nothing that was refused', async () => {
    const { browser } = await welcome(owner, desk, { email: 'wanda@example.com' });
    const watched = await watch(browser);
    answering(json({ type: 'error.list', request_id: null, errors: [{ code: 'tag_not_found' }] }, 404));
    expect((await tag(owner, '8')).status).toBe(404);
    answering(json({ type: 'tag', id: '3', name: 'Late' }));
    expect((await tag(owner, '9')).status).toBe(200);
    await expect.poll(watched.changes, { timeout: 2_000 }).toEqual([{ type: 'tickets', ids: ['9'] }]);
  });

  test('hears of a ticket that was created, by its new id', async () => {
    const watched = await watch(owner);
    answering(json({ type: 'ticket', id: '4711' }));
    const body = { ticket_type_id: '1', contacts: [{ id: 'c' }] };
    await askFor(owner, ['POST', `${desk.origin}/api/tickets`], { body, headers: headers() });
    await expect.poll(watched.changes, { timeout: 2_000 }).toEqual([{ type: 'tickets', ids: ['4711'] }]);
  });

  test('gets a stream that nobody keeps or gathers, and is told how soon to come back', async () => {
    const { response, messages } = await watch(owner);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    await expect.poll(() => messages, { timeout: 2_000 }).toEqual(['retry: 2000']);
  });

  test('has to be signed in', async () => {
    expect((await watchEvents(desk.origin, '')).response.status).toBe(401);
  });

  test('has ten streams at most: the oldest makes room, and is told so', async () => {
    const { browser } = await welcome(owner, desk, { email: 'many@example.com' });
    const first = await watch(browser);
    const others = await Promise.all(Array.from({ length: 9 }, () => watch(browser)));
    const colleague = await watch(owner);
    const last = await watch(browser);
    await expect.poll(first.isEnded, { timeout: 2_000 }).toBe(true);
    expect(first.messages.at(-1)).toMatch(/^event: replaced\n/);
    expect([...others, last, colleague].map(({ isEnded }) => isEnded())).toEqual(Array(11).fill(false));
  });

  test('makes room by leaving', async () => {
    const { browser } = await welcome(owner, desk, { email: 'comes-and-goes@example.com' });
    const first = await watch(browser);
    for (let times = 0; times < 12; times += 1) {
      (await watch(browser)).leave();
    }
    expect(first.isEnded()).toBe(false);
  });
});

test('of a ticket in our own workspace everyone hears its id, and nothing that is in it', async () => {
  const own = await startDesk(await deskSettings('own'));
  const browser = await setUpOwner(own);
  const watched = await watchEvents(own.origin, cookieOf(browser));
  const create = async (path: string, body: object) =>
    (await askFor(browser, ['POST', `${own.origin}/api${path}`], { body, headers: headers() })) as { id: string };
  const type = await create('/ticket_types', { name: 'Watched', icon: '🎫' });
  const ticket_attributes = { _default_title_: '</script>\n\ndata: forged' };
  const body = { ticket_type_id: type.id, contacts: [{ email: 'customer@example.com' }], ticket_attributes };
  const { id } = await create('/tickets', body);
  await expect.poll(watched.changes, { timeout: 2_000 }).toContainEqual({ type: 'tickets', ids: [id] });
  expect(watched.messages.join()).not.toMatch(/script|forged/);

  // Stopping ends the stream at once, and waits for nobody who watches.
  const stopped = stopDesk(own);
  await expect.poll(watched.isEnded, { timeout: 5_000 }).toBe(true);
  await stopped;
}, 60_000);

describe('a stream ends', () => {
  const soon = { timeout: 3_000 };

  test.each<[string, (browser: Browser, person: { id: string; email: string }) => Promise<unknown>]>([
    ['by signing out', (browser) => askFor(browser, ['POST', `${desk.origin}/gateway/sign-out`], { body: {} })],
    [
      'when the person is deactivated',
      (_, { id }) => askFor(owner, ['PUT', `${desk.origin}/gateway/people/${id}`], { body: { deactivated: true } }),
    ],
    [
      'when the person’s roles change',
      (_, { id }) => askFor(owner, ['PUT', `${desk.origin}/gateway/people/${id}`], { body: { roles: ['manager'] } }),
    ],
    [
      'when the password is changed in another browser',
      async (_, { email }) => {
        const other = desk.open();
        expect((await signIn(other, desk, email)).status).toBe(200);
        const body = { current_password: testPassword, new_password: `${testPassword} 2` };
        await askFor(other, ['POST', `${desk.origin}/gateway/account/password`], { body });
      },
    ],
  ])('%s', async (name, end) => {
    const email = `${name.replaceAll(/\W+/g, '-')}@example.com`;
    const { browser, person } = await welcome(owner, desk, { email });
    const colleague = await watch(owner);
    const watched = await watch(browser);
    await end(browser, { id: person.id, email });
    await expect.poll(watched.isEnded, soon).toBe(true);
    expect(colleague.isEnded()).toBe(false);
  });
});
