import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { SearchQuery } from '#contract/search.ts';
import { unixTime, workspaces } from '../tables.ts';

export const segments = pgTable(
  'segments',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** 24 hex digits. */
    id: text().notNull(),
    name: text().notNull(),
    /** `contact` stands for leads. */
    person_type: text().$type<'contact' | 'user'>().notNull(),
    /** A search for contacts: whom it finds is in the segment. */
    rules: jsonb().$type<SearchQuery>().notNull(),
    created_at: unixTime().notNull(),
    updated_at: unixTime().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace_id, table.id] })],
);
