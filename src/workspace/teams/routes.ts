import * as contract from '#contract/teams.ts';
import { numericId } from '../http/ids.ts';
import { notFound } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { presentTeam } from './present.ts';
import { findTeam, listTeams } from './store.ts';

export const teamRoutes = {
  listTeams: route(
    contract.listTeams,
    async ({ db, workspace }) => {
      const rows = await listTeams(db, workspace.id);
      return { type: 'team.list' as const, teams: rows.map(presentTeam) };
    },
    { isConfiguration: true },
  ),

  retrieveTeam: route(
    contract.retrieveTeam,
    async ({ db, workspace, params }) => {
      const id = numericId(params.team_id);
      const row = id === undefined ? undefined : await findTeam(db, workspace.id, id);
      if (row === undefined) throw notFound('team_not_found', 'Team not found');
      return presentTeam(row);
    },
    { isConfiguration: true },
  ),
};
