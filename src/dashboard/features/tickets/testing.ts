import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { type Ticket, type TicketPart, ticket, ticketPart } from '#contract/tickets.ts';

type Described = Pick<TicketTypeAttribute, 'id' | 'name' | 'data_type'> & Partial<TicketTypeAttribute>;

/** An attribute with nothing special but what is described; a list has one item, `guid-1`, "Arrived late". */
export function testAttribute(described: Described): TicketTypeAttribute {
  return {
    type: 'ticket_type_attribute',
    workspace_id: 'w',
    description: '',
    input_options: described.data_type === 'list' ? { list_options: [{ id: 'guid-1', label: 'Arrived late' }] } : null,
    order: Number(described.id),
    required_to_create: false,
    required_to_create_for_contacts: false,
    visible_on_create: true,
    visible_to_contacts: true,
    default: described.name.startsWith('_'),
    ticket_type_id: 7,
    archived: false,
    created_at: 1,
    ...described,
  };
}

/** A ticket type, id 7, with these attributes. */
export function testTicketType(attributes: Described[]): TicketType {
  return {
    type: 'ticket_type',
    id: '7',
    name: 'Order problem',
    description: '',
    icon: '📦',
    workspace_id: 'w',
    archived: false,
    created_at: 1,
    is_internal: false,
    ticket_type_attributes: { type: 'list', data: attributes.map(testAttribute) },
  };
}

/** A part as the API sends it, with `overrides`. */
export function buildPart(overrides: Partial<TicketPart> = {}): TicketPart {
  return ticketPart.parse({
    type: 'ticket_part',
    id: '1',
    part_type: 'comment',
    body: '<p>Hello</p>',
    created_at: 1_719_493_013,
    author: { id: '801', type: 'admin', name: 'Ada King', email: 'ada@example.com' },
    ...overrides,
  });
}

/** A ticket as the API sends it, with `overrides`. */
export function buildTicket(overrides: Partial<Ticket> = {}): Ticket {
  return ticket.parse({
    type: 'ticket',
    id: '494',
    ticket_id: '53',
    ticket_attributes: { _default_title_: 'Broken parcel', Priority: 'High', Weight: null },
    ticket_state: 'submitted',
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c1' }] },
    admin_assignee_id: '801',
    team_assignee_id: '0',
    created_at: 1_719_493_013,
    updated_at: 1_719_493_013,
    open: true,
    ...overrides,
  });
}
