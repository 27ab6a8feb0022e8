import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { parseTicketTypeSearch, type TicketTypeSearch, toSearchParams } from './ticket-type-filters.ts';

/** The list's state, which lives in the address. */
export function useTicketTypeSearch(): [TicketTypeSearch, (search: TicketTypeSearch) => void] {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => parseTicketTypeSearch(params), [params]);
  // Each letter typed is not a step to go back to.
  return [search, (next) => setParams(toSearchParams(next), { replace: true, preventScrollReset: true })];
}
