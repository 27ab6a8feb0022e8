import type { BodyOf } from '#contract/operation.ts';
import { nobody } from '#contract/ticket-states.ts';
import { type Ticket, ticketAssignee, type updateTicket } from '#contract/tickets.ts';

type Body = BodyOf<typeof updateTicket>;

/** What one update may change, each by itself: a name of the body, or `attribute:` and the attribute's name. */
export type TicketField = 'state' | 'is_shared' | 'open' | 'snoozed_until' | 'assignment' | `attribute:${string}`;

const ownFields = ['state', 'is_shared', 'open', 'snoozed_until', 'assignment'] as const;
const attributeStart = 'attribute:';

/** The fields that an update changes. */
export function fieldsOf(body: Body): TicketField[] {
  const attributes = Object.keys(body.ticket_attributes ?? {});
  return [
    ...ownFields.filter((name) => body[name] !== undefined),
    ...attributes.map((name) => `${attributeStart}${name}` as const),
  ];
}

/** The part of an update that changes these fields. */
export function pickFields(body: Body, fields: readonly TicketField[]): Body {
  const kept = new Set<string>(fields);
  const attributes = Object.entries(body.ticket_attributes ?? {}).filter(([name]) => kept.has(attributeStart + name));
  const own = ownFields.filter((name) => kept.has(name)).map((name) => [name, body[name]]);
  return {
    ...Object.fromEntries(own),
    ...(attributes.length > 0 && { ticket_attributes: Object.fromEntries(attributes) }),
  };
}

/** What a ticket holds in a field. */
export function fieldValue(ticket: Ticket, field: TicketField): unknown {
  switch (field) {
    case 'state':
      return ticket.ticket_state;
    case 'is_shared':
    case 'open':
      return ticket[field];
    case 'snoozed_until':
      return ticket.snoozed_until ?? null;
    case 'assignment':
      return ticketAssignee(ticket);
    default:
      return ticket.ticket_attributes[field.slice(attributeStart.length)] ?? null;
  }
}

/** Those of the fields that the two tickets do not have in common. */
export function changedFields(one: Ticket, other: Ticket, fields: readonly TicketField[]): TicketField[] {
  return fields.filter((field) => JSON.stringify(fieldValue(one, field)) !== JSON.stringify(fieldValue(other, field)));
}

/** The ticket as an update leaves it. `isTeam`: the new assignee is a team. */
export function applyUpdate(ticket: Ticket, body: Body, isTeam: boolean): Ticket {
  const { state, assignment, ticket_attributes, is_shared, open, snoozed_until } = body;
  const assignee = assignment?.assignee_id;
  return {
    ...ticket,
    ...(state !== undefined && { ticket_state: state, ticket_state_internal_label: null }),
    ...(is_shared !== undefined && { is_shared }),
    ...(open !== undefined && { open, snoozed_until: null }),
    ...(snoozed_until !== undefined && { snoozed_until, open: true }),
    ...(typeof assignee === 'string' && {
      admin_assignee_id: isTeam ? nobody : assignee,
      team_assignee_id: isTeam ? assignee : nobody,
    }),
    ticket_attributes: { ...ticket.ticket_attributes, ...ticket_attributes },
  };
}
