import * as z from 'zod/mini';
import { requiredText } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { roles } from './roles.ts';

/** Lengths in UTF-16 units. */
export const personLimits = { name: 100, email: 254, passwordMinimum: 10, passwordMaximum: 128 } as const;

/** An e-mail address as it is kept: without the spaces around it, in lower case. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

const emailForm = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(?:\.[^\s@<>()[\]\\,;:".]+)+$/;

export const emailAddress = requiredText(personLimits.email).check(
  z.refine((value) => emailForm.test(value.trim()), 'is not an e-mail address'),
);

export const personName = requiredText(personLimits.name);

const roleSet = z.array(z.enum(roles)).check(
  z.minLength(1, 'needs at least one role'),
  z.refine((value) => new Set(value).size === value.length, 'may not name a role twice'),
);

/** Someone who may sign in to this Deskbell. Times are unix seconds. */
export const person = z.object({
  type: z.literal('person'),
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(roles)),
  /** `invited`: has never signed in yet. `deactivated`: cannot sign in any more. */
  state: z.enum(['active', 'invited', 'deactivated']),
  second_factor: z.boolean(),
  created_at: z.int(),
  last_seen_at: z.nullable(z.int()),
});
export type Person = z.output<typeof person>;

/** Single use, until `expires_at` (unix seconds). Shown once: only its hash is kept. */
const invitation = z.object({ person, link: z.string(), expires_at: z.int(), sent_to: z.nullable(z.string()) });

export const listPeople = {
  name: 'listPeople',
  summary: 'List the people of this Deskbell',
  tag: 'People',
  method: 'GET',
  path: '/gateway/people',
  version: '2.11',
  response: z.object({ type: z.literal('list'), data: z.array(person) }),
} as const satisfies Operation;

export const invitePerson = {
  name: 'invitePerson',
  summary: 'Invite a person',
  tag: 'People',
  method: 'POST',
  path: '/gateway/people',
  version: '2.11',
  body: z.object({ name: personName, email: emailAddress, roles: roleSet }),
  response: invitation,
} as const satisfies Operation;

export const renewInvitation = {
  name: 'renewInvitation',
  summary: 'Make a new invitation link for a person who has not signed in yet',
  tag: 'People',
  method: 'POST',
  path: '/gateway/people/{person_id}/invitation',
  version: '2.11',
  body: z.object({}),
  response: invitation,
} as const satisfies Operation;

export const updatePerson = {
  name: 'updatePerson',
  summary: 'Change a person’s name or roles, deactivate them or let them in again',
  tag: 'People',
  method: 'PUT',
  path: '/gateway/people/{person_id}',
  version: '2.11',
  body: z.object({
    name: z.optional(personName),
    roles: z.optional(roleSet),
    deactivated: z.optional(z.boolean()),
    /** Only false: takes the second factor away from someone who has lost it. */
    second_factor: z.optional(z.literal(false)),
  }),
  response: person,
} as const satisfies Operation;
