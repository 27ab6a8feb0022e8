import { sql } from 'drizzle-orm';
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { contacts } from '../contacts/tables.ts';
import { unixTime, workspaces } from '../tables.ts';

/** A company's id of its own never stands for two companies. */
export const companyIdIndex = 'companies_company_id';

export const companies = pgTable(
  'companies',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** 24 hex digits. */
    id: text().notNull(),
    company_id: text(),
    name: text(),
    name_key: text(),
    plan: text(),
    size: integer(),
    website: text(),
    industry: text(),
    monthly_spend: bigint({ mode: 'number' }).notNull().default(0),
    session_count: integer().notNull().default(0),
    custom_attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    remote_created_at: unixTime(),
    last_request_at: unixTime(),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.id] }),
    index('companies_by_request').on(table.workspace_id, table.last_request_at, table.id),
    index('companies_by_name').on(table.workspace_id, table.name_key),
    uniqueIndex(companyIdIndex).on(table.workspace_id, table.company_id).where(sql`${table.company_id} is not null`),
  ],
);

export const contactCompanies = pgTable(
  'contact_companies',
  { workspace_id: text().notNull(), contact_id: text().notNull(), company_id: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.contact_id, table.company_id] }),
    index('contact_companies_of_company').on(table.workspace_id, table.company_id),
    foreignKey({
      name: 'contact_companies_contact',
      columns: [table.workspace_id, table.contact_id],
      foreignColumns: [contacts.workspace_id, contacts.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'contact_companies_company',
      columns: [table.workspace_id, table.company_id],
      foreignColumns: [companies.workspace_id, companies.id],
    }).onDelete('cascade'),
  ],
);
