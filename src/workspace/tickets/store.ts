import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { companies } from '../companies/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { nextVersion, prepared, single } from '../sql.ts';
import { type TicketTypeWithAttributes, ticketTypesByIds } from '../ticket-types/store.ts';
import { newestParts, numberOfParts, type PartWithAuthor } from './part-store.ts';
import { tickets, ticketValues } from './tables.ts';
import { type AppliedTag, appliedTags } from './tag-store.ts';
import { type AskedValue, searchableValue } from './values.ts';

export type TicketRow = typeof tickets.$inferSelect;

/** A ticket with everything that is told of it. */
export interface FullTicket extends TicketRow {
  ticket_type: TicketTypeWithAttributes;
  contact: { id: string; external_id: string | null; role: string };
  company: { company_id: string | null } | null;
  tags: AppliedTag[];
  /** The newest ones, in reading order, and how many there are; undefined where nobody asked for parts. */
  parts: { newest: PartWithAuthor[]; count: number } | undefined;
}

const columns = {
  row: getTableColumns(tickets),
  contact: { id: contacts.id, external_id: contacts.external_id, role: contacts.role },
  company: { company_id: companies.company_id },
  tags: appliedTags,
};
const columnsWithParts = { ...columns, newestParts, numberOfParts };

const askedIds = and(
  eq(tickets.workspace_id, sql.placeholder('workspaceId')),
  sql`${tickets.id} = any(${sql.placeholder('ids')}::bigint[])`,
);
const contactOfTicket = and(eq(contacts.workspace_id, tickets.workspace_id), eq(contacts.id, tickets.contact_id));
const companyOfTicket = and(eq(companies.workspace_id, tickets.workspace_id), eq(companies.id, tickets.company_id));

const byIds = prepared((db) =>
  db
    .select(columns)
    .from(tickets)
    .innerJoin(contacts, contactOfTicket)
    .leftJoin(companies, companyOfTicket)
    .where(askedIds)
    .prepare('tickets'),
);

const byIdsWithParts = prepared((db) =>
  db
    .select(columnsWithParts)
    .from(tickets)
    .innerJoin(contacts, contactOfTicket)
    .leftJoin(companies, companyOfTicket)
    .where(askedIds)
    .prepare('tickets_with_parts'),
);

async function rowsByIds(db: Db, given: { workspaceId: string; ids: number[] }, withParts: boolean) {
  if (!withParts) return (await byIds(db).execute(given)).map((found) => ({ ...found, parts: undefined }));
  const rows = await byIdsWithParts(db).execute(given);
  return rows.map((found) => ({ ...found, parts: { newest: found.newestParts, count: found.numberOfParts } }));
}

/** The tickets with these ids, in the order of the ids; those that do not exist are left out. */
export async function ticketsByIds(
  db: Db,
  workspace: { id: string },
  ids: number[],
  { withoutParts }: { withoutParts: boolean },
): Promise<FullTicket[]> {
  if (ids.length === 0) return [];
  const rows = await rowsByIds(db, { workspaceId: workspace.id, ids }, !withoutParts);
  const types = await ticketTypesByIds(db, workspace, [...new Set(rows.map(({ row }) => row.ticket_type_id))]);
  const known = new Map(rows.map((each) => [each.row.id, each]));
  return ids.flatMap((id) => {
    const ticket = known.get(id);
    const ticket_type = ticket && types.get(ticket.row.ticket_type_id);
    if (ticket === undefined || ticket_type === undefined) return [];
    const { row, contact, company, tags, parts } = ticket;
    return [{ ...row, ticket_type, contact, company, tags, parts }];
  });
}

/** The ticket, or undefined when there is none. */
export async function findTicket(
  db: Db,
  workspace: { id: string },
  id: number,
  options: { withoutParts: boolean },
): Promise<FullTicket | undefined> {
  const [ticket] = await ticketsByIds(db, workspace, [id], options);
  return ticket;
}

const one = (workspaceId: string, id: number) => and(eq(tickets.workspace_id, workspaceId), eq(tickets.id, id));

const lockedRow = prepared((db) =>
  db
    .select(columns)
    .from(tickets)
    .innerJoin(contacts, contactOfTicket)
    .leftJoin(companies, companyOfTicket)
    .where(and(eq(tickets.workspace_id, sql.placeholder('workspaceId')), eq(tickets.id, sql.placeholder('id'))))
    .for('update', { of: tickets })
    .prepare('locked_ticket'),
);

/** The ticket without its parts, whose row nobody else changes until the transaction `db` ends. */
export async function lockTicket(db: Db, workspace: { id: string }, id: number): Promise<FullTicket | undefined> {
  const [found] = await lockedRow(db).execute({ workspaceId: workspace.id, id });
  if (found === undefined) return undefined;
  const { row, ...others } = found;
  const ticket_type = (await ticketTypesByIds(db, workspace, [row.ticket_type_id])).get(row.ticket_type_id);
  return ticket_type && { ...row, ...others, ticket_type, parts: undefined };
}

/** Keeps what searches compare in step with the values of a ticket. */
async function writeValues(db: Db, ticket: { workspace_id: string; id: number }, changes: AskedValue[]): Promise<void> {
  const place = { workspace_id: ticket.workspace_id, ticket_id: ticket.id };
  const rows = changes.flatMap((change) => {
    const searchable = searchableValue(change);
    return searchable === undefined ? [] : [{ ...place, attribute_id: change.attribute.id, ...searchable }];
  });
  const gone = changes.filter(({ value }) => value === null).map(({ attribute }) => attribute.id);
  if (gone.length > 0) {
    await db
      .delete(ticketValues)
      .where(
        and(
          eq(ticketValues.workspace_id, ticket.workspace_id),
          eq(ticketValues.ticket_id, ticket.id),
          inArray(ticketValues.attribute_id, gone),
        ),
      );
  }
  if (rows.length > 0) {
    await db
      .insert(ticketValues)
      .values(rows)
      .onConflictDoUpdate({
        target: [ticketValues.workspace_id, ticketValues.ticket_id, ticketValues.attribute_id],
        set: { text_value: sql`excluded.text_value`, number_value: sql`excluded.number_value` },
      });
  }
}

export async function insertTicket(
  db: Db,
  values: typeof tickets.$inferInsert,
  given: AskedValue[],
): Promise<TicketRow> {
  const row = single(await db.insert(tickets).values(values).returning());
  await writeValues(db, row, given);
  return row;
}

type ChangeableColumn =
  | 'title'
  | 'description'
  | 'title_key'
  | 'description_key'
  | 'attributes'
  | 'state'
  | 'is_shared'
  | 'admin_assignee_id'
  | 'team_assignee_id'
  | 'open'
  | 'snoozed_until'
  | 'teammate_ids';

/** Changes a locked ticket, and gives it its next version. Without changes it has only been touched. */
export async function writeTicket(
  db: Db,
  ticket: { workspace_id: string; id: number },
  changes: Partial<Pick<TicketRow, ChangeableColumn>>,
  values: AskedValue[],
  now: number,
): Promise<TicketRow> {
  const rows = await db
    .update(tickets)
    .set({ ...changes, updated_at: nextVersion(tickets.updated_at, now) })
    .where(one(ticket.workspace_id, ticket.id))
    .returning();
  await writeValues(db, ticket, values);
  return single(rows);
}
