import { MutationCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
    mutationMeta: {
      /** The keys whose queries are fetched anew before the mutation counts as done. */
      invalidates?: QueryKey[];
    };
  }
}

/** How often a read is tried again: never when the API has said no, twice when it may have been a passing fault. */
function shouldRetry(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 502) && error.code !== 'offline';
  return passing && failures < 2;
}

/**
 * The cache of everything read from the API. A mutation's `meta.invalidates` is refetched before the mutation settles,
 * so that a finished save means a fresh list.
 */
function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, gcTime: 30 * 60_000, retry: shouldRetry, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _onMutateResult, mutation) => refetch(mutation.meta?.invalidates),
      onError: (error, _variables, _onMutateResult, mutation) =>
        error.isOutcomeUnknown || error.isConflict ? refetch(mutation.meta?.invalidates) : undefined,
    }),
  });
  async function refetch(keys: QueryKey[] = []) {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  }
  return client;
}

/** The one client of this page. */
export const queryClient = createQueryClient();
