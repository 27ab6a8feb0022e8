import { and, count, eq, max } from 'drizzle-orm';
import { ticketTypeLimits } from '#contract/ticket-types.ts';
import type { Db } from '#database/database.ts';
import { nextVersion, single, unmodified, violates } from '../sql.ts';
import { type AttributeRow, nameKey } from './store.ts';
import { attributeNameIndex, ticketTypeAttributes, ticketTypes } from './tables.ts';

async function unlessNameTaken<Result>(write: Promise<Result>): Promise<Result | 'name taken'> {
  try {
    return await write;
  } catch (error) {
    if (violates(error, attributeNameIndex)) return 'name taken';
    throw error;
  }
}

export type NewAttribute = Omit<AttributeRow, 'id' | 'name_key' | 'order' | 'default' | 'archived' | 'updated_at'>;

/** The new attribute, last in order; 'missing' when its ticket type is, 'full' when that has no room for it. */
export function createAttribute(
  db: Db,
  values: NewAttribute,
): Promise<AttributeRow | 'missing' | 'full' | 'name taken'> {
  const write = db.transaction(async (transaction) => {
    // Holding the type makes creations on it come one after the other, each with a place of its own in the order.
    const [type] = await transaction
      .select({ id: ticketTypes.id })
      .from(ticketTypes)
      .where(and(eq(ticketTypes.workspace_id, values.workspace_id), eq(ticketTypes.id, values.ticket_type_id)))
      .for('update');
    if (type === undefined) return 'missing';
    const siblings = single(
      await transaction
        .select({ number: count(), lastOrder: max(ticketTypeAttributes.order) })
        .from(ticketTypeAttributes)
        .where(
          and(
            eq(ticketTypeAttributes.workspace_id, values.workspace_id),
            eq(ticketTypeAttributes.ticket_type_id, values.ticket_type_id),
          ),
        ),
    );
    if (siblings.number >= ticketTypeLimits.attributes) return 'full';
    return single(
      await transaction
        .insert(ticketTypeAttributes)
        .values({
          ...values,
          name_key: nameKey(values.name),
          order: (siblings.lastOrder ?? -1) + 1,
          updated_at: values.created_at,
        })
        .returning(),
    );
  });
  return unlessNameTaken(write);
}

type ChangeableColumn =
  | 'name'
  | 'description'
  | 'input_options'
  | 'required_to_create'
  | 'required_to_create_for_contacts'
  | 'visible_on_create'
  | 'visible_to_contacts'
  | 'archived';

export type AttributeChanges = { [Column in ChangeableColumn]?: AttributeRow[Column] | undefined };

/**
 * The attribute after the changes that `revise` makes of it; 'missing' when there is none, 'stale' when it was changed
 * after `unmodifiedSince`. What `revise` throws is thrown, and nothing is changed.
 */
export function updateAttribute(
  db: Db,
  target: { workspaceId: string; ticketTypeId: number; id: number; unmodifiedSince: number | undefined },
  revise: (current: AttributeRow) => AttributeChanges,
  now: number,
): Promise<AttributeRow | 'missing' | 'stale' | 'name taken'> {
  const one = and(
    eq(ticketTypeAttributes.workspace_id, target.workspaceId),
    eq(ticketTypeAttributes.ticket_type_id, target.ticketTypeId),
    eq(ticketTypeAttributes.id, target.id),
  );
  const write = db.transaction(async (transaction) => {
    const [current] = await transaction.select().from(ticketTypeAttributes).where(one).for('update');
    if (current === undefined) return 'missing';
    const changes = revise(current);
    const [row] = await transaction
      .update(ticketTypeAttributes)
      .set({
        ...changes,
        ...(changes.name === undefined ? {} : { name_key: nameKey(changes.name) }),
        updated_at: nextVersion(ticketTypeAttributes.updated_at, now),
      })
      .where(and(one, unmodified(ticketTypeAttributes.updated_at, target.unmodifiedSince)))
      .returning();
    return row ?? 'stale';
  });
  return unlessNameTaken(write);
}
