import type { TicketChange } from '#contract/gateway/batches.ts';
import { type Ticket, ticketAssignee } from '#contract/tickets.ts';

/**
 * What a ticket holds, flat, each value under a name of its own: `state`, `ticket_attributes.Priority`, `tags.12`. Null
 * stands for nothing; of a tag it is said whether the ticket has it.
 */
export type Values = Record<string, unknown>;

const attributePrefix = 'ticket_attributes.';
const tagPrefix = 'tags.';

export function valuesOf(ticket: Ticket): Values {
  const { ticket_attributes, tags } = ticket;
  return {
    state: ticket.ticket_state,
    open: ticket.open ?? null,
    is_shared: ticket.is_shared ?? null,
    snoozed_until: ticket.snoozed_until ?? null,
    assignee_id: ticketAssignee(ticket),
    ...prefixed(attributePrefix, ticket_attributes),
    ...Object.fromEntries((tags?.tags ?? []).map(({ id }) => [tagPrefix + id, true])),
  };
}

export function valuesAskedFor({
  ticket_attributes = {},
  add_tags = [],
  remove_tags = [],
  ...fields
}: TicketChange): Values {
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    ...prefixed(attributePrefix, ticket_attributes),
    ...Object.fromEntries(add_tags.map((id) => [tagPrefix + id, true])),
    ...Object.fromEntries(remove_tags.map((id) => [tagPrefix + id, false])),
  };
}

const prefixed = (prefix: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));

/** Whether both are the same to the API, which answers some numbers as text. */
export function isSame(one: unknown, other: unknown): boolean {
  const [a, b] = [one ?? null, other ?? null];
  return JSON.stringify(a) === JSON.stringify(b) || (isPlain(a) && isPlain(b) && String(a) === String(b));
}

const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** A value of the ticket; of a tag undefined where the API does not say which tags it has. */
export function valueIn(ticket: Ticket, values: Values, name: string): unknown {
  if (!name.startsWith(tagPrefix)) return values[name];
  return ticket.tags ? (values[name] ?? false) : undefined;
}

/** Those of `wanted` that the ticket does not have already. */
export function missingIn(ticket: Ticket, wanted: Values): Values {
  const present = valuesOf(ticket);
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isSame(valueIn(ticket, present, name), value)),
  );
}

/** The values of `before` and of `after` under the names whose values differ. */
export function changedBetween(before: Values, after: Values): { before: Values; after: Values } {
  const names = Object.keys({ ...before, ...after }).filter((name) => !isSame(before[name], after[name]));
  return { before: picked(before, names), after: picked(after, names) };
}

export const picked = (values: Values, names: string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? null]));

/** The names of attributes among those of values. */
export const attributesIn = (values: Values): string[] =>
  Object.keys(values).flatMap((name) => (name.startsWith(attributePrefix) ? [name.slice(attributePrefix.length)] : []));

/** The body of `updateTicket` that writes the values, by the admin; undefined where it writes none of them. */
export function updateBody(values: Values, adminId: string): Values | undefined {
  const { assignee_id, snoozed_until, ...others } = values;
  const attributes = attributesIn(values);
  const body = {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !name.includes('.'))),
    // Nothing but opening it ends a ticket's sleep.
    ...(snoozed_until === null ? { open: true } : snoozed_until !== undefined && { snoozed_until }),
    ...(assignee_id !== undefined && { assignment: { admin_id: adminId, assignee_id } }),
    ...(attributes.length > 0 && {
      ticket_attributes: Object.fromEntries(attributes.map((name) => [name, values[attributePrefix + name]])),
    }),
  };
  return Object.keys(body).length === 0 ? undefined : body;
}

/** Tags to attach and to detach. */
export function tagsIn(values: Values): { id: string; isAdded: boolean }[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(tagPrefix) ? [{ id: name.slice(tagPrefix.length), isAdded: value === true }] : [],
  );
}

export const tagName = (id: string): string => tagPrefix + id;
