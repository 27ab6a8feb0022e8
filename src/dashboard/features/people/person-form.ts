import * as z from 'zod/mini';
import { emailAddress, type Person, personName, type updatePerson } from '#contract/gateway/people.ts';
import { type Role, roles } from '#contract/gateway/roles.ts';
import type { BodyOf } from '#contract/operation.ts';

const roleValues = z.array(z.enum(roles)).check(z.minLength(1, 'Choose at least one role.'));

/** What is entered of a person who is there. */
export const personValues = z.object({ name: personName, roles: roleValues });
export type PersonValues = z.output<typeof personValues>;

/** What is entered to invite someone. */
export const invitationValues = z.object({ name: personName, email: emailAddress, roles: roleValues });
export type InvitationValues = z.output<typeof invitationValues>;

/** Most people who join work on tickets. */
export const emptyInvitation: InvitationValues = { name: '', email: '', roles: ['agent'] };

export function fromPerson({ name, roles: own }: Person): PersonValues {
  return { name, roles: inOrder(own) };
}

/** Only what differs from how the person is. */
export function toUpdateBody(values: PersonValues, person: Person): BodyOf<typeof updatePerson> {
  const before = fromPerson(person);
  const name = values.name.trim();
  const own = inOrder(values.roles);
  return {
    ...(name !== before.name && { name }),
    ...(own.join() !== before.roles.join() && { roles: own }),
  };
}

/** The same roles in the order in which they are always told. */
export function inOrder(own: readonly Role[]): Role[] {
  return roles.filter((role) => own.includes(role));
}
