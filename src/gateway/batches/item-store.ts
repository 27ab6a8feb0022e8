import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { BatchItem, ImportRow, ItemStatus } from '#contract/gateway/batches.ts';
import type { Db } from '#database/database.ts';
import { batches, batchItems } from './tables.ts';

export type ItemRow = typeof batchItems.$inferSelect;

/** What became of an item. */
export interface ItemOutcome {
  status: ItemStatus;
  objectId?: string | undefined;
  objectName?: string | undefined;
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
  error?: { code: string; message: string } | undefined;
  /** The upstream failed, whatever the item. */
  isTrouble?: boolean;
}

export const problemStatuses: readonly ItemStatus[] = ['invalid', 'failed', 'unknown'];

const pageSize = 50;
const isOf = (batchId: string): SQL => eq(batchItems.batch_id, batchId);

export interface NewItem {
  object_id?: string | null;
  object_name?: string | null;
  input?: Record<string, unknown> | null;
}

/**
 * Adds the next items of a batch that nobody has paused, and says how far the listing is. Resolves to whether it did:
 * not where another page was added since `after`.
 */
export function addItems(
  db: Db,
  batch: { id: string; total: number; listing_after: string | null },
  page: { items: NewItem[]; next: string | null },
): Promise<boolean> {
  const { id, total, listing_after } = batch;
  const isListed = page.next === null;
  return db.transaction(async (transaction) => {
    const moved = await transaction
      .update(batches)
      .set({
        total: total + page.items.length,
        listing_after: page.next,
        is_listed: isListed,
        ...(isListed && { input: sql`${batches.input} - 'ids'` }),
      })
      .where(
        and(
          eq(batches.id, id),
          eq(batches.status, 'running'),
          eq(batches.is_listed, false),
          sql`${batches.listing_after} is not distinct from ${listing_after}`,
        ),
      )
      .returning({ id: batches.id });
    if (moved.length === 0) return false;
    const rows = page.items.map((item, index) => ({
      batch_id: id,
      position: total + index,
      status: 'pending' as const,
      ...item,
    }));
    if (rows.length > 0) await transaction.insert(batchItems).values(rows);
    return true;
  });
}

/** Puts rows of an import that is collecting in their places. Resolves to whether it is. */
export function putRows(db: Db, batchId: string, first: number, rows: ImportRow[]): Promise<boolean> {
  return db.transaction(async (transaction) => {
    const [batch] = await transaction
      .select({ status: batches.status })
      .from(batches)
      .where(eq(batches.id, batchId))
      .for('no key update');
    if (batch?.status !== 'collecting') return false;
    const values = rows.map((input, index) => ({
      batch_id: batchId,
      position: first + index,
      status: 'pending' as const,
      input,
    }));
    const written = await transaction
      .insert(batchItems)
      .values(values)
      .onConflictDoUpdate({ target: [batchItems.batch_id, batchItems.position], set: { input: sql`excluded.input` } })
      // Zero for a row that was there already.
      .returning({ isNew: sql<boolean>`xmax = 0` });
    const added = written.filter(({ isNew }) => isNew).length;
    await transaction
      .update(batches)
      .set({ total: sql`${batches.total} + ${added}` })
      .where(eq(batches.id, batchId));
    return true;
  });
}

/** The position after the last item's. */
export async function endOfItems(db: Db, batchId: string): Promise<number> {
  const [last] = await db
    .select({ end: sql<number>`coalesce(max(${batchItems.position}) + 1, 0)` })
    .from(batchItems)
    .where(isOf(batchId));
  return last?.end ?? 0;
}

/** Items with one of the statuses, in order, after a position. */
export function itemsAfter(
  db: Db,
  batchId: string,
  after: number,
  { statuses, limit }: { statuses?: readonly ItemStatus[] | undefined; limit: number },
): Promise<ItemRow[]> {
  const isWanted = statuses && inArray(batchItems.status, [...statuses]);
  return db
    .select()
    .from(batchItems)
    .where(and(isOf(batchId), gt(batchItems.position, after), isWanted))
    .orderBy(asc(batchItems.position))
    .limit(limit);
}

/** Items that a batch changed, in the order in which they are taken back. */
export function changedItems(db: Db, batchId: string, before: number, limit: number): Promise<ItemRow[]> {
  return db
    .select()
    .from(batchItems)
    .where(and(isOf(batchId), sql`${batchItems.position} < ${before}`, sql`${batchItems.after} is not null`))
    .orderBy(sql`${batchItems.position} desc`)
    .limit(limit);
}

