import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idempotencyKeyHeader } from '#contract/request.ts';
import type { Browser } from '#gateway/testing.browser.ts';
import {
  askFor,
  type Desk,
  deskSettings,
  entriesOf,
  followLink,
  personOf,
  sessionOf,
  setUpOwner,
  signIn,
  startDesk,
  stopDesk,
  welcome,
} from './testing.desk.ts';
import { watchEvents } from './testing.events.ts';

// Two servers on one PostgreSQL, each with a data folder of its own, as on two machines.

const SESSION_SECRET = 'the one secret of both, which is long enough'.replaceAll(' ', '-');

let settings: Record<string, string>;
let a: Desk;
let b: Desk;
let owner: Browser;

/** Settings for a second process on the same database. */
const besides = (first: Record<string, string>, others: Record<string, string> = {}) => ({
  ...first,
  DATA_DIR: `${first.DATA_DIR}-${randomUUID()}`,
  ...others,
});

beforeAll(async () => {
  settings = { ...(await deskSettings('two')), SESSION_SECRET };
  [a, b] = await Promise.all([startDesk(settings), startDesk(besides(settings))]);
  owner = await setUpOwner(a);
}, 60_000);

describe('a session', () => {
  test('that was opened at one process holds at the other at once', async () => {
    const { browser } = await welcome(owner, a, { email: 'sara@example.com' });
    expect((await sessionOf(browser, b))?.person.email).toBe('sara@example.com');
  });

  test('ends at both by signing out at one', async () => {
    const { browser } = await welcome(owner, a, { email: 'sam@example.com' });
    expect(await sessionOf(browser, b)).toBeDefined();
    // The same cookies, as of someone who kept them.
    const kept = new Map(browser.cookies.get('127.0.0.1'));
    await askFor(browser, ['POST', `${a.origin}/gateway/sign-out`], { body: {} });
    browser.cookies.set('127.0.0.1', kept);
    expect(await sessionOf(browser, b)).toBeUndefined();
    expect(await sessionOf(browser, a)).toBeUndefined();
  });

  test('has at both the roles that were given at one, from the next request on', async () => {
    const { browser, person } = await welcome(owner, a, { email: 'rosa@example.com', roles: ['admin'] });
    const readLog = () => browser.ask('GET', `${b.origin}/gateway/activity`);
    expect((await readLog()).status).toBe(200);
    await askFor(owner, ['PUT', `${a.origin}/gateway/people/${person.id}`], { body: { roles: ['agent'] } });
    expect((await readLog()).status).toBe(403);
    expect((await sessionOf(browser, b))?.person.roles).toEqual(['agent']);
  });

  test('ends at both when the person is deactivated at one', async () => {
    const { browser, person } = await welcome(owner, a, { email: 'dora@example.com' });
    expect(await sessionOf(browser, b)).toBeDefined();
    await askFor(owner, ['PUT', `${a.origin}/gateway/people/${person.id}`], { body: { deactivated: true } });
    expect(await sessionOf(browser, b)).toBeUndefined();
    expect((await signIn(b.open(), b, 'dora@example.com')).status).toBe(401);
  });
});

test('wrong passwords at both are counted together, and still after a restart', async () => {
  await welcome(owner, a, { email: 'walt@example.com' });
  const tries = Array.from({ length: 10 }, (_, index) => {
    const desk = index % 2 === 0 ? a : b;
    return signIn(desk.open(), desk, 'walt@example.com', `wrong-password-${index}`);
  });
  expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array.from(tries, () => 401));
  for (const desk of [a, b]) {
    const refused = await signIn(desk.open(), desk, 'walt@example.com');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
    expect((await signIn(desk.open(), desk, 'olga@example.com')).status).toBe(200);
  }
  await stopDesk(b);
  b = await startDesk(besides(settings));
  expect((await signIn(b.open(), b, 'walt@example.com')).status).toBe(429);
}, 60_000);

test('the log has the entries of both', async () => {
  for (const [name, { origin }] of [
    ['Made at A', a],
    ['Made at B', b],
  ] as const) {
    const headers = { [idempotencyKeyHeader]: randomUUID() };
    await askFor(owner, ['POST', `${origin}/api/ticket_types`], { body: { name, icon: '🎫' }, headers });
  }
  for (const desk of [a, b]) {
    const entries = await entriesOf(owner, desk, '?operation=createTicketType');
    expect(entries.slice(0, 2).map((entry) => entry.object_name)).toEqual(['Made at B', 'Made at A']);
  }
});

test('who watches at one hears of a ticket that was changed at the other', async () => {
  const { browser } = await welcome(owner, a, { email: 'wilma@example.com' });
  const cookies = [...(browser.cookies.get('127.0.0.1') ?? [])];
  const watched = await watchEvents(b.origin, cookies.map(([name, value]) => `${name}=${value}`).join('; '));
  expect(watched.response.status).toBe(200);
  const create = async (path: string, body: object) => {
    const headers = { [idempotencyKeyHeader]: randomUUID() };
    return (await askFor(owner, ['POST', `${a.origin}/api${path}`], { body, headers })) as { id: string };
  };
  const type = await create('/ticket_types', { name: 'Watched', icon: '🎫' });
  const contacts = [{ email: 'customer@example.com' }];
  const { id } = await create('/tickets', {
    ticket_type_id: type.id,
    contacts,
    ticket_attributes: { _default_title_: 'Lost' },
  });
  await expect.poll(watched.changes, { timeout: 2_000 }).toContainEqual({ type: 'tickets', ids: [id] });
  watched.messages.length = 0;
  await askFor(owner, ['PUT', `${a.origin}/api/tickets/${id}`], { body: { state: 'in_progress' } });
  await expect.poll(watched.changes, { timeout: 2_000 }).toContainEqual({ type: 'tickets', ids: [id] });
});

