import * as z from 'zod/mini';
import { recordOf, text } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { sortOrders } from '../search.ts';
import { ticketStates } from '../ticket-states.ts';

/** How many tickets the first page of the list has: what a screen shows, and some more. Those after it have the most that there may be. */
export const ticketRowsPerPage = 50;

/** What a list of tickets can be sorted by. */
export const ticketSortFields = ['updated_at', 'created_at'] as const;

/** A ticket as a list shows it: a fraction of what the API says of one. */
export const ticketRow = z.object({
  id: z.string(),
  /** What people call it by, without the #. */
  number: z.string(),
  title: z.string(),
  state: z.enum(ticketStates),
  ticket_type_id: z.nullable(z.string()),
  /** Null for a ticket without one; the name is null where it has none, or could not be read. */
  contact: z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()), email: z.nullable(z.string()) })),
  /** "0" for nobody. */
  admin_assignee_id: z.string(),
  team_assignee_id: z.string(),
  open: z.nullable(z.boolean()),
  snoozed_until: z.nullable(z.int()),
  is_shared: z.nullable(z.boolean()),
  created_at: z.int(),
  updated_at: z.int(),
  /** By name; title and description are left out. */
  attributes: recordOf(z.unknown()),
  tags: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type TicketRow = z.output<typeof ticketRow>;

/** A `SearchQuery` as JSON; all tickets when it is left out. */
const query = z.optional(text(12_000));

const sort = {
  sort: z.optional(z.enum(ticketSortFields)),
  order: z.optional(z.enum(sortOrders)),
};

/** Tickets that a search finds, as rows of a list. Refused as the upstream refuses the search. */
export const listTickets = {
  name: 'listTickets',
  summary: 'List tickets',
  tag: 'Tickets',
  method: 'GET',
  path: '/gateway/tickets',
  version: '2.11',
  /** `after`: the cursor of the page before. */
  query: z.object({ query, ...sort, after: z.optional(text(2_000)) }),
  response: z.object({
    type: z.literal('list'),
    data: z.array(ticketRow),
    next: z.nullable(z.string()),
    total_count: z.int(),
    total_count_is_estimate: z.boolean(),
  }),
} as const satisfies Operation;

const count = z.object({ count: z.int(), is_estimate: z.boolean() });

/** How many tickets of a search there are in each state. */
export const countTickets = {
  name: 'countTickets',
  summary: 'Count tickets by state',
  tag: 'Tickets',
  method: 'GET',
  path: '/gateway/tickets/counts',
  version: '2.11',
  query: z.object({ query }),
  response: z.object({
    type: z.literal('counts'),
    all: count,
    submitted: count,
    in_progress: count,
    waiting_on_customer: count,
    resolved: count,
  }),
} as const satisfies Operation;

export const exportFormats = ['csv', 'jsonl'] as const;

/** The header of an export that says how many rows it is to have. */
export const rowsExpectedHeader = 'X-Rows-Expected';

/**
 * Answers with CSV or JSON lines, streamed, with one column per attribute; `X-Rows-Expected` says how many rows there
 * are to be. Cells that a spreadsheet would compute are made harmless unless `exact` is asked for.
 */
export const exportTickets = {
  name: 'exportTickets',
  summary: 'Take tickets out as a file',
  tag: 'Tickets',
  method: 'GET',
  path: '/gateway/tickets/export',
  version: '2.11',
  query: z.object({ query, ...sort, format: z.enum(exportFormats), exact: z.optional(z.enum(['true', 'false'])) }),
  response: z.string(),
} as const satisfies Operation;

/** The teammate of the workspace that stands for whoever is signed in: the one with their email, else the token's. */
export const getActor = {
  name: 'getActor',
  summary: 'Say as which teammate one acts',
  tag: 'Session',
  method: 'GET',
  path: '/gateway/actor',
  version: '2.11',
  response: z.object({ type: z.literal('actor'), admin_id: z.string(), is_own: z.boolean() }),
} as const satisfies Operation;
