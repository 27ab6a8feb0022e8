import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ContactRole } from '#contract/contacts.ts';
import { idOf, unixTime, workspaces } from '../tables.ts';

/** What a device's app or browser told, by the wire's own names: `browser`, `os`, `ios_app_version` and the like. */
export type ContactDetails = Record<string, string | number | null>;

/** Two users have different external ids, and different email addresses, whatever their case. */
export const externalIdIndex = 'contacts_external_id';
export const userEmailIndex = 'contacts_user_email';

export const contacts = pgTable(
  'contacts',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** 24 hex digits. */
    id: text().notNull(),
    external_id: text(),
    role: text().$type<ContactRole>().notNull(),
    email: text(),
    /** The email and the name as compared with others. Made here, as databases fold case each in their own way. */
    email_key: text(),
    phone: text(),
    name: text(),
    name_key: text(),
    avatar_url: text(),
    owner_id: idOf().default(0),
    unsubscribed_from_emails: boolean().notNull().default(false),
    marked_email_as_spam: boolean().notNull().default(false),
    has_hard_bounced: boolean().notNull().default(false),
    language_override: text(),
    country: text(),
    region: text(),
    city: text(),
    details: jsonb().$type<ContactDetails>().notNull().default({}),
    custom_attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    signed_up_at: unixTime(),
    last_seen_at: unixTime(),
    last_replied_at: unixTime(),
    last_contacted_at: unixTime(),
    last_email_opened_at: unixTime(),
    last_email_clicked_at: unixTime(),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    index('contacts_by_creation').on(table.workspace_id, table.created_at, table.id),
    index('contacts_by_update').on(table.workspace_id, table.updated_at, table.id),
    index('contacts_by_email').on(table.workspace_id, table.email_key),
    uniqueIndex(externalIdIndex).on(table.workspace_id, table.external_id).where(sql`${table.external_id} is not null`),
    uniqueIndex(userEmailIndex)
      .on(table.workspace_id, table.email_key)
      .where(sql`${table.role} = 'user' and ${table.email_key} is not null`),
    // For pieces of a name or an address.
    index('contacts_text').using('gin', table.name_key.op('gin_trgm_ops'), table.email_key.op('gin_trgm_ops')),
    index('contacts_custom_attributes').using('gin', table.custom_attributes.op('jsonb_path_ops')),
  ],
);