/** Writes down what became of pending items of a batch, and counts them. */
export async function settleItems(
  db: Db,
  batchId: string,
  settled: { item: ItemRow; outcome: ItemOutcome }[],
): Promise<void> {
  const rows = settled.map(({ item, outcome }) => ({
    position: item.position,
    status: outcome.status,
    object_id: outcome.objectId ?? item.object_id,
    object_name: outcome.objectName ?? item.object_name,
    before: outcome.before ?? item.before,
    after: outcome.after ?? item.after,
    error_code: outcome.error?.code ?? null,
    error_message: outcome.error?.message ?? null,
  }));
  await db.execute(sql`
    with settled as (
      update ${batchItems} as item set
        status = found.status, object_id = found.object_id, object_name = found.object_name, before = found.before,
        after = found.after, error_code = found.error_code, error_message = found.error_message
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found(
        position int, status text, object_id text, object_name text, before jsonb, after jsonb, error_code text,
        error_message text
      )
      where item.batch_id = ${batchId} and item.position = found.position and item.status in ('pending', 'unknown')
      returning item.status in ('done', 'unchanged') as is_done, item.status = 'pending' as is_pending
    )
    update ${batches} set
      done = done + (select count(*) from settled where is_done)::int,
      failed = failed + (select count(*) from settled where not is_done and not is_pending)::int
    where id = ${batchId}`);
}

/**
 * Marks an item as on its way to an upstream elsewhere, with what it holds before. Resolves to whether it was pending:
 * of several processes one sends it.
 */
export async function markSent(db: Db, item: ItemRow, before: Record<string, unknown> | null): Promise<boolean> {
  const marked = await db
    .update(batchItems)
    .set({ status: 'unknown', before })
    .where(and(isOf(item.batch_id), eq(batchItems.position, item.position), eq(batchItems.status, 'pending')))
    .returning({ position: batchItems.position });
  return marked.length > 0;
}

/** Makes items pending that were on their way when their process ended, and so are not counted yet. */
export async function reclaimSent(db: Db, batchId: string): Promise<void> {
  await db
    .update(batchItems)
    .set({ status: 'pending' })
    .where(and(isOf(batchId), eq(batchItems.status, 'unknown'), sql`${batchItems.error_code} is null`));
}

/** Counts as unknown what was on its way to be created when its process ended: nobody knows whether it was. */
export async function giveUpSent(db: Db, batchId: string): Promise<void> {
  await db.execute(sql`
    with lost as (
      update ${batchItems} set error_code = 'outcome_unknown',
        error_message = 'Deskbell stopped while this was created; see whether it was before you create it again.'
      where batch_id = ${batchId} and status = 'unknown' and error_code is null
      returning 1
    )
    update ${batches} set failed = failed + (select count(*) from lost)::int where id = ${batchId}`);
}

/** Makes items with these statuses pending again. Resolves to how many. */
export async function retryItems(transaction: Db, batchId: string, statuses: readonly ItemStatus[]): Promise<number> {
  const again = and(isOf(batchId), inArray(batchItems.status, [...statuses]));
  const number = await transaction.$count(batchItems, again);
  await transaction.update(batchItems).set({ status: 'pending', error_code: null, error_message: null }).where(again);
  await transaction
    .update(batches)
    .set({ failed: sql`${batches.failed} - ${number}` })
    .where(eq(batches.id, batchId));
  return number;
}

/** Writes down which of the items at these positions are invalid, and how far the check is. */
export function settleCheck(
  db: Db,
  batchId: string,
  checked: { after: number; valid: number; invalid: { position: number; code: string; message: string }[] },
): Promise<boolean> {
  const { after, valid, invalid } = checked;
  return db.transaction(async (transaction) => {
    const moved = await transaction
      .update(batches)
      .set({
        listing_after: String(after),
        done: sql`${batches.done} + ${valid}`,
        failed: sql`${batches.failed} + ${invalid.length}`,
      })
      .where(and(eq(batches.id, batchId), eq(batches.status, 'checking')))
      .returning({ id: batches.id });
    if (moved.length === 0) return false;
    if (invalid.length > 0) {
      await transaction.execute(sql`
        update ${batchItems} set status = 'invalid', error_code = found.code, error_message = found.message
        from jsonb_to_recordset(${JSON.stringify(invalid)}::jsonb) as found(position int, code text, message text)
        where batch_id = ${batchId} and ${batchItems.position} = found.position`);
    }
    return true;
  });
}

/** A page of items, of problems only if so asked. */
export async function listItems(
  db: Db,
  batchId: string,
  { only, after = -1 }: { only?: 'problems' | undefined; after?: number },
): Promise<{ data: BatchItem[]; next: string | null }> {
  const statuses = only && problemStatuses;
  const rows = await itemsAfter(db, batchId, after, { statuses, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  const next = rows.length > shown.length ? String(shown.at(-1)?.position) : null;
  return { data: shown.map(presentItem), next };
}

function presentItem(row: ItemRow): BatchItem {
  const { position, object_id, object_name, status, error_code, error_message } = row;
  const line = row.input?.line;
  return {
    position,
    object_id,
    object_name,
    line: typeof line === 'number' ? line : null,
    status,
    error_code,
    error_message,
  };
}

/** The names of the attributes that the rows with problems have. */
export async function problemAttributes(db: Db, batchId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: sql<string>`jsonb_object_keys(${batchItems.input} -> 'ticket_attributes')` })
    .from(batchItems)
    .where(and(isOf(batchId), inArray(batchItems.status, [...problemStatuses])));
  return rows.map(({ name }) => name).sort();
}
