import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { companies } from '../companies/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { nextVersion, prepared, single } from '../sql.ts';
import { type TicketTypeWithAttributes, ticketTypesByIds } from '../ticket-types/store.ts';
import { insertParts, type NewPart, newestParts, numberOfParts, type PartWithAuthor, placeOf } from './part-store.ts';
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

const lockedRows = prepared((db) =>
  db
    .select(columns)
    .from(tickets)
    .innerJoin(contacts, contactOfTicket)
    .leftJoin(companies, companyOfTicket)
    .where(askedIds)
    .orderBy(tickets.id)
    .for('update', { of: tickets })
    .prepare('locked_tickets'),
);

/** The tickets with these ids without their parts, whose rows nobody else changes until the transaction `db` ends. */
export async function lockTickets(db: Db, workspace: { id: string }, ids: number[]): Promise<FullTicket[]> {
  const rows = await lockedRows(db).execute({ workspaceId: workspace.id, ids });
  const types = await ticketTypesByIds(db, workspace, [...new Set(rows.map(({ row }) => row.ticket_type_id))]);
  return rows.flatMap(({ row, ...others }) => {
    const ticket_type = types.get(row.ticket_type_id);
    return ticket_type === undefined ? [] : [{ ...row, ...others, ticket_type, parts: undefined }];
  });
}

interface GivenValues {
  ticket: { workspace_id: string; id: number };
  values: AskedValue[];
}

/** Keeps what searches compare in step with the values of tickets. */
async function writeValues(db: Db, given: GivenValues[]): Promise<void> {
  const places = given.flatMap(({ ticket: { workspace_id, id: ticket_id }, values }) =>
    values.map((asked) => ({ asked, place: { workspace_id, ticket_id, attribute_id: asked.attribute.id } })),
  );
  const rows = places.flatMap(({ asked, place }) => {
    const searchable = searchableValue(asked);
    return searchable === undefined ? [] : [{ ...place, ...searchable }];
  });
  const gone = places.flatMap(({ asked: { value }, place }) => (value === null ? [place] : []));
  if (gone.length > 0) {
    await db.delete(ticketValues).where(
      sql`(${ticketValues.workspace_id}, ${ticketValues.ticket_id}, ${ticketValues.attribute_id}) in (
        select * from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb)
          as gone(workspace_id text, ticket_id bigint, attribute_id bigint)
      )`,
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
  await writeValues(db, [{ ticket: row, values: given }]);
  return row;
}

const changeable = [
  'title',
  'description',
  'title_key',
  'description_key',
  'attributes',
  'state',
  'is_shared',
  'admin_assignee_id',
  'team_assignee_id',
  'open',
  'snoozed_until',
  'teammate_ids',
] as const;

/** What becomes of a locked ticket. Without changes it has only been touched. */
export interface TicketWrite {
  ticket: TicketRow;
  changes: Partial<Pick<TicketRow, (typeof changeable)[number]>>;
  values: AskedValue[];
  /** Those that tell of it, in their order. */
  parts: NewPart[];
  /** Unix seconds. */
  now: number;
}

/** Changes locked tickets, each of them once, and gives each its next version. Resolves to their rows, in order. */
export async function writeTickets(db: Db, writes: TicketWrite[]): Promise<TicketRow[]> {
  const written = changeable.filter((name) => writes.some(({ changes }) => name in changes));
  const given = writes.map(({ ticket, changes, now }) => ({
    workspace_id: ticket.workspace_id,
    id: ticket.id,
    now,
    ...Object.fromEntries(written.map((name) => [name, { ...ticket, ...changes }[name]])),
  }));
  const types = written.map((name) => `, ${name} ${tickets[name].getSQLType()}`).join('');
  const rows = await db
    .update(tickets)
    .set({
      ...Object.fromEntries(written.map((name) => [name, sql`given.${sql.identifier(name)}`])),
      updated_at: nextVersion(tickets.updated_at, sql`given.now`),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(workspace_id text, id bigint, now bigint${sql.raw(types)})`,
    )
    .where(sql`${tickets.workspace_id} = given.workspace_id and ${tickets.id} = given.id`)
    .returning(columns.row);
  const known = new Map(rows.map((row) => [row.id, row]));
  if (known.size !== writes.length) throw new Error(`${known.size} tickets were written, not ${writes.length}`);
  await writeValues(db, writes);
  await insertParts(
    db,
    writes.flatMap(({ ticket, parts, now }) =>
      parts.map((part) => ({ ...part, ...placeOf(ticket), created_at: now, updated_at: now })),
    ),
  );
  return writes.flatMap(({ ticket }) => known.get(ticket.id) ?? []);
}
