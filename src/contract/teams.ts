import * as z from 'zod/mini';
import { id, integerId } from './fields.ts';
import type { Operation } from './operation.ts';

const priorityLevel = z.object({
  primary_admin_ids: z.nullish(z.array(integerId)),
  secondary_admin_ids: z.nullish(z.array(integerId)),
});

export const team = z.object({
  type: z.literal('team'),
  id,
  name: z.string(),
  admin_ids: z.array(integerId),
  admin_priority_level: z.nullish(priorityLevel),
});
export type Team = z.output<typeof team>;

export const listTeams = {
  name: 'listTeams',
  summary: 'List all teams',
  tag: 'Teams',
  method: 'GET',
  path: '/teams',
  version: '2.11',
  response: z.object({ type: z.literal('team.list'), teams: z.array(team) }),
} as const satisfies Operation;

export const retrieveTeam = {
  name: 'retrieveTeam',
  summary: 'Retrieve a team',
  tag: 'Teams',
  method: 'GET',
  path: '/teams/{team_id}',
  version: '2.11',
  response: team,
} as const satisfies Operation;
