import { boolean, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { SavedView } from '#contract/gateway/views.ts';
import { people } from '../auth/tables.ts';

/** Lists that someone comes back to: where, and with which query string. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: text().primaryKey(),
    person_id: text()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The screen: `tickets`. */
    screen: text().$type<SavedView['screen']>().notNull(),
    name: text().notNull(),
    is_shared: boolean().notNull(),
    /** The screen's own view state, by the names of its address's query. */
    state: jsonb().$type<Record<string, string>>().notNull(),
    created_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('saved_views_of_screen').on(table.screen, table.person_id)],
);
