import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { ChangeEvent } from '#contract/gateway/events.ts';
import type { Role } from '#contract/gateway/roles.ts';
import type { Db } from '#database/database.ts';
import { people, sessions } from '../auth/tables.ts';

/** The database's channel for what has changed; a trigger on tickets sends on it too. */
export const changesChannel = 'deskbell';

// A message has room for 8,000 bytes.
const mostIds = 100;

/** Tells every process and everyone who watches what has changed, once the transaction holds. */
export async function tellChanged(db: Db, { type, ids }: ChangeEvent): Promise<void> {
  const event: ChangeEvent = { type, ids: ids !== null && ids.length > mostIds ? null : ids };
  await db.execute(sql`select pg_notify(${changesChannel}, ${JSON.stringify(event)})`);
}

/** Of the sessions those that hold, with the roles of their people as of now. */
export async function sessionsThatHold(db: Db, ids: readonly string[]): Promise<Map<string, Role[]>> {
  const rows = await db
    .select({ id: sessions.id, roles: people.roles })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(and(inArray(sessions.id, [...ids]), gt(sessions.expiresAt, sql`now()`), isNull(people.deactivatedAt)));
  return new Map(rows.map(({ id, roles }) => [id, roles]));
}
