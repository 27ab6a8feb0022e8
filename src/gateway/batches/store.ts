import { and, desc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Batch, BatchStatus } from '#contract/gateway/batches.ts';
import type { Role } from '#contract/gateway/roles.ts';
import type { Db } from '#database/database.ts';
import { people } from '../auth/tables.ts';
import { batches, type StoredTask } from './tables.ts';

export type BatchRow = typeof batches.$inferSelect;

/** Statuses in which somebody works on a batch. */
const active: readonly BatchStatus[] = ['running', 'checking'];
/** Statuses that a batch does not leave by itself, nor by being resumed. */
const ended: readonly BatchStatus[] = ['done', 'canceled', 'failed'];

const listed = 50;
const now = () => Math.floor(Date.now() / 1000);

/** Named by hand: in a list of columns Drizzle leaves the table's name out. */
const revertedBy = sql<string | null>`(
  select later.id from batches as later where later.reverts = batches.id order by later.created_at desc, later.id limit 1
)`;

/** Whether a create was made that no answer came for only a person can say. */
const canRetry = sql<number>`case when batches.failed = 0 or batches.ended_at is null then 0 else (
  select count(*)::int from batch_items
  where batch_id = batches.id and (batch_items.status = 'failed' or
    (batch_items.status = 'unknown' and batches.input ->> 'kind' <> 'import'))
) end`;

const columns = {
  id: batches.id,
  person_id: batches.person_id,
  person_name: batches.person_name,
  // Ten thousand ids would be a large part of each answer.
  input: sql<StoredTask>`${batches.input} - 'ids'`,
  status: batches.status,
  is_listed: batches.is_listed,
  listing_after: batches.listing_after,
  total: batches.total,
  done: batches.done,
  failed: batches.failed,
  problem: batches.problem,
  reverts: batches.reverts,
  created_at: batches.created_at,
  started_at: batches.started_at,
  ended_at: batches.ended_at,
  waits_until: batches.waits_until,
  revertedBy,
  canRetry,
};

export interface Viewer {
  id: string;
  roles: readonly Role[];
}

const seesAll = ({ roles }: Viewer) => roles.includes('admin') || roles.includes('owner');

const visibleTo = (viewer: Viewer): SQL | undefined => (seesAll(viewer) ? undefined : eq(batches.person_id, viewer.id));

type Row = BatchRow & { revertedBy: string | null; canRetry: number };

function present({
  person_id,
  person_name,
  revertedBy: reverted_by,
  canRetry: can_retry,
  listing_after: _,
  ...row
}: Row): Batch {
  const isEnded = ended.includes(row.status);
  return {
    type: 'batch',
    ...row,
    person: { id: person_id, name: person_name },
    reverted_by,
    // Whoever sees one may control it.
    may_control: true,
    can_retry,
    can_revert: isEnded && row.done > 0 && reverted_by === null,
  };
}

/** The newest that the viewer may see. */
export async function listBatches(db: Db, viewer: Viewer): Promise<Batch[]> {
  const rows = await db
    .select(columns)
    .from(batches)
    .where(visibleTo(viewer))
    .orderBy(desc(batches.created_at), desc(batches.id))
    .limit(listed);
  return rows.map(present);
}

/** A batch, unless it is somebody else's. */
export async function findBatch(db: Db, id: string, viewer: Viewer): Promise<Batch | undefined> {
  const [row] = await db
    .select(columns)
    .from(batches)
    .where(and(eq(batches.id, id), visibleTo(viewer)));
  return row && present(row);
}

/** Makes it, unless there is one with this id. */
export async function addBatch(
  db: Db,
  batch: Pick<BatchRow, 'id' | 'person_id' | 'person_name' | 'input' | 'status'> & Partial<BatchRow>,
): Promise<boolean> {
  const values = { is_listed: false, created_at: now(), ...batch };
  const started_at = batch.status === 'running' ? now() : null;
  const added = await db
    .insert(batches)
    .values({ ...values, started_at })
    .onConflictDoNothing()
    .returning({ id: batches.id });
  return added.length > 0;
}

/** Moves a batch from one of the statuses to another. Resolves to whether it was in one of them. */
export async function moveBatch(
  db: Db,
  id: string,
  from: readonly BatchStatus[],
  change: { status: BatchStatus } & Partial<Pick<BatchRow, 'problem' | 'is_listed' | 'listing_after' | 'done'>>,
): Promise<boolean> {
  const isActive = active.includes(change.status);
  const moved = await db
    .update(batches)
    .set({
      problem: null,
      waits_until: null,
      ...change,
      ...(isActive && { started_at: sql`coalesce(${batches.started_at}, ${now()})` }),
      ended_at: ended.includes(change.status) ? now() : null,
    })
    .where(and(eq(batches.id, id), inArray(batches.status, [...from])))
    .returning({ id: batches.id });
  return moved.length > 0;
}

/** The ids of batches that somebody should work on now. */
export async function findDue(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: batches.id })
    .from(batches)
    .where(and(inArray(batches.status, [...active]), or(isNull(batches.waits_until), lte(batches.waits_until, now()))))
    .orderBy(batches.created_at);
  return rows.map(({ id }) => id);
}

/** The batch while it is worked on. */
export async function findActive(db: Db, id: string): Promise<BatchRow | undefined> {
  const [row] = await db
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), inArray(batches.status, [...active])));
  return row;
}

export async function setWait(db: Db, id: string, until: number | null): Promise<void> {
  await db
    .update(batches)
    .set({ waits_until: until })
    .where(and(eq(batches.id, id), inArray(batches.status, [...active])));
}

/** Who asked for a batch, as they are now. */
export interface Standing {
  status: BatchStatus;
  person_name: string;
  /** Null where the person is not there any more. */
  roles: Role[] | null;
  is_demo: boolean | null;
  is_deactivated: boolean;
  email: string | null;
}

/** How a batch and its person stand; in a transaction nobody pauses or cancels it until that ends. */
export async function lockStanding(transaction: Db, id: string): Promise<Standing | undefined> {
  const [row] = await transaction
    .select({
      status: batches.status,
      person_name: batches.person_name,
      roles: people.roles,
      is_demo: people.isDemo,
      is_deactivated: sql<boolean>`${people.deactivatedAt} is not null`,
      email: people.email,
    })
    .from(batches)
    .leftJoin(people, eq(people.id, batches.person_id))
    .where(eq(batches.id, id))
    .for('no key update', { of: batches });
  return row;
}
