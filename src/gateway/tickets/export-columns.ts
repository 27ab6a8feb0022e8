import { nobody, ticketStateLabels } from '#contract/ticket-states.ts';
import {
  type AttributeDataType,
  defaultAttributeNames,
  type TicketType,
  type TicketTypeAttribute,
} from '#contract/ticket-types.ts';
import { type Ticket, ticketTitle } from '#contract/tickets.ts';
import type { CsvValue } from '../csv.ts';
import type { ContactName } from './contact-names.ts';
import { ticketNumber } from './rows.ts';

/** What stands behind the ids that tickets are full of. */
export interface Directory {
  types: readonly TicketType[];
  admins: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
}

type Readable = string | number | boolean | null | string[];

/** A ticket in words, by the names of what every ticket has. */
export function fieldsOf(ticket: Ticket, directory: Directory, names: ReadonlyMap<string, ContactName>) {
  const [contact] = ticket.contacts.contacts;
  const named = contact && names.get(contact.id);
  const description = ticket.ticket_attributes[defaultAttributeNames.description];
  const nameOf = (known: ReadonlyMap<string, string>, id: string) => (id === nobody ? null : (known.get(id) ?? id));
  return {
    id: ticket.id,
    number: ticketNumber(ticket),
    title: ticketTitle(ticket),
    description: typeof description === 'string' ? description : null,
    state: ticketStateLabels[ticket.ticket_state],
    type: typeOf(ticket, directory)?.name ?? null,
    contact_id: contact?.id ?? null,
    contact_name: named?.name ?? null,
    contact_email: named?.email ?? null,
    assignee: nameOf(directory.admins, ticket.admin_assignee_id),
    team: nameOf(directory.teams, ticket.team_assignee_id),
    open: ticket.open ?? null,
    snoozed_until: ticket.snoozed_until ? isoTime(ticket.snoozed_until) : null,
    is_shared: ticket.is_shared ?? null,
    tags: ticket.tags?.tags.map(({ name }) => name) ?? [],
    created_at: isoTime(ticket.created_at),
    updated_at: isoTime(ticket.updated_at),
  } satisfies Record<string, Readable>;
}

const fieldNames = [
  'id',
  'number',
  'title',
  'description',
  'state',
  'type',
  'contact_id',
  'contact_name',
  'contact_email',
  'assignee',
  'team',
  'open',
  'snoozed_until',
  'is_shared',
  'tags',
  'created_at',
  'updated_at',
] as const satisfies (keyof ReturnType<typeof fieldsOf>)[];

interface AttributeColumn {
  header: string;
  name: string;
  dataType: AttributeDataType;
}

/** One column for all attributes of one name and data type, whatever types have them; the data type is said if need be. */
export function attributeColumns({ types }: Directory): AttributeColumn[] {
  const columns = new Map<string, AttributeColumn>();
  for (const { ticket_type_attributes } of types) {
    for (const { name, data_type: dataType } of ticket_type_attributes.data) {
      if (!isDefault(name)) columns.set(JSON.stringify([name, dataType]), { header: name, name, dataType });
    }
  }
  const all = [...columns.values()];
  const times = (name: string) => all.filter((column) => column.name === name).length;
  return all.map((column) =>
    times(column.name) > 1 || (fieldNames as readonly string[]).includes(column.name)
      ? { ...column, header: `${column.name} (${column.dataType})` }
      : column,
  );
}

/** The headings of a table of tickets. */
export function tableHeader(columns: readonly AttributeColumn[]): string[] {
  return [...fieldNames, ...columns.map(({ header }) => header)];
}

/** The cells of one ticket, under `tableHeader`. */
export function tableRow(
  ticket: Ticket,
  columns: readonly AttributeColumn[],
  directory: Directory,
  names: ReadonlyMap<string, ContactName>,
): CsvValue[] {
  const fields = fieldsOf(ticket, directory, names);
  const attributes = new Map(attributesOf(ticket, directory).map((attribute) => [keyOf(attribute), attribute.value]));
  return [
    ...fieldNames.map((name) => fields[name]),
    ...columns.map((column) => attributes.get(keyOf(column)) ?? null),
  ].map((value) => (Array.isArray(value) ? value.join(', ') : value));
}

const keyOf = ({ name, dataType }: { name: string; dataType: AttributeDataType }) => JSON.stringify([name, dataType]);

const isDefault = (name: string) => name === defaultAttributeNames.title || name === defaultAttributeNames.description;

/** What a ticket holds in the attributes of its type, lists by their labels and times as ISO 8601. */
export function attributesOf(ticket: Ticket, directory: Directory) {
  return (typeOf(ticket, directory)?.ticket_type_attributes.data ?? []).flatMap((attribute) => {
    const value = ticket.ticket_attributes[attribute.name];
    return value === undefined || value === null || isDefault(attribute.name)
      ? []
      : [{ name: attribute.name, dataType: attribute.data_type, value: readable(value, attribute) }];
  });
}

function typeOf({ ticket_type: type }: Ticket, { types }: Directory): TicketType | undefined {
  return types.find(({ id }) => id === type?.id) ?? type ?? undefined;
}

function readable(value: unknown, attribute: TicketTypeAttribute): Readable {
  const { data_type, input_options } = attribute;
  if (Array.isArray(value)) return value.map((part) => textOf(readable(part, attribute)));
  if (data_type === 'list') {
    return input_options?.list_options?.find(({ id }) => id === String(value))?.label ?? textOf(value);
  }
  if (data_type === 'datetime' && typeof value === 'number') return isoTime(value);
  if (data_type === 'files' && typeof value === 'object' && value !== null && 'url' in value) return textOf(value.url);
  return typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function isoTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
