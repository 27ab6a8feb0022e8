import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BatchStatus, BatchTask, ItemStatus } from '#contract/gateway/batches.ts';

const unixTime = () => bigint({ mode: 'number' });

/** What was asked for; the ids are taken out once each has its item. */
export type StoredTask =
  | (Extract<BatchTask, { kind: 'change' }> & { ids?: string[] })
  | Exclude<BatchTask, { kind: 'change' }>;

/** Long work on many objects: a change, an import, or taking one of them back. Times are unix seconds. */
export const batches = pgTable(
  'batches',
  {
    id: text().primaryKey(),
    person_id: text().notNull(),
    person_name: text().notNull(),
    input: jsonb().$type<StoredTask>().notNull(),
    status: text().$type<BatchStatus>().notNull(),
    /** Whether all items are listed, and those of an import checked; until then `listing_after` is how far that is. */
    is_listed: boolean().notNull(),
    listing_after: text(),
    total: integer().notNull().default(0),
    done: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** What stopped it, in words. */
    problem: text(),
    /** The batch that it takes back. */
    reverts: text(),
    created_at: unixTime().notNull(),
    started_at: unixTime(),
    ended_at: unixTime(),
    /** It waits until then, because the upstream asked for it. */
    waits_until: unixTime(),
  },
  (table) => [
    index('batches_by_creation').on(table.created_at, table.id),
    index('batches_of_person').on(table.person_id, table.created_at, table.id),
  ],
);

export const batchItems = pgTable(
  'batch_items',
  {
    batch_id: text()
      .notNull()
      .references(() => batches.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    /** The id of the object; of an import null until it is made. */
    object_id: text(),
    object_name: text(),
    /** What to write, where it differs from item to item: a row of an import, old values of a revert. */
    input: jsonb().$type<Record<string, unknown>>(),
    status: text().$type<ItemStatus>().notNull(),
    /** Values that were changed, as they were before and after. */
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    error_code: text(),
    error_message: text(),
  },
  (table) => [
    primaryKey({ columns: [table.batch_id, table.position] }),
    index('batch_items_by_status').on(table.batch_id, table.status, table.position),
  ],
);
