import type { TicketState } from '#contract/ticket-states.ts';
import type { NewPart } from './part-store.ts';
import type { TicketRow } from './store.ts';
import { type ChangedAttribute, nobody } from './tables.ts';
import { type AskedValue, changedValues, valueColumns } from './values.ts';

const byBot = { author_type: 'bot' } as const;

export const byAdmin = (id: number) => ({ author_type: 'admin' as const, author_id: String(id) });

/** The part that every ticket begins with. */
export const firstPart: NewPart = {
  part_type: 'ticket_state_updated_by_admin',
  ticket_state: 'submitted',
  previous_ticket_state: 'submitted',
  ...byBot,
};

export interface Assignment {
  /** The admin who assigns. */
  by: number;
  /** Undefined assigns nobody. */
  to: { type: 'admin' | 'team'; id: number } | undefined;
}

export interface AskedUpdate {
  values: AskedValue[];
  state: TicketState | undefined;
  isShared: boolean | undefined;
  assignment: Assignment | undefined;
  open: boolean | undefined;
  snoozedUntil: number | undefined;
}

function changedAttribute({ attribute, value }: AskedValue): ChangedAttribute {
  const named = { id: String(attribute.id), label: attribute.name };
  if (attribute.data_type === 'list' && typeof value === 'string') {
    const option = attribute.input_options?.list_options?.find(({ id }) => id === value);
    return { ...named, value: option?.label ?? value, value_id: value };
  }
  return { ...named, value: Array.isArray(value) ? value.map(({ name }) => name) : value };
}

/** When a ticket comes back, or null when it is not snoozed. */
export function snoozedUntil(ticket: Pick<TicketRow, 'snoozed_until'>, now: number): number | null {
  return ticket.snoozed_until !== null && ticket.snoozed_until > now ? ticket.snoozed_until : null;
}

/** Closing ends a snooze; so does opening, unless it comes with another one. A snoozed ticket is open. */
function openness(current: TicketRow, asked: AskedUpdate, now: number) {
  const before = snoozedUntil(current, now);
  if (asked.open === false) {
    return { open: false, snoozed_until: null, partTypes: current.open ? ['close'] : [] };
  }
  const partTypes: string[] = [];
  const open = current.open || asked.open === true || asked.snoozedUntil !== undefined;
  if (open !== current.open) partTypes.push('open');
  const snoozed_until = asked.snoozedUntil ?? (asked.open ? null : before);
  if (snoozed_until !== before) partTypes.push(snoozed_until === null ? 'unsnoozed' : 'snoozed');
  return { open, snoozed_until, partTypes };
}

function assignees({ to }: Assignment) {
  return {
    admin_assignee_id: to?.type === 'admin' ? to.id : nobody,
    team_assignee_id: to?.type === 'team' ? to.id : nobody,
  };
}

/** What an update does to a ticket: the columns that it has afterwards, and the parts that tell of it, in order. */
export function ticketUpdate(current: TicketRow, asked: AskedUpdate, now: number) {
  const values = changedValues(current, asked.values);
  const state = asked.state ?? current.state;
  const is_shared = asked.isShared ?? current.is_shared;
  const { admin_assignee_id, team_assignee_id } =
    asked.assignment === undefined ? current : assignees(asked.assignment);
  const { open, snoozed_until, partTypes } = openness(current, asked, now);

  const parts: NewPart[] = values.map((value) => ({
    part_type: 'ticket_attribute_updated_by_admin',
    changed_attribute: changedAttribute(value),
    ...byBot,
  }));
  if (state !== current.state) {
    const states = { ticket_state: state, previous_ticket_state: current.state };
    parts.push({ part_type: 'ticket_state_updated_by_admin', ...states, ...byBot });
  }
  const isAssigned = admin_assignee_id !== current.admin_assignee_id || team_assignee_id !== current.team_assignee_id;
  if (isAssigned && asked.assignment !== undefined) {
    const { by, to } = asked.assignment;
    const assigned = { assigned_to_type: to?.type ?? null, assigned_to_id: to?.id ?? null };
    parts.push({ part_type: 'assignment', ...assigned, ...byAdmin(by) });
  }
  parts.push(...partTypes.map((part_type) => ({ part_type, ...byBot })));

  return {
    isChanged: parts.length > 0 || is_shared !== current.is_shared,
    columns: {
      ...valueColumns(current, values),
      state,
      is_shared,
      admin_assignee_id,
      team_assignee_id,
      open,
      snoozed_until,
    },
    values,
    parts,
  };
}
