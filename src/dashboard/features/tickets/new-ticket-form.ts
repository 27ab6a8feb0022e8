import * as z from 'zod/mini';
import { recordOf } from '#contract/fields.ts';
import type { BodyOf } from '#contract/operation.ts';
import { defaultAttributeNames, type TicketType, type TicketTypeAttribute } from '#contract/ticket-types.ts';
import type { createTicket } from '#contract/tickets.ts';
import { attributeLabel } from './attribute-label.ts';
import { readAttributeText } from './attribute-text.ts';

const chosenContact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), id: z.string(), label: z.string() }),
  /** Made with the ticket. */
  z.object({ kind: z.literal('new'), email: z.string(), name: z.string() }),
]);
export type ChosenContact = z.output<typeof chosenContact>;

export const newTicketValues = z.object({
  contact: z.nullable(chosenContact),
  company: z.nullable(z.object({ id: z.string(), label: z.string() })),
  /** What stands in the field of each attribute, by the attribute's id. */
  attributes: recordOf(z.string()),
});
export type NewTicketValues = z.output<typeof newTicketValues>;

/** A form with nothing in it: every attribute has a field, as fields without a value are not there for the form. */
export function emptyTicket(ticketType: TicketType): NewTicketValues {
  const fields = ticketType.ticket_type_attributes.data.map(({ id }): [string, string] => [id, '']);
  return { contact: null, company: null, attributes: Object.fromEntries(fields) };
}

/** The attributes that are asked for, and those that are offered besides, each in the type's order. */
export function askedAttributes(ticketType: TicketType): { shown: TicketTypeAttribute[]; more: TicketTypeAttribute[] } {
  const used = ticketType.ticket_type_attributes.data.filter(({ archived }) => !archived);
  const isShown = ({ visible_on_create, required_to_create }: TicketTypeAttribute) =>
    visible_on_create || required_to_create;
  return { shown: used.filter(isShown), more: used.filter((attribute) => !isShown(attribute)) };
}

/** What is missing or wrong, as sentences, by the attribute's id or `contact`. */
export function problemsOf(values: NewTicketValues, ticketType: TicketType): Map<string, string> {
  const problems = new Map<string, string>();
  const { contact } = values;
  if (contact === null) problems.set('contact', 'Contact is required.');
  else if (contact.kind === 'new' && !/^\S+@\S+\.\S+$/.test(contact.email)) {
    problems.set('contact', `“${contact.email}” is not an email address.`);
  }
  const { shown, more } = askedAttributes(ticketType);
  for (const attribute of [...shown, ...more]) {
    const read = readAttributeText(attribute, values.attributes[attribute.id] ?? '');
    const label = attributeLabel(attribute);
    if ('problem' in read) problems.set(attribute.id, `${label} ${read.problem}.`);
    else if (read.value === null && attribute.required_to_create) problems.set(attribute.id, `${label} is required.`);
  }
  return problems;
}

/** The body of the create. `contactId` is that of a contact that was made a moment ago. */
export function toCreateBody(
  values: NewTicketValues,
  ticketType: TicketType,
  contactId?: string,
): BodyOf<typeof createTicket> {
  const { contact, company, attributes } = values;
  const ticket_attributes: NonNullable<BodyOf<typeof createTicket>['ticket_attributes']> = {};
  for (const attribute of ticketType.ticket_type_attributes.data) {
    const read = readAttributeText(attribute, attribute.archived ? '' : (attributes[attribute.id] ?? ''));
    if ('value' in read && read.value !== null) ticket_attributes[attribute.name] = read.value;
  }
  const known = contact?.kind === 'known' ? contact.id : contactId;
  return {
    ticket_type_id: ticketType.id,
    contacts: [known === undefined ? { email: contact?.kind === 'new' ? contact.email : '' } : { id: known }],
    ...(company && { company_id: company.id }),
    ticket_attributes,
  };
}

/** What a next ticket of this type may begin with: everything that is not about this one alone. */
export function templateOf(values: NewTicketValues, ticketType: TicketType): Record<string, string> {
  const isOwn = (name: string) => Object.values<string>(defaultAttributeNames).includes(name);
  const kept = ticketType.ticket_type_attributes.data.filter(
    ({ name, archived, data_type: dataType }) => !isOwn(name) && !archived && dataType !== 'files',
  );
  return Object.fromEntries(
    kept.flatMap(({ id }) => {
      const text = values.attributes[id] ?? '';
      return text.trim() === '' ? [] : [[id, text]];
    }),
  );
}

/** Whether nothing has been entered. */
export function isEmpty({ contact, company, attributes }: NewTicketValues): boolean {
  return contact === null && company === null && Object.values(attributes).every((text) => text.trim() === '');
}
