import type { SearchQuery } from '#contract/search.ts';
import { gatewayOn, recordingUpstream } from '../testing.gateway.ts';

/** The body of a search. */
export interface AskedFor {
  query: SearchQuery;
  pagination: { per_page: number; starting_after?: string };
  sort?: { field: string; order: string };
  count?: string;
  include_ticket_parts?: boolean;
}

const sizes = {
  type: 'ticket_type_attribute',
  id: '71',
  workspace_id: 'w',
  name: 'Size',
  data_type: 'list',
  input_options: { list_options: [{ id: 'i-1', label: 'Small' }] },
  order: 1,
  ticket_type_id: 7,
  created_at: 1,
};

/** A ticket type with attributes of those names, data types and options. */
export function ticketType(id: string, name: string, attributes: object[] = []) {
  const data = attributes.map((attribute) => ({ ...sizes, ticket_type_id: Number(id), ...attribute }));
  return {
    type: 'ticket_type',
    id,
    name,
    workspace_id: 'w',
    created_at: 1,
    ticket_type_attributes: { type: 'list', data },
  };
}

export function ticket(number: number, others: object = {}) {
  return {
    type: 'ticket',
    id: String(1000 + number),
    ticket_id: String(number),
    ticket_attributes: { _default_title_: `Ticket ${number}`, _default_description_: 'What happened' },
    ticket_state: 'in_progress',
    ticket_type: ticketType('7', 'Refund'),
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: `c${number % 3}` }] },
    admin_assignee_id: '0',
    team_assignee_id: '0',
    created_at: 1_700_000_000,
    updated_at: 1_700_000_060,
    ...others,
  };
}

export const contact = (id: string) => ({
  type: 'contact',
  id,
  role: 'user',
  name: `Name of ${id}`,
  email: `${id}@example.com`,
  created_at: 1,
  updated_at: 1,
});

/** An answer to a search of tickets. */
export function found(tickets: object[], others: object = {}): Response {
  return Response.json({
    type: 'ticket.list',
    tickets,
    total_count: tickets.length,
    pages: { type: 'pages' },
    ...others,
  });
}

export const next = (cursor: string) => ({ pages: { type: 'pages', next: { starting_after: cursor } } });

/** A gateway on an upstream with these tickets, and what it was asked. */
export function openTickets(
  search: (asked: AskedFor) => Response,
  others: Record<string, (asked: AskedFor) => Response> = {},
) {
  const asked: { path: string; body: AskedFor }[] = [];
  const { upstream } = recordingUpstream(async (request) => {
    const { pathname } = new URL(request.url);
    // Whatever is sent there is what these tests are about.
    const body = (request.method === 'POST' ? await request.json() : {}) as AskedFor;
    asked.push({ path: pathname, body });
    const known: Record<string, (body: AskedFor) => Response> = {
      '/tickets/search': search,
      '/contacts/search': ({ query }) => {
        const ids = Array.isArray(query.value) ? query.value : [];
        return Response.json({
          type: 'list',
          data: ids.map((id) => contact(String(id))),
          total_count: ids.length,
          pages: { type: 'pages' },
        });
      },
      '/ticket_types': () => Response.json({ type: 'list', data: [ticketType('7', 'Refund')] }),
      '/admins': () =>
        Response.json({ type: 'admin.list', admins: [{ type: 'admin', id: '5', name: 'Ada', email: 'a@b.c' }] }),
      '/teams': () =>
        Response.json({ type: 'team.list', teams: [{ type: 'team', id: '6', name: 'Night', admin_ids: [] }] }),
      ...others,
    };
    return known[pathname]?.(body) ?? new Response(null, { status: 404 });
  });
  const app = gatewayOn(upstream);
  return {
    asked,
    searches: () => asked.flatMap(({ path, body }) => (path === '/tickets/search' ? [body] : [])),
    get: (path: string, query: Record<string, string> = {}) =>
      app.request(`/gateway/tickets${path}?${new URLSearchParams(query)}`.replaceAll('+', '%20')),
  };
}
