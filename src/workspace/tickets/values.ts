import { isDeepStrictEqual } from 'node:util';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { datetimeSeconds, isEmptyValue, ticketValueProblem } from '#contract/ticket-values.ts';
import { badRequest, invalid } from '../http/refusal.ts';
import { type AttributeRow, nameKey, type TicketTypeWithAttributes } from '../ticket-types/store.ts';
import { fileAt } from './files.ts';
import type { AttributeValue, StoredFile } from './tables.ts';

/** What of a ticket holds the values of its attributes. */
export interface TicketValues {
  title: string;
  description: string;
  attributes: Record<string, AttributeValue>;
}

/** An attribute, and the value that it is to have; null empties it. */
export interface AskedValue {
  attribute: AttributeRow;
  value: AttributeValue | null;
}

/** The column that an attribute has of its own, if it has one. */
function columnOf({ default: isDefault, name }: AttributeRow): 'title' | 'description' | undefined {
  if (!isDefault) return undefined;
  return name === defaultAttributeNames.title ? 'title' : 'description';
}

export function ticketValue(ticket: TicketValues, attribute: AttributeRow): AttributeValue | null {
  const column = columnOf(attribute);
  return column === undefined ? (ticket.attributes[attribute.id] ?? null) : ticket[column] || null;
}

/**
 * The attributes of a type by their names. An archived one keeps its name until an attribute in use takes it.
 */
export function attributesByName({ attributes }: TicketTypeWithAttributes): Map<string, AttributeRow> {
  const inUse = attributes.filter(({ archived }) => !archived);
  const archived = attributes.filter((attribute) => attribute.archived);
  return new Map([...archived, ...inUse].map((attribute) => [nameKey(attribute.name), attribute]));
}

function storedValue({ data_type }: AttributeRow, value: unknown): AttributeValue | null {
  if (isEmptyValue(value)) return null;
  if (data_type === 'datetime') return datetimeSeconds(value) ?? null;
  if (Array.isArray(value)) return value.map((file: string | Partial<StoredFile>) => fileAt(file));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** What a request gives for attributes, in the order of the type. Throws when it does not fit the type. */
export function askedValues(
  type: TicketTypeWithAttributes,
  given: Record<string, unknown>,
  { isNew }: { isNew: boolean },
): AskedValue[] {
  const byName = attributesByName(type);
  const asked = new Map<AttributeRow, AttributeValue | null>();
  for (const [name, value] of Object.entries(given)) {
    const attribute = byName.get(nameKey(name));
    if (attribute === undefined || (isNew && attribute.archived)) {
      throw badRequest('parameter_invalid', `Extra attributes provided that are not found on ticket type: ${name}`);
    }
    const field = `ticket_attributes.${name}`;
    if (asked.has(attribute)) throw invalid(field, 'is given twice');
    const problem = ticketValueProblem(attribute, value);
    if (problem !== undefined) throw invalid(field, problem);
    asked.set(attribute, storedValue(attribute, value));
  }
  const isMissing = (attribute: AttributeRow) =>
    attribute.required_to_create && !attribute.archived && (asked.get(attribute) ?? null) === null;
  if (isNew && type.attributes.some(isMissing)) {
    throw badRequest('parameter_invalid', 'Missing required ticket attributes');
  }
  return type.attributes.flatMap((attribute) => {
    const value = asked.get(attribute);
    return value === undefined ? [] : [{ attribute, value }];
  });
}

/** Those of `asked` that are different from what the ticket holds. */
export function changedValues(ticket: TicketValues, asked: AskedValue[]): AskedValue[] {
  return asked.filter(({ attribute, value }) => !isDeepStrictEqual(ticketValue(ticket, attribute), value));
}

/** The columns that hold a ticket's values once `changes` are made. */
export function valueColumns(ticket: TicketValues, changes: AskedValue[]) {
  const values: TicketValues = { ...ticket, attributes: { ...ticket.attributes } };
  for (const { attribute, value } of changes) {
    const column = columnOf(attribute);
    if (column !== undefined) values[column] = typeof value === 'string' ? value : '';
    else if (value === null) delete values.attributes[attribute.id];
    else values.attributes[attribute.id] = value;
  }
  const { title, description, attributes } = values;
  return {
    title,
    description,
    attributes,
    title_key: nameKey(title),
    description_key: nameKey(description),
  };
}

/** A value as a search compares it, by text or by number; undefined where it is found in another way. */
export function searchableValue({ attribute, value }: AskedValue) {
  if (columnOf(attribute) !== undefined) return undefined;
  if (attribute.data_type === 'string' && typeof value === 'string') {
    return { text_value: nameKey(value), number_value: null };
  }
  return typeof value === 'number' ? { text_value: null, number_value: value } : undefined;
}