// What races may be won by chance: each is run several times.
const rounds = [1, 2, 3, 4, 5];

describe('at the same moment', () => {
  test.each(rounds)('one create sent to both is carried out once (%i)', async (round) => {
    const name = `Created once ${round}`;
    const headers = { [idempotencyKeyHeader]: randomUUID() };
    const answers = await Promise.all(
      [a, b, a, b].map(({ origin }) =>
        owner.ask('POST', `${origin}/api/ticket_types`, { body: { name, icon: '🎫' }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(3);
    const { data } = (await askFor(owner, ['GET', `${b.origin}/api/ticket_types`])) as { data: { name: string }[] };
    expect(data.filter((type) => type.name === name)).toHaveLength(1);
  });
});

describe('at the same moment, about who is an owner', () => {
  let pair: [Desk, Desk];
  let databaseUrl: string | undefined;

  beforeEach(async () => {
    const fresh = await deskSettings('owners');
    databaseUrl = fresh.DATABASE_URL;
    const own = { ...fresh, SESSION_SECRET };
    pair = [await startDesk(own), await startDesk(besides(own))];
    return async () => {
      await Promise.all(pair.map(stopDesk));
    };
  }, 60_000);

  test('one link to set Deskbell up, followed at both, makes one owner', async () => {
    const link = pair[0].server.setUpLink ?? '';
    await expectOneOwner([link, link]);
  });

  test('two links to set Deskbell up make one owner', async () => {
    await expectOneOwner([pair[1].server.setUpLink ?? '', pair[0].server.setUpLink ?? '']);
  });

  /** Lets requests run until they wait for the table of people, all of them, and only then any further. */
  async function atOnce<Answer>(send: () => Promise<Answer>[]): Promise<Promise<Answer>[]> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('begin; lock table people in share row exclusive mode');
    const sent = send();
    const waiting = async () => {
      const { rows } = await client.query(`select 1 from pg_locks where not granted and relation = 'people'::regclass`);
      return rows.length;
    };
    await expect.poll(waiting, { timeout: 15_000 }).toBe(sent.length);
    await client.query('commit');
    await client.end();
    return sent;
  }

  async function expectOneOwner(links: [string, string]): Promise<void> {
    const coming = await atOnce(() =>
      pair.map(async (desk, index) => {
        const browser = desk.open();
        const email = `owner-${index}@example.com`;
        return { browser, answer: await followLink(browser, desk, links[index] ?? '', { name: 'First', email }) };
      }),
    );
    const comers = await Promise.all(coming);
    expect(comers.map(({ answer }) => answer.status).toSorted()).toEqual([200, 404]);
    const [first] = comers.filter(({ answer }) => answer.status === 200);
    const list = (await askFor(first?.browser ?? owner, ['GET', `${pair[0].origin}/gateway/people`])) as {
      data: unknown[];
    };
    expect(list.data).toEqual([expect.objectContaining({ roles: ['owner'], state: 'active' })]);
  }

  test('two owners who take the role from each other leave one', async () => {
    const first = await setUpOwner(pair[0]);
    const second = await welcome(first, pair[0], { email: 'second@example.com', roles: ['owner'] });
    const olga = await personOf(first, pair[0], 'olga@example.com');
    const ids = { first: olga?.id, second: second.person.id };
    for (const _ of rounds) {
      const demote = (browser: Browser, desk: Desk, id: string | undefined) =>
        browser.ask('PUT', `${desk.origin}/gateway/people/${id}`, { body: { roles: ['agent'] } });
      const answers = await Promise.all([
        demote(first, pair[0], ids.second),
        demote(second.browser, pair[1], ids.first),
      ]);
      const [left, lost] = answers[0].status === 200 ? [first, ids.second] : [second.browser, ids.first];
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, expect.toBeOneOf([403, 409])]);
      const url = `${pair[0].origin}/gateway/people/${lost}`;
      await askFor(left, ['PUT', url], { body: { roles: ['owner'] } });
    }
  }, 60_000);
});

describe('a process with a secret of its own', () => {
  const warning = expect.stringMatching(/SESSION_SECRET.+Give all its processes the same SESSION_SECRET\.$/);

  test('says so once it starts beside another, and neither knows the other’s sessions', async () => {
    const own = { ...(await deskSettings('secrets')), SESSION_SECRET };
    const first = await startDesk(own);
    const same = await startDesk(besides(own));
    const other = await startDesk(besides(own, { SESSION_SECRET: '' }));
    expect([first.told, same.told, other.told]).toEqual([[], [], [warning]]);
    const browser = await setUpOwner(first);
    expect(await sessionOf(browser, same)).toBeDefined();
    expect(await sessionOf(browser, other)).toBeUndefined();
    expect(JSON.stringify(other.told)).not.toContain(SESSION_SECRET);

    await stopDesk(same);
    expect((await startDesk(besides(own))).told).toEqual([warning]);
    expect((await startDesk(besides(own))).told).toEqual([]);
  }, 60_000);
});
