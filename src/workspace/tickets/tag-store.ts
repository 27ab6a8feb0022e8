import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { tags, ticketTags } from '../tags/tables.ts';
import { tickets } from './tables.ts';

/** A tag on a ticket. */
export interface AppliedTag {
  id: number;
  name: string;
  applied_at: number;
  applied_by: number;
}

/** The tags of each ticket that a statement on `tickets` reads, as JSON. */
export const appliedTags = sql<AppliedTag[]>`(
  select coalesce(json_agg(json_build_object(
    'id', g.id, 'name', g.name, 'applied_at', t.applied_at, 'applied_by', t.applied_by
  ) order by g.id), '[]')
  from ${ticketTags} t join ${tags} g on g.workspace_id = t.workspace_id and g.id = t.tag_id
  where t.workspace_id = ${tickets}.workspace_id and t.ticket_id = ${tickets}.id
)`;

interface Place {
  workspaceId: string;
  ticketId: number;
  tagId: number;
}

const at = ({ workspaceId, ticketId, tagId }: Place) =>
  and(eq(ticketTags.workspace_id, workspaceId), eq(ticketTags.ticket_id, ticketId), eq(ticketTags.tag_id, tagId));

/** The tag as it is on the ticket now, and whether it was put there just now; 'missing' when there is no such tag. */
export async function attachTag(
  db: Db,
  place: Place,
  applied: { applied_at: number; applied_by: number },
): Promise<{ tag: AppliedTag; isNew: boolean } | 'missing'> {
  const { workspaceId, ticketId, tagId } = place;
  // Held, so that nobody deletes it in between.
  const [tag] = await db
    .select({ id: tags.id, name: tags.name })
    .from(tags)
    .where(and(eq(tags.workspace_id, workspaceId), eq(tags.id, tagId)))
    .for('key share');
  if (tag === undefined) return 'missing';
  const [made] = await db
    .insert(ticketTags)
    .values({ workspace_id: workspaceId, ticket_id: ticketId, tag_id: tagId, ...applied })
    .onConflictDoNothing()
    .returning();
  if (made !== undefined) return { tag: { ...tag, ...applied }, isNew: true };
  const [known] = await db.select().from(ticketTags).where(at(place));
  return { tag: { ...tag, ...applied, ...known }, isNew: false };
}

/** The tag that was on the ticket until now; 'missing' when it was not. */
export async function detachTag(db: Db, place: Place): Promise<AppliedTag | 'missing'> {
  const [taken] = await db.delete(ticketTags).where(at(place)).returning();
  if (taken === undefined) return 'missing';
  const [tag] = await db
    .select({ id: tags.id, name: tags.name })
    .from(tags)
    .where(and(eq(tags.workspace_id, place.workspaceId), eq(tags.id, place.tagId)));
  return tag === undefined ? 'missing' : { ...tag, applied_at: taken.applied_at, applied_by: taken.applied_by };
}
