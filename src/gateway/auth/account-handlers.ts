import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import { logActivity } from '../activity/log.ts';
import { requireCaller } from '../authorise.ts';
import type { Handlers } from '../own-api.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { Caller } from './identify.ts';
import { credentialsWrong, hashPassword, provePassword, setPassword } from './passwords.ts';
import { sendCookies } from './session-handlers.ts';
import { people, sessions } from './tables.ts';

type Names =
  | 'updateAccount'
  | 'changePassword'
  | 'startSecondFactor'
  | 'confirmSecondFactor'
  | 'removeSecondFactor'
  | 'listSessions'
  | 'revokeSession';

const selfOf = ({ id, name }: Caller) => ({ status: 200, object: `/people/${id}`, objectName: name });
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

export function accountHandlers(services: Services): Pick<Handlers, Names> {
  const { db, signIn, addressOf } = services;
  return {
    updateAccount: async ({ c, body, attempt }) => {
      const caller = requireCaller(c);
      const name = body.name.trim();
      await db.transaction(async (transaction) => {
        await transaction.update(people).set({ name, updatedAt: new Date() }).where(eq(people.id, caller.id));
        const changes = name === caller.name ? [] : [{ field: 'name', before: caller.name, after: name }];
        await logActivity(transaction, attempt, { ...selfOf(caller), changes });
      });
      return { type: 'done' };
    },

    changePassword: async ({ c, body, attempt }) => {
      const caller = requireCaller(c);
      await provePassword(services, caller, body.current_password);
      const hash = await hashPassword(services, body.new_password);
      await db.transaction(async (transaction) => {
        await setPassword(transaction, caller.id, hash);
        await transaction
          .delete(sessions)
          .where(and(eq(sessions.userId, caller.id), ne(sessions.id, caller.sessionId)));
        await logActivity(transaction, attempt, selfOf(caller));
      });
      return { type: 'done' };
    },

    startSecondFactor: async ({ c, body: { password }, attempt }) => {
      const caller = requireCaller(c);
      await provePassword(services, caller, password);
      const { address } = addressOf(c);
      const answer = await db.transaction(async (transaction) => {
        const enabled = await signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers, asResponse: true }),
        );
        if (enabled.status === 200) await logActivity(transaction, attempt, selfOf(caller));
        return enabled;
      });
      const { totpURI, backupCodes } = Object(answer.body) as { totpURI?: string; backupCodes?: string[] };
      if (answer.status !== 200 || totpURI === undefined || backupCodes === undefined) {
        throw new Refusal(409, 'second_factor_on', 'The second factor is on already; switch it off first.');
      }
      sendCookies(c, answer.setCookies);
      const secret = new URL(totpURI).searchParams.get('secret') ?? '';
      return { type: 'second_factor', uri: totpURI, secret, backup_codes: backupCodes };
    },

    confirmSecondFactor: async ({ c, body, attempt }) => {
      const caller = requireCaller(c);
      const { address } = addressOf(c);
      // What counts wrong codes has to stay, so the transaction ends before a refusal is thrown.
      const answer = await db.transaction(async (transaction) => {
        const verified = await signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.verifyTOTP({ body: { code: body.code.trim() }, headers, asResponse: true }),
        );
        const changes = [{ field: 'second_factor', before: false, after: true }];
        if (verified.status === 200) await logActivity(transaction, attempt, { ...selfOf(caller), changes });
        return verified;
      });
      if (answer.status !== 200) throw credentialsWrong('The code');
      sendCookies(c, answer.setCookies);
      return { type: 'done' };
    },

    removeSecondFactor: async ({ c, body: { password }, attempt }) => {
      const caller = requireCaller(c);
      await provePassword(services, caller, password);
      const { address } = addressOf(c);
      const answer = await db.transaction(async (transaction) => {
        const changes = [{ field: 'second_factor', before: caller.secondFactor, after: false }];
        await logActivity(transaction, attempt, { ...selfOf(caller), changes });
        return signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.disableTwoFactor({ body: { password }, headers, asResponse: true }),
        );
      });
      sendCookies(c, answer.setCookies);
      return { type: 'done' };
    },

    listSessions: async ({ c }) => {
      const caller = requireCaller(c);
      const rows = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, caller.id), gt(sessions.expiresAt, sql`now()`)))
        .orderBy(desc(sessions.updatedAt), sessions.id);
      return {
        type: 'list',
        data: rows.map((row) => ({
          id: row.id,
          is_current: row.id === caller.sessionId,
          created_at: seconds(row.createdAt),
          last_seen_at: seconds(row.updatedAt),
          expires_at: seconds(row.expiresAt),
          address: row.ipAddress || null,
          user_agent: row.userAgent || null,
        })),
      };
    },

    revokeSession: async ({ c, params, attempt }) => {
      const caller = requireCaller(c);
      await db.transaction(async (transaction) => {
        const ended = await transaction
          .delete(sessions)
          .where(and(eq(sessions.id, params.session_id), eq(sessions.userId, caller.id)))
          .returning({ id: sessions.id });
        if (ended.length === 0) throw notFound();
        await logActivity(transaction, attempt, selfOf(caller));
      });
      return { type: 'done' };
    },
  };
}
