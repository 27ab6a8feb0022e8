import * as z from 'zod/mini';
import { givenRecordOf, id, integerId, optionalFlag, recordOf, text, timestamp } from './fields.ts';
import type { Operation } from './operation.ts';
import { cursorPages, searchBody } from './search-body.ts';

/** Lengths in UTF-16 units, counts in items. The API documents none; these keep an answer within reason. */
export const contactLimits = { name: 255, email: 255, phone: 40, externalId: 255, attributes: 200 } as const;

/** How many contacts a page has that names no size. */
export const contactPageSize = 50;

export const contactRoles = ['user', 'lead'] as const;
export type ContactRole = (typeof contactRoles)[number];

const listed = z.object({
  type: z.string(),
  data: z.array(z.looseObject({ type: z.optional(z.string()), id })),
  url: z.optional(z.string()),
  total_count: z.optional(z.int()),
  has_more: z.optional(z.boolean()),
});

const moment = z.nullish(timestamp);
const words = z.nullish(z.string());

/** Values of custom attributes, by name. */
export const customAttributes = recordOf(z.unknown());

export const contact = z.object({
  type: z.literal('contact'),
  id,
  workspace_id: z.optional(id),
  external_id: words,
  role: z.string(),
  email: words,
  phone: words,
  /** From 2.11 on. */
  formatted_phone: words,
  name: words,
  avatar: z.nullish(z.union([z.string(), z.object({ type: z.optional(z.string()), image_url: words })])),
  owner_id: z.nullish(integerId),
  social_profiles: z.nullish(z.object({ type: z.string(), data: z.array(z.unknown()) })),
  has_hard_bounced: optionalFlag(false),
  marked_email_as_spam: optionalFlag(false),
  unsubscribed_from_emails: optionalFlag(false),
  created_at: timestamp,
  updated_at: timestamp,
  signed_up_at: moment,
  last_seen_at: moment,
  last_replied_at: moment,
  last_contacted_at: moment,
  last_email_opened_at: moment,
  last_email_clicked_at: moment,
  language_override: words,
  browser: words,
  browser_version: words,
  browser_language: words,
  os: words,
  location: z.nullish(
    z.object({
      type: z.optional(z.string()),
      country: words,
      region: words,
      city: words,
      country_code: words,
      continent_code: words,
    }),
  ),
  android_app_name: words,
  android_app_version: words,
  android_device: words,
  android_os_version: words,
  android_sdk_version: words,
  android_last_seen_at: moment,
  ios_app_name: words,
  ios_app_version: words,
  ios_device: words,
  ios_os_version: words,
  ios_sdk_version: words,
  ios_last_seen_at: moment,
  custom_attributes: z.optional(customAttributes),
  tags: z.nullish(listed),
  notes: z.nullish(listed),
  companies: z.nullish(listed),
  opted_out_subscription_types: z.nullish(listed),
  opted_in_subscription_types: z.nullish(listed),
  utm_campaign: words,
  utm_content: words,
  utm_medium: words,
  utm_source: words,
  utm_term: words,
  referrer: words,
});
export type Contact = z.output<typeof contact>;

const attributeValue = z.nullable(z.union([text(2_000), z.number(), z.boolean()]));

const contactFields = {
  role: z.optional(z.enum(contactRoles)),
  external_id: z.optional(z.nullable(text(contactLimits.externalId))),
  email: z.optional(z.nullable(text(contactLimits.email))),
  phone: z.optional(z.nullable(text(contactLimits.phone))),
  name: z.optional(z.nullable(text(contactLimits.name))),
  avatar: z.optional(z.nullable(text(2_000))),
  signed_up_at: z.optional(z.nullable(timestamp)),
  last_seen_at: z.optional(z.nullable(timestamp)),
  owner_id: z.optional(z.nullable(integerId)),
  unsubscribed_from_emails: z.optional(z.nullable(z.boolean())),
  custom_attributes: z.optional(z.nullable(givenRecordOf(attributeValue))),
};

/** At least one of `email`, `external_id` and `role` has to be there. */
export const createContactBody = z.object(contactFields);
const updateContactBody = z.object(contactFields);

const contactPage = z.object({
  type: z.literal('list'),
  data: z.array(contact),
  total_count: z.int(),
  /** An addition of the embedded workspace: whether `total_count` is an estimate. */
  total_count_is_estimate: z.optional(z.boolean()),
  pages: cursorPages,
});

export const listContacts = {
  name: 'listContacts',
  summary: 'List all contacts',
  tag: 'Contacts',
  method: 'GET',
  path: '/contacts',
  version: '2.11',
  /** `per_page` is clamped to 1 … 150. */
  query: z.object({
    per_page: z.optional(z.string().check(z.regex(/^-?\d{1,9}$/, 'is invalid'))),
    starting_after: z.optional(z.string()),
  }),
  response: contactPage,
} as const satisfies Operation;

export const createContact = {
  name: 'createContact',
  summary: 'Create a contact',
  tag: 'Contacts',
  method: 'POST',
  path: '/contacts',
  version: '2.11',
  body: createContactBody,
  response: contact,
} as const satisfies Operation;

export const showContact = {
  name: 'showContact',
  summary: 'Get a contact',
  tag: 'Contacts',
  method: 'GET',
  path: '/contacts/{contact_id}',
  version: '2.11',
  response: contact,
} as const satisfies Operation;

function contactState(answer: unknown) {
  const state = contact.parse(answer);
  const { name, email, phone, role, external_id, owner_id, signed_up_at, last_seen_at } = state;
  const { unsubscribed_from_emails, custom_attributes, avatar } = state;
  return {
    name: name ?? email ?? external_id ?? undefined,
    updatedAt: state.updated_at,
    values: {
      role,
      external_id,
      email,
      phone,
      name,
      avatar: typeof avatar === 'object' ? avatar?.image_url : avatar,
      signed_up_at,
      last_seen_at,
      owner_id,
      unsubscribed_from_emails,
      custom_attributes,
    },
  };
}

export const updateContact = {
  name: 'updateContact',
  summary: 'Update a contact',
  tag: 'Contacts',
  method: 'PUT',
  path: '/contacts/{contact_id}',
  version: '2.11',
  body: updateContactBody,
  response: contact,
  target: { read: showContact, before: contactState, after: contactState },
} as const satisfies Operation;

export const searchContacts = {
  name: 'searchContacts',
  summary: 'Search contacts',
  tag: 'Contacts',
  method: 'POST',
  isRead: true,
  path: '/contacts/search',
  version: '2.11',
  body: searchBody,
  response: contactPage,
} as const satisfies Operation;
