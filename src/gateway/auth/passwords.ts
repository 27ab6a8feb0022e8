import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { Caller } from './identify.ts';
import { accounts } from './tables.ts';

const credential = 'credential';

const passwordOf = (personId: string) => and(eq(accounts.userId, personId), eq(accounts.providerId, credential));

export const credentialsWrong = (what: string) => new Refusal(401, 'credentials_wrong', `${what} is wrong; try again.`);

/** Whether the person can sign in with a password. */
export async function hasPassword(db: Db, personId: string): Promise<boolean> {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(passwordOf(personId));
  return account !== undefined;
}

/** Throws a `Refusal` unless it is the caller's own password. Wrong ones count as wrong sign-ins do. */
export async function provePassword(
  { db, signIn, throttle }: Services,
  caller: Caller,
  password: string,
): Promise<void> {
  await throttle.take('sign-in by account', caller.email);
  const [account] = await db.select({ hash: accounts.password }).from(accounts).where(passwordOf(caller.id));
  const { verify } = (await signIn.auth().$context).password;
  if (!account?.hash || !(await verify({ hash: account.hash, password }))) throw credentialsWrong('The password');
  await throttle.giveBack('sign-in by account', caller.email);
}

export async function hashPassword({ signIn }: Services, password: string): Promise<string> {
  return (await signIn.auth().$context).password.hash(password);
}

/** Gives the person this password, whether they had one before or not. */
export async function setPassword(db: Db, personId: string, hash: string): Promise<void> {
  const changed = await db
    .update(accounts)
    .set({ password: hash, updatedAt: new Date() })
    .where(passwordOf(personId))
    .returning({ id: accounts.id });
  if (changed.length > 0) return;
  await db
    .insert(accounts)
    .values({ id: randomUUID(), accountId: personId, providerId: credential, userId: personId, password: hash });
}
