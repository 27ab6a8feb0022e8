import type { QueryClient } from '@tanstack/react-query';
import { teammateQueries } from './teammate-queries.ts';
import { rememberTicketList, type TicketListContext } from './ticket-list-context.ts';
import { loadRows } from './ticket-list-queries.ts';
import { toSearchQuery } from './ticket-list-query.ts';
import { parseTicketListSearch } from './ticket-list-search.ts';

/** The list with its next page, for those who work through more of it than they have scrolled. */
export async function readFurther(client: QueryClient, list: TicketListContext): Promise<TicketListContext> {
  if (list.next === null) return list;
  const search = parseTicketListSearch(new URL(list.href, window.location.origin).searchParams);
  const ownId = search.who === 'mine' ? (await client.ensureQueryData(teammateQueries.actor())).admin_id : '';
  const { rows, next } = await loadRows(toSearchQuery(search, ownId ?? ''), search.sort, list.next);
  const further = { ...list, ids: [...new Set([...list.ids, ...rows.map(({ id }) => id)])], next };
  rememberTicketList(further);
  return further;
}
