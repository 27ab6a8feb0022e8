import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { companies } from '../companies/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { generatedId, idOf, unixTime, workspaces } from '../tables.ts';
import { tickets } from '../tickets/tables.ts';

/** Two tags have different names, whatever their case. */
export const tagNameIndex = 'tags_name';

export const tags = pgTable(
  'tags',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: generatedId(),
    name: text().notNull(),
    /** The name as compared with others. */
    name_key: text().notNull(),
    created_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    uniqueIndex(tagNameIndex).on(table.workspace_id, table.name_key),
  ],
);

const applied = () => ({
  workspace_id: text().notNull(),
  tag_id: idOf(),
  applied_at: unixTime().notNull(),
  /** The admin who put it there. */
  applied_by: idOf(),
});

export const contactTags = pgTable('contact_tags', { ...applied(), contact_id: text().notNull() }, (table) => [
  primaryKey({ columns: [table.workspace_id, table.contact_id, table.tag_id] }),
  index('contact_tags_of_tag').on(table.workspace_id, table.tag_id, table.contact_id),
  foreignKey({
    name: 'contact_tags_tag',
    columns: [table.workspace_id, table.tag_id],
    foreignColumns: [tags.workspace_id, tags.id],
  }).onDelete('cascade'),
  foreignKey({
    name: 'contact_tags_contact',
    columns: [table.workspace_id, table.contact_id],
    foreignColumns: [contacts.workspace_id, contacts.id],
  }).onDelete('cascade'),
]);

export const companyTags = pgTable('company_tags', { ...applied(), company_id: text().notNull() }, (table) => [
  primaryKey({ columns: [table.workspace_id, table.company_id, table.tag_id] }),
  index('company_tags_of_tag').on(table.workspace_id, table.tag_id, table.company_id),
  foreignKey({
    name: 'company_tags_tag',
    columns: [table.workspace_id, table.tag_id],
    foreignColumns: [tags.workspace_id, tags.id],
  }).onDelete('cascade'),
  foreignKey({
    name: 'company_tags_company',
    columns: [table.workspace_id, table.company_id],
    foreignColumns: [companies.workspace_id, companies.id],
  }).onDelete('cascade'),
]);

export const ticketTags = pgTable('ticket_tags', { ...applied(), ticket_id: idOf() }, (table) => [
  primaryKey({ columns: [table.workspace_id, table.ticket_id, table.tag_id] }),
  index('ticket_tags_of_tag').on(table.workspace_id, table.tag_id, table.ticket_id),
  foreignKey({
    name: 'ticket_tags_tag',
    columns: [table.workspace_id, table.tag_id],
    foreignColumns: [tags.workspace_id, tags.id],
  }).onDelete('cascade'),
  foreignKey({
    name: 'ticket_tags_ticket',
    columns: [table.workspace_id, table.ticket_id],
    foreignColumns: [tickets.workspace_id, tickets.id],
  }).onDelete('cascade'),
]);
