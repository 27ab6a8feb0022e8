import { queryOptions } from '@tanstack/react-query';
import { identifyAdmin } from '#contract/admins.ts';
import { about } from '#contract/gateway/about.ts';
import { call } from './call.ts';

/** What every screen knows of the workspace: the admin that Deskbell acts as, and the upstream behind the gateway. */
export const workspaceQueries = {
  me: () =>
    queryOptions({
      queryKey: ['workspace', 'me'],
      queryFn: ({ signal, meta }) => call(identifyAdmin, { signal, meta }),
      staleTime: 10 * 60_000,
    }),
  about: () =>
    queryOptions({
      queryKey: ['workspace', 'about'],
      queryFn: ({ signal, meta }) => call(about, { signal, meta }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
