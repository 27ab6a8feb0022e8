import type { Tag } from '#contract/tags.ts';
import { ticketStateLabels } from '#contract/ticket-states.ts';
import type { Ticket, TicketPart } from '#contract/tickets.ts';
import { type ApiVersion, isBefore } from '#contract/versions.ts';
import { presentTicketType } from '../ticket-types/present.ts';
import type { PartWithAuthor } from './part-store.ts';
import { snoozedUntil } from './rules.ts';
import type { FullTicket } from './store.ts';
import type { AttributeValue, ChangedAttribute, StoredFile } from './tables.ts';
import type { AppliedTag } from './tag-store.ts';
import { attributesByName, ticketValue } from './values.ts';

const presentFile = (file: StoredFile) => ({ type: 'upload', ...file });

const presentValue = (value: AttributeValue | null) => (Array.isArray(value) ? value.map(presentFile) : value);

/** What a ticket holds for the attributes in use, and for those of the archived ones that it has a value of. */
function presentValues(ticket: FullTicket): Record<string, unknown> {
  const named = attributesByName(ticket.ticket_type);
  const shown = ticket.ticket_type.attributes.flatMap((attribute) => {
    const value = ticketValue(ticket, attribute);
    const isShown = !attribute.archived || value !== null;
    return isShown && [...named.values()].includes(attribute) ? [[attribute.name, presentValue(value)] as const] : [];
  });
  return Object.fromEntries(shown);
}

function presentAuthor({ author_type, author_id, author_name, author_email, workspace_id }: PartWithAuthor) {
  if (author_type === 'bot') {
    return { id: '0', type: 'bot', name: 'Operator', email: `operator+${workspace_id}@deskbell.example` };
  }
  return { id: author_id, type: author_type, name: author_name, email: author_email };
}

function presentChange({ id, label, value, value_id }: ChangedAttribute) {
  return {
    attribute: { type: 'attribute', id, label },
    value: { type: 'value', ...(value_id === undefined ? {} : { id: value_id }), label: value },
  };
}

export function presentPart(row: PartWithAuthor): TicketPart {
  const { part_type, assigned_to_type, assigned_to_id, changed_attribute } = row;
  return {
    type: 'ticket_part',
    id: String(row.id),
    part_type,
    ...(row.body === null ? {} : { body: row.body }),
    ...(row.ticket_state === null ? {} : { ticket_state: row.ticket_state }),
    ...(row.previous_ticket_state === null ? {} : { previous_ticket_state: row.previous_ticket_state }),
    created_at: row.created_at,
    updated_at: row.updated_at,
    ...(part_type === 'assignment' && {
      assigned_to: assigned_to_type === null ? null : { type: assigned_to_type, id: String(assigned_to_id) },
    }),
    author: presentAuthor(row),
    attachments: (row.attachments ?? []).map(presentFile),
    redacted: false,
    ...(row.external_id === null ? {} : { external_id: row.external_id }),
    ...(changed_attribute === null ? {} : { updated_attribute_data: presentChange(changed_attribute) }),
  };
}

/** A tag with when it was put on the ticket, and by whom. */
export function presentAppliedTag({ id, name, applied_at, applied_by }: AppliedTag): Tag {
  return { type: 'tag', id: String(id), name, applied_at, applied_by: { type: 'admin', id: String(applied_by) } };
}

function presentContact({ id, external_id, role }: FullTicket['contact'], version: ApiVersion) {
  return isBefore(version, '2.10') ? { id, role } : { type: 'contact' as const, id, external_id };
}

/** A ticket in the form of `version`; `now` tells whether it is still snoozed. */
export function presentTicket(ticket: FullTicket, version: ApiVersion, now: number): Ticket {
  const { category } = ticket.ticket_type;
  const snoozed_until = snoozedUntil(ticket, now);
  return {
    type: 'ticket',
    id: String(ticket.id),
    ticket_id: String(ticket.number),
    ticket_attributes: presentValues(ticket),
    ticket_state: ticket.state,
    ticket_type: presentTicketType(ticket.ticket_type, version),
    contacts: { type: 'contact.list', contacts: [presentContact(ticket.contact, version)] },
    admin_assignee_id: String(ticket.admin_assignee_id),
    team_assignee_id: String(ticket.team_assignee_id),
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    ...(ticket.parts && {
      ticket_parts: {
        type: 'ticket_part.list' as const,
        ticket_parts: ticket.parts.newest.map(presentPart),
        total_count: ticket.parts.count,
      },
    }),
    ...(!isBefore(version, '2.10') && {
      open: ticket.open,
      ...(snoozed_until === null ? {} : { snoozed_until }),
      linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
      category,
    }),
    is_shared: ticket.is_shared,
    ticket_state_internal_label: ticketStateLabels[ticket.state],
    ticket_state_external_label: ticketStateLabels[ticket.state],
    company_id: ticket.company?.company_id ?? null,
    tags: { type: 'tag.list', tags: ticket.tags.map(presentAppliedTag) },
  };
}
