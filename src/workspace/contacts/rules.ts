import type * as z from 'zod/mini';
import type { createContactBody } from '#contract/contacts.ts';
import { badRequest, invalid } from '../http/refusal.ts';
import { differing, emptied, mergedAttributes } from '../partial-update.ts';
import type { ContactChanges, ContactRow } from './store.ts';

/** The columns that a body sets. Throws for an email or avatar that is none. */
export function contactColumns(body: z.output<typeof createContactBody>): ContactChanges {
  const { role, signed_up_at, last_seen_at, owner_id, unsubscribed_from_emails, avatar } = body;
  const email = emptied(body.email);
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+$/.test(email)) throw invalid('email', 'is invalid');
  const avatarUrl = emptied(avatar);
  if (typeof avatarUrl === 'string' && !/^https?:\/\/\S+$/i.test(avatarUrl)) {
    throw invalid('avatar', 'must be an address that begins with http:// or https://');
  }
  return {
    ...(role === undefined ? {} : { role }),
    external_id: emptied(body.external_id),
    email,
    phone: emptied(body.phone),
    name: emptied(body.name),
    avatar_url: avatarUrl,
    signed_up_at,
    last_seen_at,
    ...(owner_id === undefined ? {} : { owner_id: owner_id ?? 0 }),
    ...(unsubscribed_from_emails === undefined ? {} : { unsubscribed_from_emails: unsubscribed_from_emails ?? false }),
  };
}

/** What changes in `current` when `body` is carried out. */
export function contactChanges(current: ContactRow, body: z.output<typeof createContactBody>): ContactChanges {
  const custom_attributes = mergedAttributes(current.custom_attributes, body.custom_attributes);
  return differing<ContactChanges>(current, { ...contactColumns(body), custom_attributes });
}

export function requireIdentity(columns: ContactChanges, isRoleGiven: boolean): void {
  if (!columns.email && !columns.external_id && !isRoleGiven) {
    throw badRequest('parameter_not_found', 'One of email, external_id and role is a required parameter');
  }
}
