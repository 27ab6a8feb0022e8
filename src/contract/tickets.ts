import * as z from 'zod/mini';
import { givenId, givenRecordOf, id, optionalFlag, optionalText, recordOf, text, timestamp } from './fields.ts';
import type { ObjectState, Operation } from './operation.ts';
import { cursorPages, searchBody } from './search-body.ts';
import { tag, tagList } from './tags.ts';
import { nobody, ticketStates } from './ticket-states.ts';
import { defaultAttributeNames, ticketType, ticketTypeCategories } from './ticket-types.ts';

/** Lengths in UTF-16 units, counts in items. The API documents the last three; the others keep an answer within reason. */
export const ticketLimits = {
  text: 10_000,
  body: 100_000,
  fileNames: 20,
  replyOptions: 20,
  contacts: 1,
  attachments: 10,
  parts: 500,
} as const;

/** How many tickets a page has that names no size. */
export const ticketPageSize = 20;

const attachment = z.object({
  type: z.optional(z.string()),
  name: optionalText,
  url: z.string(),
  content_type: z.nullish(z.string()),
  filesize: z.nullish(z.int()),
  width: z.nullish(z.int()),
  height: z.nullish(z.int()),
});

const reference = z.object({ type: z.nullish(z.string()), id: z.nullish(id) });

export const ticketPart = z.object({
  type: z.literal('ticket_part'),
  id,
  /**
   * comment, note, quick_reply, assignment, snoozed, unsnoozed, open, close, or an `…_updated_by_admin`; others come
   * and go.
   */
  part_type: z.string(),
  /** HTML. Absent on parts that only say that something was changed. */
  body: z.nullish(z.string()),
  ticket_state: z.nullish(z.enum(ticketStates)),
  previous_ticket_state: z.nullish(z.enum(ticketStates)),
  created_at: timestamp,
  updated_at: z.nullish(timestamp),
  assigned_to: z.nullish(reference),
  author: z.object({ id: z.nullish(id), type: z.string(), name: z.nullish(z.string()), email: z.nullish(z.string()) }),
  attachments: z.nullish(z.array(attachment)),
  redacted: optionalFlag(false),
  external_id: z.nullish(z.string()),
  /** Which attribute was set to what. In later versions of the API; the embedded workspace sends it in all. */
  updated_attribute_data: z.nullish(
    z.object({
      attribute: z.object({ type: z.string(), id, label: z.string() }),
      value: z.object({ type: z.string(), id: z.optional(z.unknown()), label: z.unknown() }),
    }),
  ),
});
export type TicketPart = z.output<typeof ticketPart>;

const ticketContact = z.object({
  type: z.optional(z.literal('contact')),
  id,
  /** In 2.9 only. */
  role: z.optional(z.string()),
  external_id: z.nullish(z.string()),
});

const linkedObjects = z.object({
  type: z.string(),
  data: z.array(z.looseObject({ type: z.string(), id })),
  total_count: z.optional(z.int()),
  has_more: z.optional(z.boolean()),
});

/** What a ticket holds, by the names of its type's attributes: text, numbers, flags, list item ids, files. */
const ticketAttributes = recordOf(z.unknown());

export const ticket = z.object({
  type: z.literal('ticket'),
  /** The id of the API, for paths. */
  id,
  /** The number that people see; no id for paths. */
  ticket_id: z.optional(id),
  ticket_attributes: ticketAttributes,
  ticket_state: z.enum(ticketStates),
  ticket_type: z.nullish(ticketType),
  contacts: z.object({ type: z.string(), contacts: z.array(ticketContact) }),
  /** "0" where nobody is assigned. */
  admin_assignee_id: id,
  team_assignee_id: id,
  created_at: timestamp,
  updated_at: timestamp,
  ticket_parts: z.optional(
    z.object({ type: z.literal('ticket_part.list'), ticket_parts: z.array(ticketPart), total_count: z.int() }),
  ),
  /** From 2.10 on. */
  open: z.optional(z.boolean()),
  /** From 2.10 on; absent unless snoozed. */
  snoozed_until: z.nullish(timestamp),
  linked_objects: z.nullish(linkedObjects),
  category: z.nullish(z.enum(ticketTypeCategories)),
  is_shared: z.optional(z.boolean()),
  ticket_state_internal_label: z.nullish(z.string()),
  ticket_state_external_label: z.nullish(z.string()),
  /** Additions of the embedded workspace; Intercom does not say which company and tags a ticket has. */
  company_id: z.nullish(z.string()),
  tags: z.nullish(tagList),
});
export type Ticket = z.output<typeof ticket>;

const file = z.object({ name: text(255), url: text(2_000), content_type: z.optional(text(255)) });
const attributeValue = z.nullable(
  z.union([text(ticketLimits.text), z.number(), z.boolean(), z.array(z.union([file, text(2_000)]))]),
);
/** By the names of the type's attributes; a list attribute takes the id of its item. Null empties one. */
const attributeValues = givenRecordOf(attributeValue);

const contactReference = z.object({
  id: z.optional(givenId),
  external_id: z.optional(givenId),
  email: z.optional(text(255)),
});

const createTicketBody = z.object({
  ticket_type_id: givenId,
  /** Exactly one, by one of its ids. An email that nobody has makes a contact. */
  contacts: z.array(contactReference),
  /** The id that the company was given by whoever made it. */
  company_id: z.optional(text(255)),
  ticket_attributes: z.optional(attributeValues),
  created_at: z.optional(timestamp),
});

