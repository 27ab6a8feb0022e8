import * as contract from '#contract/tickets.ts';
import { route } from '../http/route.ts';
import { searchPage } from '../search/search.ts';
import { presentTicket } from './present.ts';
import { ticketSearch } from './search-store.ts';
import { ticketsByIds } from './store.ts';

export const ticketSearchRoutes = {
  searchTickets: route(contract.searchTickets, async ({ db, workspace, version, body, clock }) => {
    const search = await ticketSearch(db, workspace.id, body.query, clock());
    const { ids, total, pages } = await searchPage(db, workspace.id, search, body);
    const tickets = await ticketsByIds(db, workspace, ids.map(Number), {
      withoutParts: body.include_ticket_parts === false,
    });
    return {
      type: 'ticket.list' as const,
      tickets: tickets.map((ticket) => presentTicket(ticket, version, clock())),
      ...total,
      pages,
    };
  }),
};
