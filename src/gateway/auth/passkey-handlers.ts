import { and, eq, lt, sql } from 'drizzle-orm';
import { requiredMessage } from '#contract/fields.ts';
import { creationOptions, requestOptions } from '#contract/gateway/passkeys.ts';
import { logActivity } from '../activity/log.ts';
import { requireCaller } from '../authorise.ts';
import type { Handlers } from '../own-api.ts';
import { invalidField, notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { Caller } from './identify.ts';
import { arePasskeysPossible, passkeyOrigin } from './passkey-origin.ts';
import { credentialsWrong, hasPassword, provePassword } from './passwords.ts';
import { endFormerSession, sendCookies } from './session-handlers.ts';
import type { AuthAnswer } from './sign-in-service.ts';
import { passkeys, people, sessions, verifications } from './tables.ts';

type Names = 'startPasskeySignIn' | 'signInPasskey' | 'listPasskeys' | 'startPasskey' | 'addPasskey' | 'removePasskey';

// As long as a person who has just signed in takes to find the settings.
const recentMs = 15 * 60_000;

const selfOf = ({ id, name }: Caller) => ({ status: 200, object: `/people/${id}`, objectName: name });

export function passkeyHandlers(services: Services): Pick<Handlers, Names> {
  const { db, signIn, throttle, addressOf } = services;

  /** What better-auth compares the browser's word with: our own origin, whatever the request says. */
  const withOrigin = (headers: Headers) => {
    headers.set('origin', passkeyOrigin(services) ?? '');
    return headers;
  };
  const assertPossible = (...[c]: Parameters<typeof requireCaller>) => {
    if (!arePasskeysPossible(services, c)) {
      throw new Refusal(403, 'passkeys_impossible', 'Passkeys do not work at this address of Deskbell.');
    }
  };

  return {
    startPasskeySignIn: async ({ c }) => {
      assertPossible(c);
      const { address, key } = addressOf(c);
      await throttle.take('passkey by address', key);
      // Each leaves a row behind until it is used. Those of questions that were closed nobody else takes away.
      await db.delete(verifications).where(lt(verifications.expiresAt, sql`now()`));
      const answer = await signIn.call({ c, address }, (auth, headers) =>
        auth.api.generatePasskeyAuthenticationOptions({ headers, asResponse: true }),
      );
      sendCookies(c, answer.setCookies);
      // The plugin only asks for it nicely, and has no setting for this one.
      const options = requestOptions.parse({ ...Object(answer.body), userVerification: 'required' });
      return { type: 'passkey_request', options };
    },

    signInPasskey: async ({ c, body: { credential }, attempt }) => {
      assertPossible(c);
      const { address, key } = addressOf(c);
      const [known] = await db
        .select({ id: people.id, name: people.name })
        .from(passkeys)
        .innerJoin(people, eq(people.id, passkeys.userId))
        .where(eq(passkeys.credentialID, credential.id));
      attempt.person = known;
      await throttle.take('sign-in by address', key);
      const answer = await signIn.call(
        { c, address, signIn: { operation: 'signInPasskey', requestId: attempt.requestId } },
        (auth, headers) =>
          auth.api.verifyPasskeyAuthentication({
            body: { response: { ...credential, clientExtensionResults: {} } },
            headers: withOrigin(headers),
            asResponse: true,
          }),
      );
      if (answer.status !== 200) throw signInRefusal(answer);
      await throttle.giveBack('sign-in by address', key);
      await throttle.giveBack('passkey by address', key);
      await endFormerSession(services, c);
      sendCookies(c, answer.setCookies);
      return { type: 'sign_in', state: 'signed_in' };
    },

    listPasskeys: async ({ c }) => {
      const caller = requireCaller(c);
      const rows = await db
        .select()
        .from(passkeys)
        .where(eq(passkeys.userId, caller.id))
        .orderBy(passkeys.createdAt, passkeys.id);
      const origin = passkeyOrigin(services) ?? null;
      const elsewhere = origin === null ? 'no_domain' : arePasskeysPossible(services, c) ? null : 'other_address';
      return {
        type: 'list',
        data: rows.map(({ id, name, createdAt }) => ({
          id,
          name,
          created_at: Math.floor(createdAt.getTime() / 1000),
        })),
        obstacle: (await isDemo(services, caller)) ? 'demo' : elsewhere,
        origin,
      };
    },

    startPasskey: async ({ c, body: { password }, attempt }) => {
      const caller = requireCaller(c);
      assertPossible(c);
      await assertNoDemo(services, caller);
      await proveOneself(services, caller, password);
      const { address } = addressOf(c);
      const answer = await db.transaction(async (transaction) => {
        const started = await signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.generatePasskeyRegistrationOptions({ headers, query: {}, asResponse: true }),
        );
        if (started.status === 200) await logActivity(transaction, attempt, selfOf(caller));
        return started;
      });
      const options = creationOptions.parse(answer.body);
      sendCookies(c, answer.setCookies);
      return { type: 'passkey_creation', options: { ...options, user: { ...options.user, displayName: caller.name } } };
    },

    addPasskey: async ({ c, body: { name: given, credential }, attempt }) => {
      const caller = requireCaller(c);
      assertPossible(c);
      await assertNoDemo(services, caller);
      const { address } = addressOf(c);
      const name = given.trim();
      // The table would refuse it too, and with that the whole transaction.
      const [taken] = await db.select().from(passkeys).where(eq(passkeys.credentialID, credential.id));
      if (taken !== undefined) throw passkeyRefused();
      // That the challenge is used up has to stay, so the transaction ends before a refusal is thrown.
      const answer = await db.transaction(async (transaction) => {
        const added = await signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.verifyPasskeyRegistration({
            body: { name, response: { ...credential, clientExtensionResults: {} } },
            headers: withOrigin(headers),
            asResponse: true,
          }),
        );
        const changes = [{ field: 'passkey', after: name }];
        if (added.status === 200) await logActivity(transaction, attempt, { ...selfOf(caller), changes });
        return added;
      });
      if (answer.status !== 200) throw passkeyRefused();
      return { type: 'done' };
    },

    removePasskey: async ({ c, params, attempt }) => {
      const caller = requireCaller(c);
      await db.transaction(async (transaction) => {
        const [removed] = await transaction
          .delete(passkeys)
          .where(and(eq(passkeys.id, params.passkey_id), eq(passkeys.userId, caller.id)))
          .returning({ name: passkeys.name });
        if (removed === undefined) throw notFound();
        const changes = [{ field: 'passkey', before: removed.name }];
        await logActivity(transaction, attempt, { ...selfOf(caller), changes });
      });
      return { type: 'done' };
    },
  };
}

