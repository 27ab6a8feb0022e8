import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { TicketRow } from '#contract/gateway/tickets.ts';
import type { SearchQuery } from '#contract/search.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { type CursorList, useCursorList } from '../../lib/virtual-table/use-cursor-list.ts';
import { teammateQueries } from './teammate-queries.ts';
import { type TicketRowsPage, ticketListQueries } from './ticket-list-queries.ts';
import { isTooLarge, toSearchQuery } from './ticket-list-query.ts';
import type { TicketListSearch } from './ticket-list-search.ts';
import type { Count } from './ticket-list-words.ts';

const pauseMs = 200;

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  // What was emptied is empty at once.
  return text === '' ? '' : settled;
}

export interface TicketList extends CursorList<TicketRow, TicketRowsPage> {
  query: SearchQuery | undefined;
  queryKey: readonly unknown[];
  /** How many match; undefined as long as it is not known. */
  total: Count | undefined;
  /** The filters make more conditions than a search may have. */
  isTooLarge: boolean;
  /** Another text is another list. */
  listKey: string;
}

export const rowId = ({ id }: TicketRow): string => id;

/** The tickets that a list state asks for, as far as they were read. */
export function useTicketList(search: TicketListSearch): TicketList {
  const q = useSettled(search.q);
  const { state, open, who, filter, sort } = search;
  const { ownId, isKnown, error: actorError } = useOwnId(who === 'mine');
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns and views are no part of the query
  const query = useMemo(
    () => toSearchQuery({ ...search, q, state, open, who, filter }, ownId),
    [q, state, open, who, filter, ownId],
  );
  const tooLarge = isTooLarge(query);
  const options = ticketListQueries.rows(query, sort);
  const list = useCursorList({ ...options, enabled: isKnown && !tooLarge }, rowId);
  const { first } = list;
  const { queryKey } = options;
  return {
    ...list,
    error: list.error ?? (isKnown ? null : actorError),
    query,
    queryKey,
    total: first && !list.isOutdated ? { count: first.total, isEstimate: first.isEstimate } : undefined,
    isTooLarge: tooLarge,
    listKey: queryKey.join(' '),
  };
}

function useOwnId(isWanted: boolean): { ownId: string; isKnown: boolean; error: ApiError | null } {
  const { data, error } = useQuery({ ...teammateQueries.actor(), enabled: isWanted });
  return { ownId: data?.admin_id ?? '', isKnown: !isWanted || data !== undefined, error };
}

/** How many there are in each state, once the rows are there. */
export function useStateCounts(search: TicketListSearch, isReady: boolean) {
  const { ownId, isKnown } = useOwnId(search.who === 'mine');
  const q = useSettled(search.q);
  const query = toSearchQuery({ ...search, q, state: undefined }, ownId);
  const { data } = useQuery({
    ...ticketListQueries.counts(query),
    enabled: isReady && isKnown && !isTooLarge(query),
    placeholderData: keepPreviousData,
  });
  return data;
}
