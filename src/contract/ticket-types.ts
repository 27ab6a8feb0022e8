import * as z from 'zod/mini';
import { id, integerId, optionalFlag, optionalText, timestamp } from './fields.ts';
import type { Operation } from './operation.ts';

export const ticketTypeCategories = ['Customer', 'Back-office', 'Tracker'] as const;
export type TicketTypeCategory = (typeof ticketTypeCategories)[number];

export const attributeDataTypes = ['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'] as const;
export type AttributeDataType = (typeof attributeDataTypes)[number];

/** Lengths in UTF-16 units, counts in items. The API documents none; these keep an answer within reason. */
export const ticketTypeLimits = {
  name: 255,
  description: 5_000,
  attributeName: 255,
  attributeDescription: 1_000,
  listItem: 255,
  listItems: 500,
  attributes: 200,
} as const;

/** The icon of a ticket type that was created without one. */
export const defaultIcon = '🎟️';

/** The two attributes that every ticket type is born with, under the names the API gives them. */
export const defaultAttributeNames = { title: '_default_title_', description: '_default_description_' } as const;

const listOption = z.object({ id, label: z.string() });

/** What an attribute takes in, by data type. Other data types have none. */
const inputOptions = z.object({
  multiline: z.optional(z.boolean()),
  list_options: z.optional(z.array(listOption)),
  allow_multiple_values: z.optional(z.boolean()),
});

export const ticketTypeAttribute = z.object({
  type: z.literal('ticket_type_attribute'),
  id,
  workspace_id: id,
  name: z.string(),
  description: optionalText,
  data_type: z.enum(attributeDataTypes),
  input_options: z.nullish(inputOptions),
  order: z.int(),
  required_to_create: optionalFlag(false),
  required_to_create_for_contacts: optionalFlag(false),
  visible_on_create: optionalFlag(true),
  visible_to_contacts: optionalFlag(true),
  default: optionalFlag(false),
  ticket_type_id: integerId,
  archived: optionalFlag(false),
  created_at: timestamp,
  updated_at: z.optional(timestamp),
});
export type TicketTypeAttribute = z.output<typeof ticketTypeAttribute>;

export const ticketType = z.object({
  type: z.literal('ticket_type'),
  id,
  name: z.string(),
  description: optionalText,
  icon: optionalText,
  workspace_id: id,
  archived: optionalFlag(false),
  created_at: timestamp,
  updated_at: z.optional(timestamp),
  is_internal: optionalFlag(false),
  // The schemas call the list's type "ticket_type_attributes.list" and its array otherwise; every answer says `data`.
  ticket_type_attributes: z.object({ type: z.string(), data: z.array(ticketTypeAttribute) }),
  /** Absent before 2.10. */
  category: z.optional(z.enum(ticketTypeCategories)),
});
export type TicketType = z.output<typeof ticketType>;

export const listTicketTypes = {
  name: 'listTicketTypes',
  summary: 'List all ticket types',
  tag: 'Ticket types',
  method: 'GET',
  path: '/ticket_types',
  version: '2.11',
  // The schemas say type "ticket_type.list" and an array `ticket_types`; every answer says "list" and `data`.
  response: z.object({ type: z.string(), data: z.array(ticketType) }),
} as const satisfies Operation;

export const getTicketType = {
  name: 'getTicketType',
  summary: 'Retrieve a ticket type',
  tag: 'Ticket types',
  method: 'GET',
  path: '/ticket_types/{ticket_type_id}',
  version: '2.11',
  response: ticketType,
} as const satisfies Operation;
