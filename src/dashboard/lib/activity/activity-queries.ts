import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query';
import { listActivity, previewRevert, revertActivity } from '#contract/gateway/activity.ts';
import type { QueryOf } from '#contract/operation.ts';
import { call } from '../call.ts';
import { activityKey } from '../query-client.ts';

/** Which entries of the log to read; times in unix seconds. */
export type ActivityFilter = Omit<QueryOf<typeof listActivity>, 'before'>;

/** The log, a page at a time, and what taking a change back would do. */
export const activityQueries = {
  list: (filter: ActivityFilter) =>
    infiniteQueryOptions({
      queryKey: [...activityKey, 'list', filter],
      queryFn: ({ pageParam, signal, meta }) =>
        call(listActivity, { query: { ...filter, before: pageParam }, signal, meta }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      staleTime: 5_000,
    }),
  revertPreview: (entryId: string) =>
    queryOptions({
      queryKey: [...activityKey, 'revert', entryId],
      queryFn: ({ signal, meta }) => call(previewRevert, { params: { entry_id: entryId }, signal, meta }),
      // Shown to be decided on: never from memory.
      staleTime: 0,
      gcTime: 0,
    }),
};

export const activityMutations = {
  revert: (entryId: string) =>
    mutationOptions({
      mutationFn: (unmodifiedSince: number | null) =>
        call(revertActivity, { params: { entry_id: entryId }, body: { unmodified_since: unmodifiedSince } }),
      // It may have changed anything.
      meta: { invalidates: [[]] },
    }),
};
