import type { TicketRow } from '#contract/gateway/tickets.ts';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { type Ticket, ticketTitle } from '#contract/tickets.ts';
import type { ContactName } from './contact-names.ts';

/** The ids of the contacts that tickets name. */
export function contactIdsOf(tickets: readonly Ticket[]): string[] {
  return tickets.flatMap(({ contacts }) => contacts.contacts.slice(0, 1).map(({ id }) => id));
}

/** What people call a ticket by, without the #. */
export function ticketNumber({ ticket_id, id }: Ticket): string {
  return ticket_id ?? id;
}

export function presentRow(ticket: Ticket, names: ReadonlyMap<string, ContactName>): TicketRow {
  const [contact] = ticket.contacts.contacts;
  const {
    [defaultAttributeNames.title]: _title,
    [defaultAttributeNames.description]: _description,
    ...attributes
  } = ticket.ticket_attributes;
  return {
    id: ticket.id,
    number: ticketNumber(ticket),
    title: ticketTitle(ticket),
    state: ticket.ticket_state,
    ticket_type_id: ticket.ticket_type?.id ?? null,
    contact: contact === undefined ? null : (names.get(contact.id) ?? { id: contact.id, name: null, email: null }),
    admin_assignee_id: ticket.admin_assignee_id,
    team_assignee_id: ticket.team_assignee_id,
    open: ticket.open ?? null,
    snoozed_until: ticket.snoozed_until ?? null,
    is_shared: ticket.is_shared ?? null,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    attributes,
    tags: ticket.tags?.tags.map(({ id, name }) => ({ id, name })) ?? [],
  };
}
