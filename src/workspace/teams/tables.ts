import { boolean, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { admins } from '../admins/tables.ts';
import { generatedId, idOf, workspaces } from '../tables.ts';

export const teams = pgTable(
  'teams',
  {
    workspace_id: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: generatedId(),
    name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace_id, table.id] })],
);

export const teamMembers = pgTable(
  'team_members',
  {
    workspace_id: text().notNull(),
    team_id: idOf(),
    admin_id: idOf(),
    /** Primary members are assigned to first, the others when no primary member is free. */
    is_primary: boolean().notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.team_id, table.admin_id] }),
    index().on(table.workspace_id, table.admin_id),
    foreignKey({
      name: 'team_members_team',
      columns: [table.workspace_id, table.team_id],
      foreignColumns: [teams.workspace_id, teams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'team_members_admin',
      columns: [table.workspace_id, table.admin_id],
      foreignColumns: [admins.workspace_id, admins.id],
    }).onDelete('cascade'),
  ],
);
