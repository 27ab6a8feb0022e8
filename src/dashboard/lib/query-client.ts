import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext } from 'react-router';
import { ApiError } from './api-error.ts';
import { sessionQueries } from './session.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
    queryMeta: {
      /** What a read is sent with; the page's own `fetch` when left out. */
      fetch?: typeof fetch;
    };
    mutationMeta: {
      /** The keys whose queries are fetched anew before the mutation counts as done. */
      invalidates?: QueryKey[];
    };
  }
}

/** Of everything that is read from the log of activity. */
export const activityKey = ['activity'] as const;

/** How often a read is tried again: never when the API has said no, twice when it may have been a passing fault. */
function shouldRetry(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status >= 502) && error.code !== 'offline';
  return passing && failures < 2;
}

/**
 * A cache of everything read from the API. On the server every page has one of its own, with the `fetch` that reads for
 * this person, and nothing is tried again or kept. A mutation's `meta.invalidates` is refetched before the mutation settles,
 * so that a finished save means a fresh list.
 */
export function createQueryClient(onServer?: { fetch: typeof fetch }): QueryClient {
  const place = onServer
    ? { meta: onServer, retry: false, gcTime: Number.POSITIVE_INFINITY }
    : { retry: shouldRetry, gcTime: 30 * 60_000 };
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, networkMode: 'always', ...place },
      mutations: { retry: false, networkMode: 'always' },
    },
    queryCache: new QueryCache({ onError: learnOfLostRole }),
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _onMutateResult, mutation) => refetch(mutation.meta?.invalidates),
      onError: (error, _variables, _onMutateResult, mutation) => {
        learnOfLostRole(error);
        return error.isOutcomeUnknown || error.isConflict ? refetch(mutation.meta?.invalidates) : undefined;
      },
      // Every write, refused ones too, has an entry in the log.
      onSettled: () => void client.invalidateQueries({ queryKey: activityKey }),
    }),
  });
  /** What the session allows has changed since it was read, or the request would not have been made. */
  function learnOfLostRole(error: ApiError) {
    if (error.code === 'role_required') void client.invalidateQueries(sessionQueries.current());
  }
  async function refetch(keys: QueryKey[] = []) {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  }
  return client;
}

/** The one client of this page, in the browser. */
export const queryClient = createQueryClient();

/** Where loaders find the client to fill. */
export const queryClientContext = createContext<QueryClient>();
