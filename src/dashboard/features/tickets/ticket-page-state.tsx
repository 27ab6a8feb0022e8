import type { TicketState } from '#contract/ticket-states.ts';
import { ticketStateLabels } from '#contract/ticket-states.ts';
import type { Ticket } from '#contract/tickets.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const tones: Record<TicketState, Tone> = {
  submitted: 'neutral',
  in_progress: 'accent',
  waiting_on_customer: 'warning',
  resolved: 'success',
};

/** The state of a ticket, in the workspace's own word where it has one. */
export function TicketStateBadge({
  ticket: { ticket_state: state, ticket_state_internal_label: label },
}: {
  ticket: Pick<Ticket, 'ticket_state' | 'ticket_state_internal_label'>;
}) {
  return <Badge tone={tones[state]}>{label || ticketStateLabels[state]}</Badge>;
}
