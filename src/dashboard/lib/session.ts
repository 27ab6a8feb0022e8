import { queryOptions, useQuery } from '@tanstack/react-query';
import { getSession } from '#contract/gateway/current-session.ts';
import type { GatewayOperationName } from '#contract/gateway/operations.ts';
import type { OperationName } from '#contract/operations.ts';
import { call } from './call.ts';

/** Who is signed in. */
export const sessionQueries = {
  current: () =>
    queryOptions({
      queryKey: ['session', 'current'],
      queryFn: ({ signal, meta }) => call(getSession, { signal, meta }),
      staleTime: 60_000,
    }),
};

export type AnyOperationName = OperationName | GatewayOperationName;

/**
 * Whether the person may use `operation`. A screen offers only what they may do; the gateway enforces it whatever the
 * screen shows. False until the session is known.
 */
export function useMay(operation: AnyOperationName): boolean {
  const { data } = useQuery(sessionQueries.current());
  return data?.operations.includes(operation) ?? false;
}

/**
 * The roles that may use an operation that this person may not, as "admin or owner": time to say which role it needs.
 * Undefined where they may, and as long as it is not known.
 */
export function useNeededRoles(operation: AnyOperationName): string | undefined {
  const { data } = useQuery(sessionQueries.current());
  const needed = data?.needed[operation];
  return needed && new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(needed);
}
