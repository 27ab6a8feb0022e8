import {
  type InfiniteData,
  type QueryClient,
  type QueryFunctionContext,
  queryOptions,
  useQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { countTickets, listTickets, type TicketRow } from '#contract/gateway/tickets.ts';
import type { SearchQuery } from '#contract/search.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import { call } from '../../lib/call.ts';
import { cursorQuery } from '../../lib/virtual-table/use-cursor-list.ts';
import { ticketTypeQueries } from '../ticket-types/queries.ts';
import { teammateQueries } from './teammate-queries.ts';
import { allTickets, ticketLists } from './ticket-keys.ts';
import { toSearchQuery } from './ticket-list-query.ts';
import { parseTicketListSearch, type TicketListSearch, toSort } from './ticket-list-search.ts';

export interface TicketRowsPage {
  rows: readonly TicketRow[];
  next: string | null;
  total: number;
  isEstimate: boolean;
}

type TicketRows = InfiniteData<TicketRowsPage, string | null>;

const textOf = (query: SearchQuery | undefined) => query && JSON.stringify(query);

/** The page of a list that begins at a cursor; the first one for null. */
export async function loadRows(
  query: SearchQuery | undefined,
  sort: TicketListSearch['sort'],
  after: string | null,
  context: Partial<Pick<QueryFunctionContext, 'signal' | 'meta'>> = {},
): Promise<TicketRowsPage> {
  const { field, order } = toSort(sort);
  const parameters = { query: textOf(query), sort: field, order, after: after ?? undefined };
  const answer = await call(listTickets, { query: parameters, ...context });
  const { data, next, total_count: total, total_count_is_estimate: isEstimate } = answer;
  return { rows: data, next, total, isEstimate };
}

export const ticketListQueries = {
  /** Not among `ticketLists`: one ticket's change is no reason to read every page anew. */
  rows: (query: SearchQuery | undefined, sort: TicketListSearch['sort']) =>
    cursorQuery<TicketRow, TicketRowsPage>({
      queryKey: [...allTickets, 'rows', sort, textOf(query) ?? ''],
      load: (after, context) => loadRows(query, sort, after, context),
    }),
  counts: (query: SearchQuery | undefined) =>
    queryOptions({
      queryKey: [...ticketLists, 'counts', textOf(query) ?? ''],
      queryFn: ({ signal, meta }) => call(countTickets, { query: { query: textOf(query) }, signal, meta }),
    }),
};

/** The first rows that `query` finds, at this moment, in the order of the list. */
export async function readRows(query: SearchQuery, sort: TicketListSearch['sort']): Promise<readonly TicketRow[]> {
  const { field, order } = toSort(sort);
  return (await call(listTickets, { query: { query: textOf(query), sort: field, order } })).data;
}

/** Puts rows that have changed in the place of what a list shows of them. */
export function putRows(client: QueryClient, queryKey: readonly unknown[], changed: readonly TicketRow[]): void {
  const byId = new Map(changed.map((row) => [row.id, row]));
  client.setQueryData<TicketRows>(queryKey, (read) => {
    if (read === undefined) return read;
    const pages = read.pages.map((page) =>
      page.rows.some(({ id }) => byId.has(id))
        ? { ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) }
        : page,
    );
    return { ...read, pages };
  });
}

/** Begins to read what the list at an address shows. */
export async function startTicketList(client: QueryClient, address: string): Promise<void> {
  const search = parseTicketListSearch(new URL(address).searchParams);
  void client.prefetchQuery(ticketTypeQueries.list());
  void client.prefetchQuery(teammateQueries.admins());
  void client.prefetchQuery(teammateQueries.teams());
  if (search.who === 'mine') await client.prefetchQuery(teammateQueries.actor());
  const ownId = client.getQueryData(teammateQueries.actor().queryKey)?.admin_id;
  if (search.who === 'mine' && ownId === undefined) return;
  void client.prefetchInfiniteQuery(ticketListQueries.rows(toSearchQuery(search, ownId ?? ''), search.sort));
}

/** What rows name by its id. */
export interface TicketDirectory {
  types: ReadonlyMap<string, TicketType>;
  /** Names of teammates and of teams. */
  admins: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
}

const noTypes: readonly TicketType[] = [];
const nobodyYet: readonly { id: string; name: string }[] = [];

/** Types, teammates and teams by their ids, as far as they are there. */
export function useTicketDirectory(): TicketDirectory {
  const { data: types = noTypes } = useQuery(ticketTypeQueries.list());
  const { data: admins = nobodyYet } = useQuery(teammateQueries.admins());
  const { data: teams = nobodyYet } = useQuery(teammateQueries.teams());
  return useMemo(
    () => ({
      types: new Map(types.map((type) => [type.id, type])),
      admins: new Map(admins.map(({ id, name }) => [id, name])),
      teams: new Map(teams.map(({ id, name }) => [id, name])),
    }),
    [types, admins, teams],
  );
}
