import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import type { Db } from '#database/database.ts';
import { nextVersion, prepared, single, unmodified } from '../sql.ts';
import { ticketTypeAttributes, ticketTypes } from './tables.ts';

export type TicketTypeRow = typeof ticketTypes.$inferSelect;
export type AttributeRow = typeof ticketTypeAttributes.$inferSelect;
export type TicketTypeWithAttributes = TicketTypeRow & { attributes: AttributeRow[] };

// Aggregated beside each type: one statement whatever the number of types, and no type column repeated per attribute.
const attributes = sql<AttributeRow[]>`(
  select coalesce(json_agg(a order by a."order", a.id), '[]') from ${ticketTypeAttributes} a
  where a.workspace_id = ${ticketTypes}.workspace_id and a.ticket_type_id = ${ticketTypes}.id
)`;
const columns = { ...getTableColumns(ticketTypes), attributes };

/** How one attribute's name is compared with another's. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

const all = prepared((db) =>
  db
    .select(columns)
    .from(ticketTypes)
    .where(eq(ticketTypes.workspace_id, sql.placeholder('workspaceId')))
    .orderBy(asc(ticketTypes.id))
    .prepare('ticket_types'),
);

export function listTicketTypes(db: Db, workspaceId: string): Promise<TicketTypeWithAttributes[]> {
  return all(db).execute({ workspaceId });
}

const byId = prepared((db) =>
  db
    .select(columns)
    .from(ticketTypes)
    .where(and(eq(ticketTypes.workspace_id, sql.placeholder('workspaceId')), eq(ticketTypes.id, sql.placeholder('id'))))
    .prepare('ticket_type'),
);

export async function findTicketType(
  db: Db,
  workspaceId: string,
  id: number,
): Promise<TicketTypeWithAttributes | undefined> {
  const [row] = await byId(db).execute({ workspaceId, id });
  return row;
}

const byIds = prepared((db) =>
  db
    .select(columns)
    .from(ticketTypes)
    .where(
      and(
        eq(ticketTypes.workspace_id, sql.placeholder('workspaceId')),
        sql`${ticketTypes.id} = any(${sql.placeholder('ids')}::bigint[])`,
      ),
    )
    .prepare('ticket_types_by_ids'),
);

const knownIn = new WeakMap<object, Map<number, TicketTypeWithAttributes>>();

/**
 * The ticket types with these ids, by their ids. Each is read once for a request, or a transaction of several: those
 * share what was read of their workspace.
 */
export async function ticketTypesByIds(
  db: Db,
  workspace: { id: string },
  ids: number[],
): Promise<ReadonlyMap<number, TicketTypeWithAttributes>> {
  const known = knownIn.get(workspace) ?? new Map<number, TicketTypeWithAttributes>();
  knownIn.set(workspace, known);
  const missing = ids.filter((id) => !known.has(id));
  const read = missing.length === 0 ? [] : await byIds(db).execute({ workspaceId: workspace.id, ids: missing });
  for (const type of read) known.set(type.id, type);
  return known;
}

/** The two attributes that a new ticket type gets. */
export function defaultAttributes(ticketType: Pick<TicketTypeRow, 'workspace_id' | 'id' | 'created_at'>) {
  const { workspace_id, id, created_at } = ticketType;
  return [defaultAttributeNames.title, defaultAttributeNames.description].map((name, order) => ({
    workspace_id,
    ticket_type_id: id,
    name,
    name_key: nameKey(name),
    description: '',
    data_type: 'string' as const,
    input_options: { multiline: name === defaultAttributeNames.description },
    order,
    default: true,
    created_at,
    updated_at: created_at,
  }));
}

export async function createTicketType(
  db: Db,
  values: Omit<TicketTypeRow, 'id' | 'archived' | 'updated_at'>,
): Promise<TicketTypeWithAttributes> {
  return db.transaction(async (transaction) => {
    const row = single(
      await transaction
        .insert(ticketTypes)
        .values({ ...values, updated_at: values.created_at })
        .returning(),
    );
    const born = await transaction.insert(ticketTypeAttributes).values(defaultAttributes(row)).returning();
    return { ...row, attributes: born };
  });
}

export interface TicketTypeChanges {
  name?: string | undefined;
  description?: string | undefined;
  icon?: string | undefined;
  archived?: boolean | undefined;
  category?: TicketTypeRow['category'] | 'not internal' | undefined;
}

/** The changed ticket type; 'missing' when there is none, 'stale' when it was changed after `unmodifiedSince`. */
export async function updateTicketType(
  db: Db,
  target: { workspaceId: string; id: number; unmodifiedSince: number | undefined },
  { category, ...changes }: TicketTypeChanges,
  now: number,
): Promise<TicketTypeWithAttributes | 'missing' | 'stale'> {
  // What changes nothing is no change, and leaves the time of the last one as it is.
  if ([category, ...Object.values(changes)].every((value) => value === undefined)) {
    return (await findTicketType(db, target.workspaceId, target.id)) ?? 'missing';
  }
  const [row] = await db
    .update(ticketTypes)
    .set({
      ...changes,
      category:
        category === 'not internal'
          ? sql`case when ${ticketTypes.category} = 'Back-office' then 'Customer' else ${ticketTypes.category} end`
          : category,
      updated_at: nextVersion(ticketTypes.updated_at, now),
    })
    .where(
      and(
        eq(ticketTypes.workspace_id, target.workspaceId),
        eq(ticketTypes.id, target.id),
        unmodified(ticketTypes.updated_at, target.unmodifiedSince),
      ),
    )
    .returning(columns);
  if (row !== undefined) return row;
  return (await findTicketType(db, target.workspaceId, target.id)) === undefined ? 'missing' : 'stale';
}
