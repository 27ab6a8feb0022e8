import { nobody, type TicketState, ticketStateLabels } from '#contract/ticket-states.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import type { TicketPart } from '#contract/tickets.ts';
import { attributeLabel } from './attribute-label.ts';
import { assigneeName, attributeInWords, type Teammates } from './ticket-page-words.ts';

/** Who a part is by. */
export function authorName({ author: { name, email, type } }: TicketPart): string {
  if (name) return name;
  if (email) return email;
  if (type === 'bot') return 'Operator';
  return type === 'admin' ? 'A teammate' : 'The contact';
}

/** What the author of a message is to the ticket. */
export function authorKind({ author: { type } }: TicketPart): 'teammate' | 'contact' | 'bot' {
  if (type === 'bot') return 'bot';
  return type === 'admin' || type === 'team' ? 'teammate' : 'contact';
}

/** What was set, as words that follow its author's name: "set Priority to High". */
export function partInWords(part: TicketPart, teammates: Teammates, type: TicketType | null | undefined): string {
  const { part_type: kind, ticket_state: state, previous_ticket_state: before } = part;
  if (part.updated_attribute_data) return attributeChange(part.updated_attribute_data, type);
  if (kind.startsWith('ticket_state') && state) return stateChange(state, before);
  switch (kind) {
    case 'assignment':
    case 'assignment_and_open': {
      const id = part.assigned_to?.id ?? nobody;
      return id === nobody ? 'unassigned it' : `assigned it to ${assigneeName(id, teammates)}`;
    }
    case 'snoozed':
      return 'snoozed it';
    case 'unsnoozed':
      return 'ended the snooze';
    case 'open':
      return 'opened it';
    case 'close':
      return 'closed it';
    case 'ticket_attribute_updated_by_admin':
      return 'changed an attribute';
    case 'ticket_attribute_updated_by_user':
      return 'changed an attribute';
  }
  // Kinds come and go; their names are words.
  return kind.replaceAll('_', ' ');
}

function stateChange(state: TicketState, before: TicketState | null | undefined): string {
  const now = ticketStateLabels[state];
  if (state === before) return state === 'submitted' ? 'submitted it' : `left the state at ${now}`;
  return before ? `changed the state from ${ticketStateLabels[before]} to ${now}` : `changed the state to ${now}`;
}

type AttributeData = NonNullable<TicketPart['updated_attribute_data']>;

function attributeChange({ attribute, value }: AttributeData, type: TicketType | null | undefined): string {
  const known = type?.ticket_type_attributes.data.find(
    ({ id, name }) => id === attribute.id || name === attribute.label,
  );
  const label = attributeLabel({ name: attribute.label });
  const isList = known?.data_type === 'list';
  const text = attributeInWords(value.label, isList ? undefined : known);
  if (text === '') return `emptied ${label}`;
  return text.length > 120 || text.includes('\n') ? `changed ${label}` : `set ${label} to ${text}`;
}
