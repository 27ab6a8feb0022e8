import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { prepared } from '../sql.ts';
import { teamMembers, teams } from './tables.ts';

export type TeamRow = typeof teams.$inferSelect & {
  primary_admin_ids: number[];
  secondary_admin_ids: number[];
};

function memberIds(isPrimary: boolean) {
  return sql<number[]>`(
    select coalesce(json_agg(m.admin_id order by m.admin_id), '[]') from ${teamMembers} m
    where m.workspace_id = ${teams}.workspace_id and m.team_id = ${teams}.id and m.is_primary = ${isPrimary}
  )`;
}

const columns = {
  ...getTableColumns(teams),
  primary_admin_ids: memberIds(true),
  secondary_admin_ids: memberIds(false),
};

const all = prepared((db) =>
  db
    .select(columns)
    .from(teams)
    .where(eq(teams.workspace_id, sql.placeholder('workspaceId')))
    .orderBy(asc(teams.id))
    .prepare('teams'),
);

export function listTeams(db: Db, workspaceId: string): Promise<TeamRow[]> {
  return all(db).execute({ workspaceId });
}

const byId = prepared((db) =>
  db
    .select(columns)
    .from(teams)
    .where(and(eq(teams.workspace_id, sql.placeholder('workspaceId')), eq(teams.id, sql.placeholder('id'))))
    .prepare('team'),
);

export async function findTeam(db: Db, workspaceId: string, id: number): Promise<TeamRow | undefined> {
  const [row] = await byId(db).execute({ workspaceId, id });
  return row;
}
