import type { TicketType } from '#contract/ticket-types.ts';
import { createTicket, getTicket, replyTicket, type Ticket, type TicketPart, updateTicket } from '#contract/tickets.ts';
import { unique } from './fixtures.ts';
import type { WorkspaceApi } from './workspace-api.ts';

// What other clients of the workspace do to tickets.

type Values = Record<string, unknown>;

/** A type with an attribute of each kind that the panel has a control for. */
export async function prepareType(
  api: WorkspaceApi,
  category: TicketType['category'] = 'Customer',
): Promise<TicketType> {
  const type = await api.createTicketType({ name: unique('Parcel'), icon: '📦', category });
  const attributes = [
    { name: 'Reference', data_type: 'string' },
    { name: 'Urgency', data_type: 'list', list_items: 'Low,High' },
    { name: 'Boxes', data_type: 'integer' },
    { name: 'Weight', data_type: 'decimal' },
    { name: 'Fragile', data_type: 'boolean' },
    { name: 'Promised for', data_type: 'datetime' },
    { name: 'Photos', data_type: 'files' },
  ] as const;
  for (const attribute of attributes) await api.createAttribute(type.id, { description: '', ...attribute });
  return api.getTicketType(type.id);
}

/** A ticket of `type` by a contact of its own. */
export async function prepareTicket(api: WorkspaceApi, type: TicketType, values: Values = {}): Promise<Ticket> {
  const email = `${unique('kim').replace(' ', '.')}@example.com`;
  const body = {
    ticket_type_id: type.id,
    contacts: [{ email }],
    ticket_attributes: {
      _default_title_: unique('Broken parcel'),
      _default_description_: 'The box was open.',
      ...values,
    },
  };
  return createTicket.response.parse(await api.send(createTicket, {}, body));
}

export async function readTicket(api: WorkspaceApi, id: string): Promise<Ticket> {
  return getTicket.response.parse(await api.send(getTicket, { ticket_id: id }));
}

export async function changeTicket(api: WorkspaceApi, id: string, body: Values): Promise<Ticket> {
  return updateTicket.response.parse(await api.send(updateTicket, { ticket_id: id }, body));
}

/** Writes on a ticket as one of the demo's admins. */
export async function writeOn(api: WorkspaceApi, id: string, reply: Values): Promise<TicketPart> {
  const body = { message_type: 'comment', type: 'admin', admin_id: '803', ...reply };
  return replyTicket.response.parse(await api.send(replyTicket, { ticket_id: id }, body));
}
