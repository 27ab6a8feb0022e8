import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { accessLinks, type linkKinds } from './tables.ts';

export type LinkKind = (typeof linkKinds)[number];

const hoursOf: Record<LinkKind, number> = { set_up: 24, invitation: 72, password_reset: 2 };

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export interface MadeLink {
  /** The address with the token, which is kept nowhere. In the fragment, so that it reaches no server's log. */
  link: string;
  expiresAt: Date;
}

/** Makes a link of 256 random bits; earlier ones of the same kind for the same person stop working. */
export async function makeLink(
  db: Db,
  { kind, personId, origin }: { kind: LinkKind; personId: string | null; origin: string },
): Promise<MadeLink> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + hoursOf[kind] * 3600_000);
  await db.delete(accessLinks).where(lt(accessLinks.expiresAt, sql`now()`));
  if (personId !== null) {
    await db.delete(accessLinks).where(and(eq(accessLinks.userId, personId), eq(accessLinks.kind, kind)));
  }
  await db.insert(accessLinks).values({ tokenHash: hashOf(token), kind, userId: personId, expiresAt });
  return { link: `${origin}/welcome#${token}`, expiresAt };
}

const isUsable = (token: string) =>
  and(eq(accessLinks.tokenHash, hashOf(token)), gt(accessLinks.expiresAt, sql`now()`));

/** The link with that token, as long as it can be used. */
export async function findLink(db: Db, token: string) {
  const [link] = await db.select().from(accessLinks).where(isUsable(token));
  return link;
}

/** Uses the link up, and returns it. Of several who try at once, one gets it. */
export async function takeLink(db: Db, token: string) {
  const [link] = await db.delete(accessLinks).where(isUsable(token)).returning();
  return link;
}
