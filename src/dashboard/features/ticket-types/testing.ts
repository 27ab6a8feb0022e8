import { type TicketType, type TicketTypeAttribute, ticketType, ticketTypeAttribute } from '#contract/ticket-types.ts';

/** An attribute as the API sends it, with `overrides`. */
export function buildAttribute(overrides: Partial<TicketTypeAttribute> = {}): TicketTypeAttribute {
  return ticketTypeAttribute.parse({
    type: 'ticket_type_attribute',
    id: '210',
    workspace_id: 'abc123',
    name: 'Priority',
    description: 'How soon it is needed',
    data_type: 'string',
    input_options: { multiline: false },
    order: 2,
    ticket_type_id: 81,
    created_at: 1_719_493_013,
    updated_at: 1_719_493_013,
    ...overrides,
  });
}

/** A ticket type as the API sends it, with `overrides`. */
export function buildTicketType(overrides: Partial<TicketType> = {}): TicketType {
  return ticketType.parse({
    type: 'ticket_type',
    id: '81',
    name: 'Bug report',
    description: 'Something does not work',
    icon: '🐞',
    workspace_id: 'abc123',
    archived: false,
    created_at: 1_719_493_013,
    updated_at: 1_719_493_013,
    is_internal: false,
    ticket_type_attributes: { type: 'list', data: [] },
    category: 'Customer',
    ...overrides,
  });
}
