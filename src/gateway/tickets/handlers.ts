import { rowsExpectedHeader, ticketRowsPerPage } from '#contract/gateway/tickets.ts';
import { maximumPageSize } from '#contract/search.ts';
import { type TicketState, ticketStates } from '#contract/ticket-states.ts';
import type { Handlers } from '../own-api.ts';
import type { Services } from '../services.ts';
import { createContactNames } from './contact-names.ts';
import { startExport } from './export.ts';
import { parseTicketQuery, withState } from './query.ts';
import { contactIdsOf, presentRow } from './rows.ts';
import { findTickets, type TicketPage } from './search.ts';

type Names = 'listTickets' | 'countTickets' | 'exportTickets';

export function ticketHandlers(services: Services): Pick<Handlers, Names> {
  const { upstream } = services;
  const contactNames = createContactNames(upstream);
  return {
    listTickets: async ({ query }) => {
      const { sort: field = 'updated_at', order = 'descending', after } = query;
      const { tickets, count, next } = await findTickets(upstream, {
        query: parseTicketQuery(query.query),
        sort: { field, order },
        // Whoever asks for more is on the way through the list.
        perPage: after === undefined ? ticketRowsPerPage : maximumPageSize,
        after,
      });
      const names = await contactNames.find(contactIdsOf(tickets));
      return {
        type: 'list',
        data: tickets.map((ticket) => presentRow(ticket, names)),
        next,
        total_count: count.count,
        total_count_is_estimate: count.is_estimate,
      };
    },

    countTickets: async ({ query }) => {
      const parsed = parseTicketQuery(query.query);
      const queries = ticketStates.map((state) => withState(parsed, state));
      const pages = await Promise.all(
        queries.map((narrowed) => findTickets(upstream, { query: narrowed, perPage: 1 })),
      );
      const counts = Object.fromEntries(ticketStates.map((state, index) => [state, pages[index]?.count])) as Record<
        TicketState,
        TicketPage['count']
      >;
      // Each ticket is in one of the states.
      const all = Object.values(counts).reduce((sum, { count, is_estimate }) => ({
        count: sum.count + count,
        is_estimate: sum.is_estimate || is_estimate,
      }));
      return { type: 'counts', all, ...counts };
    },

    exportTickets: async ({ c, query, attempt }) => {
      const { sort = 'created_at', order = 'descending', format, exact } = query;
      const { expected, body } = await startExport(services, contactNames, {
        query: parseTicketQuery(query.query),
        sort: { field: sort, order },
        format,
        isExact: exact === 'true',
        attempt,
      });
      const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
      c.header('Content-Type', `${type}; charset=utf-8`);
      c.header('Content-Disposition', `attachment; filename="deskbell-tickets.${format}"`);
      c.header(rowsExpectedHeader, String(expected));
      return c.body(body);
    },
  };
}
