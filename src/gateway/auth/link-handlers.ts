import { randomUUID } from 'node:crypto';
import { and, eq, isNull, not } from 'drizzle-orm';
import { normalEmail } from '#contract/gateway/people.ts';
import type { Link } from '#contract/gateway/session.ts';
import type { Db } from '#database/database.ts';
import { type Attempt, logActivity } from '../activity/log.ts';
import type { Handlers } from '../own-api.ts';
import { hasAccount, lockPeople } from '../people/store.ts';
import { invalidField, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { canAnyoneSignIn } from './first-owner.ts';
import { findLink, type LinkKind, makeLink, takeLink } from './links.ts';
import { hashPassword, setPassword } from './passwords.ts';
import { signInByPassword } from './session-handlers.ts';
import { accessLinks, people, sessions } from './tables.ts';

type Names = 'readLink' | 'followLink' | 'requestPasswordReset';

const linkGone = () =>
  new Refusal(404, 'link_gone', 'This link is unknown, was used already or has expired; ask for a new one.');

export function linkHandlers(services: Services): Pick<Handlers, Names> {
  const { db, throttle, addressOf } = services;

  const readable = async (token: string): Promise<Link | undefined> => {
    const link = await findLink(db, token);
    if (link === undefined) return undefined;
    const { kind, expiresAt } = link;
    const person = link.userId === null ? undefined : await findPerson(db, link.userId);
    if (kind !== 'set_up' && person === undefined) return undefined;
    const expires_at = Math.floor(expiresAt.getTime() / 1000);
    return { type: 'link', kind, name: person?.name ?? null, email: person?.email ?? null, expires_at };
  };

  return {
    readLink: async ({ c, body }) => {
      const { key } = addressOf(c);
      await throttle.take('link by address', key);
      const link = await readable(body.token);
      if (link === undefined) throw linkGone();
      await throttle.giveBack('link by address', key);
      return link;
    },

    followLink: async (call) => {
      const { c, body, attempt } = call;
      const { key } = addressOf(c);
      await throttle.take('link by address', key);
      const link = await readable(body.token);
      if (link === undefined) throw linkGone();
      const email = link.kind === 'set_up' ? body.email && normalEmail(body.email) : link.email;
      if (!email) throw invalidField('email', 'is a required parameter');
      if (link.kind === 'set_up' && body.name === undefined) throw invalidField('name', 'is a required parameter');
      const hash = await hashPassword(services, body.password);
      await db.transaction(async (transaction) => {
        // Before the link is taken: two who hold a link each, and wait for the other's, would never end.
        if (link.kind === 'set_up') await lockPeople(transaction);
        const taken = await takeLink(transaction, body.token);
        if (taken === undefined) throw linkGone();
        const values = { name: body.name?.trim(), email, hash };
        await follow[taken.kind](transaction, { ...values, personId: taken.userId ?? '', attempt });
      });
      await throttle.giveBack('link by address', key);
      const state = await signInByPassword(services, call, { email, password: body.password });
      if (state === 'refused') throw new Refusal(403, 'deactivated', 'This account is deactivated.');
      return { type: 'sign_in', state };
    },

    requestPasswordReset: async ({ c, body, attempt }) => {
      const email = normalEmail(body.email);
      await throttle.take('reset by address', addressOf(c).key);
      await throttle.take('reset by account', email);
      // Not awaited: how long it takes must not tell whether there is such a person.
      void sendResetLink(services, email, attempt).catch((error: unknown) =>
        services.log.error({ err: error }, 'a password reset failed'),
      );
      return { type: 'done', by: services.sendMail === undefined ? 'log' : 'mail' };
    },
  };
}

async function findPerson(db: Db, id: string) {
  const [person] = await db
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(and(eq(people.id, id), isNull(people.deactivatedAt)));
  return person;
}

interface Following {
  personId: string;
  name: string | undefined;
  email: string;
  hash: string;
  attempt: Attempt;
}

const follow: Record<LinkKind, (transaction: Db, following: Following) => Promise<void>> = {
  set_up: async (transaction, { name = '', email, hash, attempt }) => {
    if (await canAnyoneSignIn(transaction)) throw linkGone();
    const [row] = await transaction
      .insert(people)
      .values({ id: randomUUID(), name, email, emailVerified: true, roles: ['owner'] })
      .onConflictDoUpdate({ target: people.email, set: { name, roles: ['owner'], deactivatedAt: null } })
      .returning({ id: people.id });
    if (row === undefined) throw new Error('An upsert gives its row.');
    await setPassword(transaction, row.id, hash);
    await transaction.delete(accessLinks).where(eq(accessLinks.kind, 'set_up'));
    await logFollowed(transaction, attempt, { id: row.id, name, roles: ['owner'] });
  },
  invitation: async (transaction, { personId, name, hash, attempt }) => {
    const [row] = await transaction
      .update(people)
      .set({ ...(name && { name }), emailVerified: true, updatedAt: new Date() })
      .where(and(eq(people.id, personId), isNull(people.deactivatedAt), not(hasAccount)))
      .returning({ id: people.id, name: people.name, roles: people.roles });
    // Also who has come by single sign-on in the meantime: they need no invitation any more.
    if (row === undefined) throw linkGone();
    await setPassword(transaction, personId, hash);
    await logFollowed(transaction, attempt, row);
  },
  password_reset: async (transaction, { personId, hash, attempt }) => {
    const person = await findPerson(transaction, personId);
    if (person === undefined) throw linkGone();
    await setPassword(transaction, personId, hash);
    // Whoever knew the old password is out. Passkeys stay: who has forgotten a password still holds them.
    await transaction.delete(sessions).where(eq(sessions.userId, personId));
    await logFollowed(transaction, attempt, person);
  },
};

async function logFollowed(
  transaction: Db,
  attempt: Attempt,
  person: { id: string; name: string; roles?: string[] },
): Promise<void> {
  await logActivity(
    transaction,
    { ...attempt, person },
    {
      status: 200,
      object: `/people/${person.id}`,
      objectName: person.name,
      changes: person.roles === undefined ? [] : [{ field: 'roles', after: person.roles }],
    },
  );
}

async function sendResetLink(services: Services, email: string, attempt: Attempt): Promise<void> {
  const { db, origin, sendMail, tell } = services;
  const [person] = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.email, email), isNull(people.deactivatedAt), eq(people.isDemo, false), hasAccount));
  if (person === undefined) return;
  const { link } = await db.transaction(async (transaction) => {
    await logActivity(
      transaction,
      { ...attempt, person },
      { status: 200, object: `/people/${person.id}`, objectName: person.name },
    );
    return makeLink(transaction, { kind: 'password_reset', personId: person.id, origin: origin() });
  });
  const text = `Hello ${person.name},\n\nset a new password for Deskbell here, within two hours:\n\n${link}\n\nIf you did not ask for it, ignore this message.\n`;
  const isSent = await sendMail?.({ to: email, subject: 'Set a new password for Deskbell', text });
  // Whoever runs Deskbell can pass it on.
  if (!isSent) tell(`Someone asked for a new password for ${email}. The link, for two hours: ${link}`);
}
