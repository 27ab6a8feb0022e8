import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { prepared } from '../sql.ts';
import { teamMembers } from '../teams/tables.ts';
import { admins } from './tables.ts';

export type AdminRow = typeof admins.$inferSelect & { team_ids: number[] };

const columns = {
  ...getTableColumns(admins),
  team_ids: sql<number[]>`(
    select coalesce(json_agg(m.team_id order by m.team_id), '[]') from ${teamMembers} m
    where m.workspace_id = ${admins}.workspace_id and m.admin_id = ${admins}.id
  )`,
};

const all = prepared((db) =>
  db
    .select(columns)
    .from(admins)
    .where(eq(admins.workspace_id, sql.placeholder('workspaceId')))
    .orderBy(asc(admins.id))
    .prepare('admins'),
);

export function listAdmins(db: Db, workspaceId: string): Promise<AdminRow[]> {
  return all(db).execute({ workspaceId });
}

const byId = prepared((db) =>
  db
    .select(columns)
    .from(admins)
    .where(and(eq(admins.workspace_id, sql.placeholder('workspaceId')), eq(admins.id, sql.placeholder('id'))))
    .prepare('admin'),
);

export async function findAdmin(db: Db, workspaceId: string, id: number): Promise<AdminRow | undefined> {
  const [row] = await byId(db).execute({ workspaceId, id });
  return row;
}
