import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { activity, idempotencyKeys, writesUnderWay } from './activity/tables.ts';
import { seedDemoPeople } from './auth/demo.ts';
import { sessions } from './auth/tables.ts';
import { sweep } from './sweep.ts';
import { gatewayOn, recordingUpstream, testDatabase } from './testing.gateway.ts';
import { fromOwnPage } from './testing.ts';

const { db } = testDatabase;
const app = gatewayOn(recordingUpstream().upstream, { offersDemo: true });
beforeAll(() => seedDemoPeople(db));

async function signIn(): Promise<string> {
  const body = '{"role":"agent"}';
  const answer = await app.request('/gateway/sign-in/demo', { method: 'POST', headers: fromOwnPage, body }, {});
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const look = (cookie: string) => app.request('/gateway/session', { headers: { Cookie: cookie } }, {});
const age = (column: string, interval: string) => sql.raw(`${column} - interval '${interval}'`);

describe('a session', () => {
  test('in use is renewed at most hourly, and lives a week from then', async () => {
    await db.delete(sessions);
    const cookie = await signIn();
    expect((await look(cookie)).headers.getSetCookie()).toEqual([]);
    await db.update(sessions).set({ updatedAt: age('updated_at', '2 h'), expiresAt: age('expires_at', '2 h') });
    const renewing = await look(cookie);
    expect(renewing.status).toBe(200);
    expect(renewing.headers.getSetCookie()[0]).toContain('Max-Age=604800');
    const [row] = await db.select().from(sessions);
    expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(7 * 24 * 3600_000 - 60_000);
    expect((await look(cookie)).headers.getSetCookie()).toEqual([]);
  });

  test('that has expired is none, also for who has just used it', async () => {
    const cookie = await signIn();
    expect((await look(cookie)).status).toBe(200);
    await db.update(sessions).set({ expiresAt: age('now()', '1 s') });
    const answer = await look(cookie);
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0');
  });

  test('that has expired is swept away, and no other', async () => {
    await db.delete(sessions);
    const [, second] = [await signIn(), await signIn()];
    const [first] = await db.select().from(sessions).orderBy(sessions.createdAt);
    await db
      .update(sessions)
      .set({ expiresAt: age('now()', '1 s') })
      .where(eq(sessions.id, first?.id ?? ''));
    await sweep(db);
    expect(await db.select().from(sessions)).toHaveLength(1);
    expect((await look(second)).status).toBe(200);
  });
});

describe('a write to an upstream elsewhere whose process was killed', () => {
  const attempt = { at: 1_790_000_000, operation: 'updateTicketType', object: '/ticket_types/7' };

  test('becomes an entry with an unknown outcome, once', async () => {
    const request_id = randomUUID();
    await db.insert(writesUnderWay).values([
      { id: randomUUID(), ...attempt, request_id, started_at: age('now()', '5 min') },
      { id: randomUUID(), ...attempt, request_id: 'still under way' },
    ]);
    await Promise.all([sweep(db), sweep(db)]);
    const entries = await db.select().from(activity).where(eq(activity.request_id, request_id));
    expect(entries).toMatchObject([{ ...attempt, status: null, changes: [] }]);
    expect(await db.select().from(writesUnderWay)).toMatchObject([{ request_id: 'still under way' }]);
  });
});

test('what is in the log can neither be changed nor deleted', async () => {
  await expect(db.update(activity).set({ person_name: 'Someone else' })).rejects.toThrow();
  await expect(db.delete(activity)).rejects.toThrow();
});

test('a key is forgotten after a day', async () => {
  const rows = [age('now()', '25 h'), age('now()', '23 h')].map((created_at, index) => ({
    person_id: 'p',
    key: `key-${index}`,
    fingerprint: '',
    created_at,
  }));
  await db.insert(idempotencyKeys).values(rows);
  await sweep(db);
  expect(await db.select().from(idempotencyKeys)).toMatchObject([{ key: 'key-1' }]);
});
