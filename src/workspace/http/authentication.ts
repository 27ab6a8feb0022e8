import { createHash, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { workspaces } from '../tables.ts';
import { Refusal } from './refusal.ts';

export type Workspace = typeof workspaces.$inferSelect;

const tokenForm = /^[\x21-\x7e]{1,512}$/;
const cacheSeconds = 5;

/** What the tables keep of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token of an `Authorization` header: a bearer token, or the user name of basic credentials without a password. */
export function tokenOf(header: string | undefined): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic) +(\S+) *$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return tokenForm.test(credentials) ? credentials : undefined;
  const decoded = Buffer.from(credentials, 'base64').toString();
  const token = decoded.endsWith(':') ? decoded.slice(0, -1) : undefined;
  return token !== undefined && tokenForm.test(token) ? token : undefined;
}

function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Finds the workspace that an `Authorization` header gives access to; throws when there is none. Tokens that were
 * accepted are remembered for a few seconds: a request then costs the one query that it is about.
 */
export function authenticator(db: Db, clock: () => number) {
  const accepted = new Map<string, { workspace: Workspace; until: number }>();
  return async (header: string | undefined): Promise<Workspace> => {
    const token = tokenOf(header);
    if (token !== undefined) {
      const hash = hashToken(token);
      const known = accepted.get(hash);
      if (known !== undefined && clock() < known.until) return known.workspace;
      accepted.delete(hash);
      const [workspace] = await db.select().from(workspaces).where(eq(workspaces.token_hash, hash));
      if (workspace !== undefined && sameHash(workspace.token_hash, hash)) {
        accepted.set(hash, { workspace, until: clock() + cacheSeconds });
        return workspace;
      }
    }
    const message = 'Access Token Invalid';
    throw new Refusal(401, [{ code: 'unauthorized', message }], { 'WWW-Authenticate': 'Bearer' });
  };
}