const passkeyRefused = () => new Refusal(422, 'passkey_refused', 'This passkey was not accepted; begin again.');

async function isDemo({ db }: Services, { id }: Caller): Promise<boolean> {
  const [person] = await db.select({ isDemo: people.isDemo }).from(people).where(eq(people.id, id));
  return person?.isDemo === true;
}

/** Everybody shares the demo's accounts, so what one adds there would be everybody's. */
async function assertNoDemo(services: Services, caller: Caller): Promise<void> {
  if (await isDemo(services, caller)) throw new Refusal(403, 'not_offered', 'The demo’s accounts take no passkeys.');
}

/**
 * A session that was left open must not be enough to come in for good: the password is asked for, and of who has none
 * that they have signed in just now.
 */
async function proveOneself(services: Services, caller: Caller, password: string | undefined): Promise<void> {
  const { db } = services;
  if (await hasPassword(db, caller.id)) {
    if (password === undefined) throw invalidField('password', requiredMessage);
    return provePassword(services, caller, password);
  }
  const [session] = await db
    .select({ openedAt: sessions.createdAt })
    .from(sessions)
    .where(eq(sessions.id, caller.sessionId));
  if (session === undefined || Date.now() - session.openedAt.getTime() > recentMs) {
    throw new Refusal(403, 'sign_in_too_old', 'Sign out and in again, then add the passkey within 15 minutes.');
  }
}

function signInRefusal({ body }: AuthAnswer): Refusal {
  const { code } = Object(body) as { code?: unknown };
  if (code === 'deactivated') return new Refusal(403, 'deactivated', 'This account is deactivated.');
  // Why it was not accepted is nobody's business who cannot prove it.
  return credentialsWrong('The passkey');
}
