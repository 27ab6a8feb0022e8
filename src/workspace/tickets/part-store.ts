import { sql } from 'drizzle-orm';
import { ticketLimits } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { admins } from '../admins/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { type ChangedAttribute, ticketParts, tickets } from './tables.ts';

export type PartRow = typeof ticketParts.$inferSelect;
export type PartWithAuthor = PartRow & { author_name: string | null; author_email: string | null };

/** Who wrote a part, or made what it tells of. */
export type PartAuthor = { author_type: 'bot' } | { author_type: 'admin' | 'user'; author_id: string };

type Written = Pick<
  typeof ticketParts.$inferInsert,
  | 'body'
  | 'ticket_state'
  | 'previous_ticket_state'
  | 'assigned_to_type'
  | 'assigned_to_id'
  | 'attachments'
  | 'external_id'
>;
export type NewPart = { part_type: string; changed_attribute?: ChangedAttribute } & PartAuthor & Written;

/** The newest parts of each ticket that a statement on `tickets` reads, as JSON in reading order. */
export const newestParts = sql<PartWithAuthor[]>`(
  select coalesce(json_agg(r order by r.created_at, r.id), '[]') from (
    select p.*, coalesce(a.name, c.name) as author_name, coalesce(a.email, c.email) as author_email
    from (
      select * from ${ticketParts} o
      where o.workspace_id = ${tickets}.workspace_id and o.ticket_id = ${tickets}.id
      order by o.created_at desc, o.id desc limit ${sql.raw(String(ticketLimits.parts))}
    ) p
    left join ${admins} a
      on a.workspace_id = p.workspace_id and a.id = case when p.author_type = 'admin' then p.author_id::bigint end
    left join ${contacts} c
      on c.workspace_id = p.workspace_id and c.id = case when p.author_type = 'user' then p.author_id end
  ) r
)`;

/** How many parts each ticket has that a statement on `tickets` reads. */
export const numberOfParts = sql<number>`(
  select count(*)::int from ${ticketParts} o
  where o.workspace_id = ${tickets}.workspace_id and o.ticket_id = ${tickets}.id
)`;

/** Which ticket a part is of. */
export const placeOf = ({ workspace_id, id }: { workspace_id: string; id: number }) => ({
  workspace_id,
  ticket_id: id,
});

/** Appends parts to their tickets, in the order given. */
export async function insertParts(
  db: Db,
  parts: (NewPart & ReturnType<typeof placeOf> & { created_at: number; updated_at: number })[],
): Promise<PartRow[]> {
  return parts.length === 0 ? [] : db.insert(ticketParts).values(parts).returning();
}
