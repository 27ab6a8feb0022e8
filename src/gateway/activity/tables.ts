import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Change } from '#contract/gateway/activity.ts';

/** What is known of a write before it is carried out. */
const beforehand = {
  at: bigint({ mode: 'number' }).notNull(),
  person_id: text(),
  person_name: text(),
  address: text(),
  operation: text().notNull(),
  object: text(),
  request_id: text().notNull(),
  reverts: bigint({ mode: 'number' }),
};

/** The log. A trigger refuses to change or delete what is in it. Times are unix seconds. */
export const activity = pgTable(
  'activity',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    ...beforehand,
    object_name: text(),
    /** Null: nobody knows what became of it. */
    status: integer(),
    refusal: text(),
    changes: jsonb().$type<Change[]>().notNull(),
  },
  (table) => [
    index('activity_of_person').on(table.person_id, table.id),
    index('activity_of_operation').on(table.operation, table.id),
    // For everything below a path; the collation compares byte by byte whatever the database's own is.
    index('activity_of_object').on(sql`${table.object} collate "C"`, table.id),
    index('activity_by_time').on(table.at, table.id),
    index('activity_not_done').on(table.id).where(sql`${table.status} is null or ${table.status} >= 300`),
  ],
);

/** Writes on their way to an upstream elsewhere, where entry and write cannot be one transaction. */
export const writesUnderWay = pgTable(
  'writes_under_way',
  { id: text().primaryKey(), ...beforehand, started_at: timestamp({ withTimezone: true }).notNull().defaultNow() },
  (table) => [index('writes_under_way_by_start').on(table.started_at)],
);

/** Creates that were asked for, and what they were answered. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    person_id: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the operation and all its input. */
    fingerprint: text().notNull(),
    /** Null while the create is under way, or when its outcome is unknown. */
    status: integer(),
    body: text(),
    created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.person_id, table.key] }),
    index('idempotency_keys_by_age').on(table.created_at),
  ],
);
