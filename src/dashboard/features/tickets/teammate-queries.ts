import { queryOptions } from '@tanstack/react-query';
import { listAdmins } from '#contract/admins.ts';
import { getActor } from '#contract/gateway/tickets.ts';
import { listTeams } from '#contract/teams.ts';
import { call } from '../../lib/call.ts';

/** How long what hardly changes counts as fresh. */
const staysFor = 5 * 60_000;

/** Who can be assigned, and as whom one acts. */
export const teammateQueries = {
  admins: () =>
    queryOptions({
      queryKey: ['teammates', 'admins'],
      queryFn: async ({ signal, meta }) => (await call(listAdmins, { signal, meta })).admins,
      staleTime: staysFor,
    }),
  teams: () =>
    queryOptions({
      queryKey: ['teammates', 'teams'],
      queryFn: async ({ signal, meta }) => (await call(listTeams, { signal, meta })).teams,
      staleTime: staysFor,
    }),
  actor: () =>
    queryOptions({
      queryKey: ['teammates', 'actor'],
      queryFn: ({ signal, meta }) => call(getActor, { signal, meta }),
      staleTime: staysFor,
    }),
};
