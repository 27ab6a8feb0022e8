import { and, asc, count, eq, or } from 'drizzle-orm';
import type { SavedView } from '#contract/gateway/views.ts';
import type { Db } from '#database/database.ts';
import { people } from '../auth/tables.ts';
import { savedViews } from './tables.ts';

export type ViewRow = typeof savedViews.$inferSelect & { owner_name: string };
type NewView = Pick<ViewRow, 'id' | 'person_id' | 'screen' | 'name' | 'is_shared' | 'state'>;

const isVisibleTo = (personId: string) => or(eq(savedViews.person_id, personId), eq(savedViews.is_shared, true));

async function select(db: Db, condition: ReturnType<typeof and>): Promise<ViewRow[]> {
  const rows = await db
    .select({ view: savedViews, ownerName: people.name })
    .from(savedViews)
    .innerJoin(people, eq(people.id, savedViews.person_id))
    .where(condition)
    .orderBy(asc(savedViews.name), asc(savedViews.id));
  return rows.map(({ view, ownerName }) => ({ ...view, owner_name: ownerName }));
}

/** The views of a screen that a person sees: their own and the shared ones, by name. */
export function listViews(db: Db, screen: SavedView['screen'], personId: string): Promise<ViewRow[]> {
  return select(db, and(eq(savedViews.screen, screen), isVisibleTo(personId)));
}

/** A view that the person sees, which nobody else changes before the transaction ends. */
export async function lockView(transaction: Db, id: string, personId: string): Promise<ViewRow | undefined> {
  const isSeen = and(eq(savedViews.id, id), isVisibleTo(personId));
  await transaction.select({ id: savedViews.id }).from(savedViews).where(isSeen).for('update');
  const [row] = await select(transaction, isSeen);
  return row;
}

/** How many views a person has. Others who make one for the same person wait until the transaction ends. */
export async function countViews(transaction: Db, personId: string): Promise<number> {
  await transaction.select({ id: people.id }).from(people).where(eq(people.id, personId)).for('no key update');
  const [row] = await transaction.select({ views: count() }).from(savedViews).where(eq(savedViews.person_id, personId));
  return row?.views ?? 0;
}

export async function insertView(transaction: Db, view: NewView): Promise<void> {
  await transaction.insert(savedViews).values(view);
}

export async function updateView(transaction: Db, view: ViewRow): Promise<void> {
  const { id, name, is_shared, state, updated_at } = view;
  await transaction.update(savedViews).set({ name, is_shared, state, updated_at }).where(eq(savedViews.id, id));
}

export async function deleteView(transaction: Db, id: string): Promise<void> {
  await transaction.delete(savedViews).where(eq(savedViews.id, id));
}
