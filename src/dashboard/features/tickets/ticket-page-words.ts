import type { Admin } from '#contract/admins.ts';
import type { Team } from '#contract/teams.ts';
import { nobody, type TicketState, ticketStateLabels } from '#contract/ticket-states.ts';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { datetimeSeconds } from '#contract/ticket-values.ts';
import { type Ticket, ticketTitle } from '#contract/tickets.ts';
import { momentText } from '../../lib/search/moments.ts';
import { attributeLabel } from './attribute-label.ts';
import type { TicketField } from './ticket-page-fields.ts';

const fieldLabels = {
  state: 'State',
  is_shared: 'Shared with the contact',
  open: 'Open',
  snoozed_until: 'Snoozed until',
  assignment: 'Assignee',
} as const;

/** What a ticket is called: its title, or its number where it has none. */
export function ticketName(ticket: Ticket): string {
  return ticketTitle(ticket) || `Ticket #${ticket.ticket_id ?? ticket.id}`;
}

export function attributeNamed(type: TicketType | null | undefined, name: string): TicketTypeAttribute | undefined {
  return type?.ticket_type_attributes.data.find((attribute) => attribute.name === name);
}

const isAttribute = (field: TicketField) => field.startsWith('attribute:');
const attributeName = (field: TicketField) => field.slice('attribute:'.length);

/** The name of a field that can be changed. */
export function fieldLabel(field: TicketField): string {
  return isAttribute(field)
    ? attributeLabel({ name: attributeName(field) })
    : fieldLabels[field as keyof typeof fieldLabels];
}

/** Who may be assigned, by id. */
export interface Teammates {
  admins: readonly Admin[];
  teams: readonly Team[];
}

/** The name of an admin or a team. */
export function assigneeName(id: string, { admins, teams }: Teammates): string {
  if (id === nobody) return 'Nobody';
  return (admins.find((admin) => admin.id === id) ?? teams.find((team) => team.id === id))?.name ?? `Teammate ${id}`;
}

/** A value of a field in words; "" for none. */
export function fieldInWords(field: TicketField, value: unknown, ticket: Ticket, teammates: Teammates): string {
  if (value === null || value === undefined) return '';
  if (isAttribute(field)) return attributeInWords(value, attributeNamed(ticket.ticket_type, attributeName(field)));
  if (field === 'state') return ticketStateLabels[value as TicketState] ?? String(value);
  if (field === 'assignment') return assigneeName(String(value), teammates);
  if (field === 'snoozed_until') return momentText(Number(value)) ?? '';
  return value === true ? 'Yes' : 'No';
}

/** A value of an attribute in words; "" for none. */
export function attributeInWords(value: unknown, attribute: TicketTypeAttribute | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map(fileName).join(', ');
  if (attribute?.data_type === 'datetime') {
    const time = datetimeSeconds(value);
    return (time === undefined ? undefined : momentText(time)) ?? String(value);
  }
  if (attribute?.data_type === 'list') {
    return attribute.input_options?.list_options?.find(({ id }) => id === value)?.label ?? String(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What a file is called: its name, or the last part of its address. */
export function fileName(file: unknown): string {
  if (typeof file === 'string') return file.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? file;
  if (typeof file !== 'object' || file === null) return String(file);
  if ('name' in file && typeof file.name === 'string' && file.name !== '') return file.name;
  return 'url' in file && typeof file.url === 'string' ? fileName(file.url) : 'File';
}
