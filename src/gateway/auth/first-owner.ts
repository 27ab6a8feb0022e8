import { and, eq, exists, isNull, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { makeLink } from './links.ts';
import { accounts, people } from './tables.ts';

/** Owners who can sign in by themselves: not deactivated, no account of the demo, and with a way to sign in. */
export const isAbleOwner = (db: Db) =>
  and(
    sql`'owner' = any(${people.roles})`,
    isNull(people.deactivatedAt),
    eq(people.isDemo, false),
    exists(db.select({ one: sql`1` }).from(accounts).where(eq(accounts.userId, people.id))),
  );

/** Whether there is an owner who can sign in: without one, Deskbell has to be set up first. */
export async function canAnyoneSignIn(db: Db): Promise<boolean> {
  const [owner] = await db.select({ id: people.id }).from(people).where(isAbleOwner(db)).limit(1);
  return owner !== undefined;
}

/** A link that makes the first owner; undefined where there is one. */
export async function makeSetUpLink(db: Db, origin: string): Promise<string | undefined> {
  if (await canAnyoneSignIn(db)) return undefined;
  return (await makeLink(db, { kind: 'set_up', personId: null, origin })).link;
}