const updateTicketBody = z.object({
  ticket_attributes: z.optional(attributeValues),
  /** A ticket cannot go back to submitted. */
  state: z.optional(z.enum(ticketStates)),
  is_shared: z.optional(z.boolean()),
  open: z.optional(z.boolean()),
  snoozed_until: z.optional(timestamp),
  /** `admin_id` is who assigns; `assignee_id` is an admin, a team, or "0". */
  assignment: z.optional(z.object({ admin_id: z.optional(givenId), assignee_id: z.optional(givenId) })),
});

const uuid = text(36).check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'must be a uuid'));

export const replyMessageTypes = ['comment', 'note', 'quick_reply'] as const;

/** The forms of an admin and of a contact in one; which fields belong together is checked by the workspace. */
export const replyTicketBody = z.object({
  /** Required from 2.10 on; in 2.9 there are notes only. */
  message_type: z.optional(z.enum(replyMessageTypes)),
  type: z.optional(z.enum(['admin', 'user'])),
  admin_id: z.optional(givenId),
  body: z.optional(text(ticketLimits.body)),
  intercom_user_id: z.optional(givenId),
  user_id: z.optional(givenId),
  email: z.optional(text(255)),
  reply_options: z.optional(z.array(z.object({ text: text(255), uuid }))),
  attachment_urls: z.optional(z.array(text(2_000))),
  cross_post: z.optional(z.boolean()),
  created_at: z.optional(timestamp),
});

/** The title of a ticket, or "" where it has none. */
export function ticketTitle({ ticket_attributes }: Pick<Ticket, 'ticket_attributes'>): string {
  const title = ticket_attributes[defaultAttributeNames.title];
  return typeof title === 'string' ? title : '';
}

/** The id of the admin or, where there is none, of the team that a ticket is assigned to; "0" for nobody. */
export function ticketAssignee({ admin_assignee_id, team_assignee_id }: Ticket): string {
  return admin_assignee_id === nobody ? team_assignee_id : admin_assignee_id;
}

function ticketStateOf(answer: unknown): ObjectState {
  const found = ticket.parse(answer);
  return {
    name: ticketTitle(found) || `#${found.ticket_id ?? found.id}`,
    updatedAt: found.updated_at,
    values: {
      ticket_attributes: found.ticket_attributes,
      state: found.ticket_state,
      is_shared: found.is_shared,
      open: found.open,
      snoozed_until: found.snoozed_until ?? undefined,
      assignment: { assignee_id: ticketAssignee(found) },
    },
  };
}

export const createTicket = {
  name: 'createTicket',
  summary: 'Create a ticket',
  tag: 'Tickets',
  method: 'POST',
  path: '/tickets',
  version: '2.11',
  body: createTicketBody,
  response: ticket,
} as const satisfies Operation;

export const getTicket = {
  name: 'getTicket',
  summary: 'Retrieve a ticket',
  tag: 'Tickets',
  method: 'GET',
  path: '/tickets/{ticket_id}',
  version: '2.11',
  response: ticket,
} as const satisfies Operation;

export const updateTicket = {
  name: 'updateTicket',
  summary: 'Update a ticket',
  tag: 'Tickets',
  method: 'PUT',
  path: '/tickets/{ticket_id}',
  version: '2.11',
  body: updateTicketBody,
  response: ticket,
  actor: ['assignment', 'admin_id'],
  target: { read: getTicket, before: ticketStateOf, after: ticketStateOf },
} as const satisfies Operation;

export const replyTicket = {
  name: 'replyTicket',
  summary: 'Reply to a ticket',
  tag: 'Tickets',
  method: 'POST',
  path: '/tickets/{ticket_id}/reply',
  version: '2.11',
  body: replyTicketBody,
  response: ticketPart,
  actor: ['admin_id'],
} as const satisfies Operation;

export const searchTickets = {
  name: 'searchTickets',
  summary: 'Search tickets',
  tag: 'Tickets',
  method: 'POST',
  isRead: true,
  path: '/tickets/search',
  version: '2.11',
  since: '2.10',
  /** `include_ticket_parts` is an addition of the embedded workspace: false leaves the parts out. */
  body: z.extend(searchBody, { include_ticket_parts: z.optional(z.boolean()) }),
  response: z.object({
    type: z.literal('ticket.list'),
    tickets: z.array(ticket),
    total_count: z.int(),
    /** An addition of the embedded workspace: whether `total_count` is an estimate. */
    total_count_is_estimate: z.optional(z.boolean()),
    pages: z.nullish(cursorPages),
  }),
} as const satisfies Operation;

export const attachTagToTicket = {
  name: 'attachTagToTicket',
  summary: 'Add a tag to a ticket',
  tag: 'Tickets',
  method: 'POST',
  path: '/tickets/{ticket_id}/tags',
  version: '2.11',
  since: '2.10',
  body: z.object({ id: givenId, admin_id: z.optional(givenId) }),
  response: tag,
  actor: ['admin_id'],
} as const satisfies Operation;

export const detachTagFromTicket = {
  name: 'detachTagFromTicket',
  summary: 'Remove a tag from a ticket',
  tag: 'Tickets',
  method: 'DELETE',
  path: '/tickets/{ticket_id}/tags/{tag_id}',
  version: '2.11',
  since: '2.10',
  body: z.object({ admin_id: z.optional(givenId) }),
  response: tag,
  actor: ['admin_id'],
} as const satisfies Operation;
