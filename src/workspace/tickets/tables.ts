import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { TicketState } from '#contract/ticket-states.ts';
import { companies } from '../companies/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { generatedId, idOf, unixTime, workspaces } from '../tables.ts';
import { ticketTypes } from '../ticket-types/tables.ts';

/** A file of an attribute, or attached to a part. */
export interface StoredFile {
  name: string;
  url: string;
  content_type: string;
}

/** The value of an attribute: a text, a number, a flag, the id of a list item, a time in unix seconds, or files. */
export type AttributeValue = string | number | boolean | StoredFile[];

/** Nobody, in the columns of assignees. */
export const nobody = 0;

export const tickets = pgTable(
  'tickets',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: generatedId(),
    /** What people call it by; no id in any path. */
    number: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity({ startWith: 1 }),
    ticket_type_id: idOf(),
    contact_id: text().notNull(),
    company_id: text(),
    title: text().notNull().default(''),
    description: text().notNull().default(''),
    /** As compared with others. Made here, as databases fold case each in their own way. */
    title_key: text().notNull().default(''),
    description_key: text().notNull().default(''),
    /** The values of all attributes but title and description, by the attribute's id. */
    attributes: jsonb().$type<Record<string, AttributeValue>>().notNull().default({}),
    state: text().$type<TicketState>().notNull().default('submitted'),
    open: boolean().notNull().default(true),
    is_shared: boolean().notNull(),
    snoozed_until: unixTime(),
    admin_assignee_id: idOf().default(nobody),
    team_assignee_id: idOf().default(nobody),
    /** The admins who wrote on it. */
    teammate_ids: bigint({ mode: 'number' }).array().notNull().default([]),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    uniqueIndex('tickets_number').on(table.workspace_id, table.number),
    index('tickets_by_creation').on(table.workspace_id, table.created_at, table.id),
    index('tickets_by_update').on(table.workspace_id, table.updated_at, table.id),
    index('tickets_by_state').on(table.workspace_id, table.state, table.updated_at, table.id),
    index('tickets_by_openness').on(table.workspace_id, table.open, table.updated_at, table.id),
    index('tickets_by_type').on(table.workspace_id, table.ticket_type_id, table.updated_at, table.id),
    index('tickets_by_admin').on(table.workspace_id, table.admin_assignee_id, table.updated_at, table.id),
    index('tickets_by_team').on(table.workspace_id, table.team_assignee_id, table.updated_at, table.id),
    index('tickets_by_contact').on(table.workspace_id, table.contact_id, table.updated_at, table.id),
    index('tickets_by_company').on(table.workspace_id, table.company_id).where(sql`${table.company_id} is not null`),
    index('tickets_snoozed')
      .on(table.workspace_id, table.snoozed_until, table.id)
      .where(sql`${table.snoozed_until} is not null`),
    index('tickets_teammates').using('gin', table.teammate_ids),
    index('tickets_attributes').using('gin', table.attributes.op('jsonb_path_ops')),
    // For pieces of a title or a description.
    index('tickets_text').using('gin', table.title_key.op('gin_trgm_ops'), table.description_key.op('gin_trgm_ops')),
    foreignKey({
      name: 'tickets_ticket_type',
      columns: [table.workspace_id, table.ticket_type_id],
      foreignColumns: [ticketTypes.workspace_id, ticketTypes.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'tickets_contact',
      columns: [table.workspace_id, table.contact_id],
      foreignColumns: [contacts.workspace_id, contacts.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'tickets_company',
      columns: [table.workspace_id, table.company_id],
      foreignColumns: [companies.workspace_id, companies.id],
    }),
  ],
);

/**
 * Values of attributes once more, one row each, where a search may ask for a range or for a piece of text: of strings,
 * integers, decimals and times. Whether an attribute has exactly a value is found in `tickets.attributes`.
 */
export const ticketValues = pgTable(
  'ticket_values',
  {
    workspace_id: text().notNull(),
    attribute_id: idOf(),
    ticket_id: idOf(),
    number_value: doublePrecision(),
    /** As compared with others. */
    text_value: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.ticket_id, table.attribute_id] }),
    index('ticket_values_by_number')
      .on(table.workspace_id, table.attribute_id, table.number_value, table.ticket_id)
      .where(sql`${table.number_value} is not null`),
    index('ticket_values_text').using('gin', table.text_value.op('gin_trgm_ops')),
    foreignKey({
      name: 'ticket_values_ticket',
      columns: [table.workspace_id, table.ticket_id],
      foreignColumns: [tickets.workspace_id, tickets.id],
    }).onDelete('cascade'),
  ],
);

/** What an attribute was set to, as it was called then. */
export interface ChangedAttribute {
  id: string;
  label: string;
  /** JSON. The label of a list item in place of its id. */
  value: unknown;
  value_id?: string;
}

export const ticketParts = pgTable(
  'ticket_parts',
  {
    workspace_id: text().notNull(),
    id: generatedId(),
    ticket_id: idOf(),
    part_type: text().notNull(),
    /** Sanitised HTML. */
    body: text(),
    ticket_state: text().$type<TicketState>(),
    previous_ticket_state: text().$type<TicketState>(),
    assigned_to_type: text().$type<'admin' | 'team'>(),
    assigned_to_id: bigint({ mode: 'number' }),
    author_type: text().$type<'admin' | 'user' | 'bot'>().notNull(),
    /** The id of an admin or contact; null for the bot. */
    author_id: text(),
    changed_attribute: jsonb().$type<ChangedAttribute>(),
    attachments: jsonb().$type<StoredFile[]>(),
    external_id: text(),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    index('ticket_parts_in_order').on(table.workspace_id, table.ticket_id, table.created_at, table.id),
    foreignKey({
      name: 'ticket_parts_ticket',
      columns: [table.workspace_id, table.ticket_id],
      foreignColumns: [tickets.workspace_id, tickets.id],
    }).onDelete('cascade'),
  ],
);

/**
 * How many tickets there are of each kind, as differences that triggers append and a sweep adds up: summing them counts
 * what these columns tell apart without looking at tickets.
 */
export const ticketCounts = pgTable(
  'ticket_counts',
  {
    workspace_id: text().notNull(),
    ticket_type_id: idOf(),
    state: text().$type<TicketState>().notNull(),
    open: boolean().notNull(),
    admin_assignee_id: idOf(),
    team_assignee_id: idOf(),
    number: integer().notNull(),
  },
  (table) => [index('ticket_counts_of_workspace').on(table.workspace_id)],
);
