import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { generatedId, workspaces } from '../tables.ts';

export const admins = pgTable(
  'admins',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: generatedId(),
    name: text().notNull(),
    email: text().notNull(),
    email_verified: boolean().notNull().default(true),
    job_title: text(),
    away_mode_enabled: boolean().notNull().default(false),
    away_mode_reassign: boolean().notNull().default(false),
    has_inbox_seat: boolean().notNull().default(true),
    avatar_url: text(),
  },
  (table) => [primaryKey({ columns: [table.workspace_id, table.id] })],
);
