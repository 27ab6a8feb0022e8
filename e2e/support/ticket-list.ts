import type { Locator, Page } from '@playwright/test';
import type { TicketState } from '#contract/ticket-states.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import type { Ticket } from '#contract/tickets.ts';
import { unique } from './fixtures.ts';
import { changeTicket, prepareTicket, prepareType } from './ticket-page.ts';
import type { WorkspaceApi } from './workspace-api.ts';

// What a person sees on the list of tickets, and tickets to see there.

export const ticketTable = (page: Page): Locator => page.getByRole('table', { name: 'Tickets' });

export const ticketRows = (page: Page): Locator =>
  ticketTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link') });

export const ticketSearch = (page: Page): Locator =>
  page.getByRole('searchbox', { name: 'Search title and description' });

export const ticketFilters = (page: Page): Locator => page.getByRole('group', { name: 'Ticket filters' });

interface Prepared {
  type: TicketType;
  tickets: Ticket[];
  /** In the title of each of the tickets, and of no others. */
  word: string;
}

/** Tickets of a type of their own, called by a word and their number. */
export async function prepareTickets(api: WorkspaceApi, count: number, states: TicketState[] = []): Promise<Prepared> {
  const type = await prepareType(api);
  const word = unique('wagtail').replace(' ', '');
  const tickets: Ticket[] = [];
  for (let number = 1; number <= count; number += 1) {
    const values = { _default_title_: `${word} no ${number}`, Boxes: number };
    const ticket = await prepareTicket(api, type, values);
    const state = states[number - 1];
    if (state) await changeTicket(api, ticket.id, { state });
    tickets.push(ticket);
  }
  return { type, tickets, word };
}
