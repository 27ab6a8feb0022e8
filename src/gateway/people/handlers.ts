import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { normalEmail, type Person } from '#contract/gateway/people.ts';
import { type Attempt, changesBetween, logActivity } from '../activity/log.ts';
import { type MadeLink, makeLink } from '../auth/links.ts';
import { accessLinks, people, secondFactors, sessions } from '../auth/tables.ts';
import type { Handlers } from '../own-api.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { findPerson, isOwnerLeft, listPeople, lockPeople } from './store.ts';

type Names = 'listPeople' | 'invitePerson' | 'renewInvitation' | 'updatePerson';

export function peopleHandlers(services: Services): Pick<Handlers, Names> {
  const { db, signIn, origin } = services;
  return {
    listPeople: async () => ({ type: 'list', data: await listPeople(db) }),

    invitePerson: async ({ body, attempt }) => {
      const email = normalEmail(body.email);
      const made = await db.transaction(async (transaction) => {
        const id = randomUUID();
        const added = await transaction
          .insert(people)
          .values({ id, name: body.name.trim(), email, roles: body.roles })
          .onConflictDoNothing({ target: people.email })
          .returning({ id: people.id });
        if (added.length === 0) {
          throw new Refusal(409, 'email_taken', 'email belongs to someone here already', { field: 'email' });
        }
        const person = await required(findPerson(transaction, id));
        const changes = changesBetween({}, { name: person.name, email, roles: person.roles });
        await logActivity(transaction, attempt, {
          status: 200,
          object: `/people/${id}`,
          objectName: person.name,
          changes,
        });
        return { person, ...(await makeLink(transaction, { kind: 'invitation', personId: id, origin: origin() })) };
      });
      return sendInvitation(services, attempt, made);
    },

    renewInvitation: async ({ params, attempt }) => {
      const made = await db.transaction(async (transaction) => {
        const person = await required(findPerson(transaction, params.person_id));
        if (person.state !== 'invited') {
          throw new Refusal(409, 'not_invited', 'This person has signed in before, and needs no invitation.');
        }
        await logActivity(transaction, attempt, {
          status: 200,
          object: `/people/${person.id}`,
          objectName: person.name,
        });
        const link = await makeLink(transaction, { kind: 'invitation', personId: person.id, origin: origin() });
        return { person, ...link };
      });
      return sendInvitation(services, attempt, made);
    },

    updatePerson: ({ params, body, attempt }) =>
      db.transaction(async (transaction) => {
        await lockPeople(transaction);
        const before = await required(findPerson(transaction, params.person_id));
        const name = body.name?.trim() ?? before.name;
        const roles = body.roles ?? before.roles;
        const isDeactivated = body.deactivated ?? before.state === 'deactivated';
        const removesFactor = body.second_factor === false && before.second_factor;
        const staysOwner = roles.includes('owner') && !isDeactivated;
        if (!staysOwner && !(await isOwnerLeft(transaction, before.id, signIn.settings.offersDemo))) {
          throw new Refusal(
            409,
            'last_owner',
            'This is the last owner who can sign in; make someone else an owner first.',
          );
        }
        await transaction
          .update(people)
          .set({
            name,
            roles,
            deactivatedAt: isDeactivated ? new Date() : null,
            updatedAt: new Date(),
            ...(removesFactor && { twoFactorEnabled: false }),
          })
          .where(eq(people.id, before.id));
        if (removesFactor) await transaction.delete(secondFactors).where(eq(secondFactors.userId, before.id));
        if (isDeactivated) {
          await transaction.delete(sessions).where(eq(sessions.userId, before.id));
          await transaction.delete(accessLinks).where(eq(accessLinks.userId, before.id));
        }
        const after = await required(findPerson(transaction, before.id));
        const changes = changesBetween(loggedFields(before), loggedFields(after));
        await logActivity(transaction, attempt, {
          status: 200,
          object: `/people/${before.id}`,
          objectName: name,
          changes,
        });
        return after;
      }),
  };
}

const loggedFields = ({ name, roles, state, second_factor }: Person) => ({ name, roles, state, second_factor });

async function required(finding: Promise<Person | undefined>): Promise<Person> {
  const person = await finding;
  if (person === undefined) throw notFound();
  return person;
}

async function sendInvitation(
  { sendMail }: Services,
  attempt: Attempt,
  { person, link, expiresAt }: { person: Person } & MadeLink,
) {
  const inviter = attempt.person?.name ?? 'Someone';
  const text = `Hello ${person.name},\n\n${inviter} invites you to Deskbell. Follow this link within three days to set your password:\n\n${link}\n`;
  const isSent = await sendMail?.({ to: person.email, subject: 'Your invitation to Deskbell', text });
  return { person, link, expires_at: Math.floor(expiresAt.getTime() / 1000), sent_to: isSent ? person.email : null };
}
