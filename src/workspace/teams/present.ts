import type { Team } from '#contract/teams.ts';
import type { TeamRow } from './store.ts';

export function presentTeam(row: TeamRow): Team {
  const { primary_admin_ids, secondary_admin_ids } = row;
  return {
    type: 'team',
    id: String(row.id),
    name: row.name,
    admin_ids: [...primary_admin_ids, ...secondary_admin_ids].sort((one, other) => one - other),
    admin_priority_level: { primary_admin_ids, secondary_admin_ids },
  };
}
