import { maximumPageSize, type SearchQuery } from '#contract/search.ts';
import { searchTickets, type Ticket } from '#contract/tickets.ts';
import type { Upstream } from '../upstream.ts';
import { readAnswer } from '../upstream-answer.ts';
import { everyTicket } from './query.ts';

interface Search {
  query: SearchQuery | undefined;
  sort?: { field: string; order: string };
  perPage?: number;
  /** The cursor of the page before. */
  after?: string | undefined;
  count?: 'exact';
}

export interface TicketPage {
  tickets: Ticket[];
  count: { count: number; is_estimate: boolean };
  next: string | null;
}

/** One page of a search, without the parts of its tickets. Throws a `Refusal`, the upstream's own where it refused. */
export async function findTickets(upstream: Upstream, search: Search): Promise<TicketPage> {
  const { query = everyTicket, sort, perPage = maximumPageSize, after, count } = search;
  const pagination = { per_page: perPage, ...(after !== undefined && { starting_after: after }) };
  const body = JSON.stringify({ query, pagination, sort, count, include_ticket_parts: false });
  const answer = readAnswer(searchTickets, await upstream.send({ operation: searchTickets, params: {}, body }));
  return {
    tickets: answer.tickets,
    count: { count: answer.total_count, is_estimate: answer.total_count_is_estimate ?? false },
    next: answer.pages?.next?.starting_after ?? null,
  };
}
