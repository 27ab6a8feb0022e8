import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AttributeDataType, TicketTypeCategory } from '#contract/ticket-types.ts';
import { generatedId, idOf, unixTime, workspaces } from '../tables.ts';

export interface ListOption {
  id: string;
  label: string;
}

/** What an attribute takes in: one of these keys, by its data type, or none. */
export interface InputOptions {
  multiline?: boolean;
  list_options?: ListOption[];
  allow_multiple_values?: boolean;
}

export const ticketTypes = pgTable(
  'ticket_types',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: generatedId(),
    name: text().notNull(),
    description: text().notNull(),
    icon: text().notNull(),
    /** Says also whether the type is internal: Back-office types are, others are not. */
    category: text().$type<TicketTypeCategory>().notNull(),
    archived: boolean().notNull().default(false),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace_id, table.id] })],
);

/** Two attributes in use of one ticket type have different names, whatever their case. */
export const attributeNameIndex = 'ticket_type_attributes_name_in_use';

export const ticketTypeAttributes = pgTable(
  'ticket_type_attributes',
  {
    workspace_id: text().notNull(),
    id: generatedId(),
    ticket_type_id: idOf(),
    name: text().notNull(),
    /** The name as compared with others. Made here, as databases fold case each in their own way. */
    name_key: text().notNull(),
    description: text().notNull(),
    data_type: text().$type<AttributeDataType>().notNull(),
    input_options: jsonb().$type<InputOptions>(),
    order: integer().notNull(),
    required_to_create: boolean().notNull().default(false),
    required_to_create_for_contacts: boolean().notNull().default(false),
    visible_on_create: boolean().notNull().default(true),
    visible_to_contacts: boolean().notNull().default(true),
    default: boolean().notNull().default(false),
    archived: boolean().notNull().default(false),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    index('ticket_type_attributes_in_order').on(table.workspace_id, table.ticket_type_id, table.order, table.id),
    uniqueIndex(attributeNameIndex)
      .on(table.workspace_id, table.ticket_type_id, table.name_key)
      .where(sql`not ${table.archived}`),
    foreignKey({
      name: 'ticket_type_attributes_ticket_type',
      columns: [table.workspace_id, table.ticket_type_id],
      foreignColumns: [ticketTypes.workspace_id, ticketTypes.id],
    }).onDelete('cascade'),
  ],
);
