import { and, asc, count, eq, ne, or, sql } from 'drizzle-orm';
import type { Person } from '#contract/gateway/people.ts';
import type { Db } from '#database/database.ts';
import { isAbleOwner } from '../auth/first-owner.ts';
import { people } from '../auth/tables.ts';

/**
 * Whether a person has a way to sign in of their own. Named by hand: in a list of columns Drizzle leaves the tables'
 * names out, and both have an id.
 */
export const hasAccount = sql<boolean>`exists (select 1 from accounts where accounts.person_id = people.id)`;

const columns = {
  id: people.id,
  name: people.name,
  email: people.email,
  roles: people.roles,
  isDemo: people.isDemo,
  secondFactor: people.twoFactorEnabled,
  deactivatedAt: people.deactivatedAt,
  createdAt: people.createdAt,
  lastSeenAt: people.lastSeenAt,
  hasAccount,
};

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

interface Row {
  id: string;
  name: string;
  email: string;
  roles: Person['roles'];
  isDemo: boolean;
  secondFactor: boolean;
  deactivatedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  hasAccount: boolean;
}

function present(row: Row): Person {
  const isInvited = !row.hasAccount && !row.isDemo;
  return {
    type: 'person',
    id: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    state: row.deactivatedAt !== null ? 'deactivated' : isInvited ? 'invited' : 'active',
    second_factor: row.secondFactor,
    created_at: seconds(row.createdAt),
    last_seen_at: row.lastSeenAt && seconds(row.lastSeenAt),
  };
}

export async function listPeople(db: Db): Promise<Person[]> {
  const rows = await db.select(columns).from(people).orderBy(asc(people.name), asc(people.id));
  return rows.map(present);
}

export async function findPerson(db: Db, id: string): Promise<Person | undefined> {
  const [row] = await db.select(columns).from(people).where(eq(people.id, id));
  return row && present(row);
}

/** Lets one transaction at a time decide who is an owner. Others wait, until this one ends. */
export async function lockPeople(transaction: Db): Promise<void> {
  await transaction.execute(sql`lock table ${people} in share row exclusive mode`);
}

/** Whether an owner who can sign in would be left without this person. The demo's own owner counts while it is offered. */
export async function isOwnerLeft(db: Db, withoutId: string, countsDemo: boolean): Promise<boolean> {
  const isDemoOwner = and(
    eq(people.isDemo, true),
    sql`'owner' = any(${people.roles})`,
    sql`${people.deactivatedAt} is null`,
  );
  const [left] = await db
    .select({ owners: count() })
    .from(people)
    .where(and(ne(people.id, withoutId), countsDemo ? or(isAbleOwner(db), isDemoOwner) : isAbleOwner(db)));
  return (left?.owners ?? 0) > 0;
}
