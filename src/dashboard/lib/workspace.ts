import { queryOptions } from '@tanstack/react-query';
import { identifyAdmin } from '#contract/admins.ts';
import { about } from '#contract/gateway.ts';
import { call } from './call.ts';

/** What every screen knows of the workspace: the admin that Deskbell acts as, and the upstream behind the gateway. */
export const workspaceQueries = {
  me: () =>
    queryOptions({
      queryKey: ['workspace', 'me'],
      queryFn: ({ signal }) => call(identifyAdmin, { signal }),
      staleTime: 10 * 60_000,
    }),
  about: () =>
    queryOptions({
      queryKey: ['workspace', 'about'],
      queryFn: ({ signal }) => call(about, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
