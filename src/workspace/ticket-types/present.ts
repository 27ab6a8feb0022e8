import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { type ApiVersion, isBefore } from '#contract/versions.ts';
import type { AttributeRow, TicketTypeWithAttributes } from './store.ts';

export function presentAttribute(row: AttributeRow): TicketTypeAttribute {
  return {
    type: 'ticket_type_attribute',
    id: String(row.id),
    workspace_id: row.workspace_id,
    name: row.name,
    description: row.description,
    data_type: row.data_type,
    input_options: row.input_options,
    order: row.order,
    required_to_create: row.required_to_create,
    required_to_create_for_contacts: row.required_to_create_for_contacts,
    visible_on_create: row.visible_on_create,
    visible_to_contacts: row.visible_to_contacts,
    default: row.default,
    ticket_type_id: row.ticket_type_id,
    archived: row.archived,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

export function presentTicketType(row: TicketTypeWithAttributes, version: ApiVersion): TicketType {
  return {
    type: 'ticket_type',
    id: String(row.id),
    name: row.name,
    description: row.description,
    icon: row.icon,
    workspace_id: row.workspace_id,
    archived: row.archived,
    created_at: row.created_at,
    updated_at: row.updated_at,
    is_internal: row.category === 'Back-office',
    ticket_type_attributes: { type: 'list', data: row.attributes.map(presentAttribute) },
    ...(isBefore(version, '2.10') ? {} : { category: row.category }),
  };
}
