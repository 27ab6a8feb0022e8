import { and, desc, eq, gte, isNull, like, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import type { Operation } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';
import type { Db } from '#database/database.ts';
import { activity } from './tables.ts';

export type ActivityRow = typeof activity.$inferSelect;

export interface ActivityFilter {
  person?: string | undefined;
  operation?: string | undefined;
  object?: string | undefined;
  outcome?: 'done' | 'refused' | 'unknown' | undefined;
  /** Unix seconds, as text. */
  from?: string | undefined;
  to?: string | undefined;
  /** The id of an entry: only older ones. */
  before?: string | undefined;
}

// Few entries are, so that an index holds only those; this is its condition.
const isNotDone = sql`(${activity.status} is null or ${activity.status} >= 300)`;
const outcomes: Record<NonNullable<ActivityFilter['outcome']>, SQL | undefined> = {
  done: lt(activity.status, 300),
  refused: and(isNotDone, gte(activity.status, 300)),
  unknown: and(isNotDone, isNull(activity.status)),
};

// The clocks of several processes differ, so that an entry may be a little older than one with a smaller id.
const clockSlackSeconds = 60;

/** Entries from `from` on, up to `to`: also by their ids, so that a page of long ago is found without those since. */
function within(from: string | undefined, to: string | undefined): SQL | undefined {
  const first = sql`(select id from activity where at >= ${Number(from) - clockSlackSeconds} order by at, id limit 1)`;
  const last = sql`(select id from activity where at < ${Number(to) + clockSlackSeconds} order by at desc, id desc limit 1)`;
  return and(
    from === undefined ? undefined : and(gte(activity.at, Number(from)), gte(activity.id, first)),
    to === undefined ? undefined : and(lt(activity.at, Number(to)), lte(activity.id, last)),
  );
}

const objectInBytes = sql`${activity.object} collate "C"`;
const pattern = (path: string) => path.replace(/[\\%_]/g, String.raw`\$&`);

function conditions({ person, operation, object, outcome, from, to, before }: ActivityFilter): SQL | undefined {
  return and(
    person === undefined ? undefined : eq(activity.person_id, person),
    operation === undefined ? undefined : eq(activity.operation, operation),
    object === undefined ? undefined : or(eq(objectInBytes, object), like(objectInBytes, `${pattern(object)}/%`)),
    outcome === undefined ? undefined : outcomes[outcome],
    within(from, to),
    before === undefined ? undefined : lt(activity.id, Number(before)),
  );
}

/** Entries, newest first. */
export function listEntries(db: Db, filter: ActivityFilter, limit: number): Promise<ActivityRow[]> {
  return db.select().from(activity).where(conditions(filter)).orderBy(desc(activity.id)).limit(limit);
}

export async function findEntry(db: Db, id: string): Promise<ActivityRow | undefined> {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  const [row] = await db
    .select()
    .from(activity)
    .where(eq(activity.id, Number(id)));
  return row;
}

/** The operation of an entry whose changes can be written back, and its path parameters. */
export function revertible({ operation: name, status, changes, object }: ActivityRow) {
  const operation: Operation | undefined = Object.hasOwn(operations, name)
    ? operations[name as keyof typeof operations]
    : undefined;
  const isDone = status !== null && status < 300;
  if (operation?.target === undefined || !isDone || object === null || changes.length === 0) return undefined;
  return changes.every((change) => 'before' in change) ? operation : undefined;
}

export function presentEntry(row: ActivityRow): ActivityEntry {
  return {
    type: 'activity',
    id: String(row.id),
    at: row.at,
    person: row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? '' },
    address: row.address,
    operation: row.operation,
    object: row.object,
    object_name: row.object_name,
    status: row.status,
    request_id: row.request_id,
    refusal: row.refusal,
    changes: row.changes,
    reverts: row.reverts === null ? null : String(row.reverts),
    can_revert: revertible(row) !== undefined,
  };
}
