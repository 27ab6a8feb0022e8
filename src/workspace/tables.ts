import { bigint, boolean, pgTable, text } from 'drizzle-orm/pg-core';

/** A time on the wire and in the tables: whole unix seconds. */
export const unixTime = () => bigint({ mode: 'number' });

/**
 * An id of the workspace. Ids below 100,000 are left to the seed, so that it can name its rows without touching the
 * sequence.
 */
export const generatedId = () =>
  bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity({ startWith: 100_000 });

/** A reference to a `generatedId`. */
export const idOf = () => bigint({ mode: 'number' }).notNull();

// Keys are the column names, as on the wire: rows that Postgres aggregates to JSON then have the same type as others.
export const workspaces = pgTable('workspaces', {
  id: text().primaryKey(),
  name: text().notNull(),
  timezone: text().notNull(),
  region: text().notNull(),
  identity_verification: boolean().notNull().default(false),
  /** SHA-256 of the bearer token, in hex. The token itself is not stored. */
  token_hash: text().notNull().unique(),
  /** The admin that the token acts as. */
  admin_id: idOf(),
  created_at: unixTime().notNull(),
  /** Grows with every change to the workspace's configuration; triggers see to it, whoever writes. */
  revision: bigint({ mode: 'number' }).notNull().default(0),
});
