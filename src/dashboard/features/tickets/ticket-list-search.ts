import * as z from 'zod/mini';
import type { ticketSortFields } from '#contract/gateway/tickets.ts';
import type { SearchQuery } from '#contract/search.ts';
import { type TicketState, ticketStates } from '#contract/ticket-states.ts';
import { formatQuery, parseQuery } from '../../lib/search/query-text.ts';
import type { Density } from '../../lib/virtual-table/row-heights.ts';
import type { Sort } from '../../lib/virtual-table/table-head.tsx';

const defaultSort = '-updated';

/** Whose tickets: the person's own, or nobody's. */
const scopes = ['mine', 'nobody'] as const;

const names = { updated: 'updated_at', created: 'created_at' } as const;
const sorts = ['-updated', 'updated', '-created', 'created'] as const;

/** The list's state as it stands in the address. What cannot be read counts as not given. */
const parameters = z.object({
  q: z.catch(z._default(z.string(), ''), ''),
  state: z.catch(z.optional(z.enum(ticketStates)), undefined),
  open: z.catch(z.optional(z.enum(['true', 'false'])), undefined),
  who: z.catch(z.optional(z.enum(scopes)), undefined),
  f: z.catch(z._default(z.string(), ''), ''),
  sort: z.catch(z._default(z.enum(sorts), defaultSort), defaultSort),
  cols: z.catch(z._default(z.string(), ''), ''),
  rows: z.catch(z.optional(z.enum(['compact'])), undefined),
  view: z.catch(z.optional(z.string()), undefined),
});

export interface TicketListSearch {
  /** To be found in title or description. */
  q: string;
  state: TicketState | undefined;
  open: 'true' | 'false' | undefined;
  who: (typeof scopes)[number] | undefined;
  filter: SearchQuery | undefined;
  sort: (typeof sorts)[number];
  /** The columns to show, in order, with commas between; "" for the usual ones. */
  cols: string;
  density: Density;
  /** The saved view that was opened. */
  view: string | undefined;
}

export function parseTicketListSearch(params: URLSearchParams): TicketListSearch {
  const { f, rows, state, open, who, view, ...rest } = parameters.parse(Object.fromEntries(params));
  return { ...rest, state, open, who, view, filter: parseQuery(f), density: rows ?? 'comfortable' };
}

/** Every ticket, in the usual order. */
export const everything = parseTicketListSearch(new URLSearchParams());

/** The address's parameters of a list state; what is as by default is left out. */
export function toSearchParams(search: TicketListSearch): URLSearchParams {
  const { q, state, open, who, filter, sort, cols, density, view } = search;
  const written = {
    q: q.trim(),
    state,
    open,
    who,
    f: filter && formatQuery(filter),
    sort: sort === defaultSort ? undefined : sort,
    cols,
    rows: density === 'compact' ? density : undefined,
    view,
  };
  return new URLSearchParams(Object.entries(written).filter((pair): pair is [string, string] => Boolean(pair[1])));
}

/** What a saved view keeps: everything but which view it is. */
export function viewStateOf(search: TicketListSearch): Record<string, string> {
  return Object.fromEntries(toSearchParams({ ...search, view: undefined }));
}

/** Whether anything keeps tickets out of the list. */
export function isFiltered({ q, state, open, who, filter }: TicketListSearch): boolean {
  return q.trim() !== '' || Boolean(state ?? open ?? who ?? filter);
}

/** The same columns and order, with nothing kept out. */
export function withoutFilters(search: TicketListSearch): TicketListSearch {
  return { ...search, q: '', state: undefined, open: undefined, who: undefined, filter: undefined };
}

/** What the list is sorted by, as the table has it. */
export function toSort(sort: TicketListSearch['sort']): Sort & { field: (typeof ticketSortFields)[number] } {
  const isDescending = sort.startsWith('-');
  const field = sort.endsWith('created') ? names.created : names.updated;
  return { field, order: isDescending ? 'descending' : 'ascending' };
}

export function fromSort({ field, order }: Sort): TicketListSearch['sort'] {
  const name = field === names.created ? 'created' : 'updated';
  return order === 'descending' ? `-${name}` : name;
}
