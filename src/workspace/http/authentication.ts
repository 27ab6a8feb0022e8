import { createHash, timingSafeEqual } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { prepared } from '../sql.ts';
import { workspaces } from '../tables.ts';
import { Refusal } from './refusal.ts';

export type Workspace = typeof workspaces.$inferSelect;

const tokenForm = /^[\x21-\x7e]{1,512}$/;

/** What the tables keep of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token of an `Authorization` header: a bearer token, or the user name of basic credentials without a password. */
function tokenOf(header: string | undefined): string | undefined {
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

const byToken = prepared((db) =>
  db
    .select()
    .from(workspaces)
    .where(eq(workspaces.token_hash, sql.placeholder('hash')))
    .prepare('workspace_by_token'),
);

const byId = prepared((db) =>
  db
    .select()
    .from(workspaces)
    .where(eq(workspaces.id, sql.placeholder('id')))
    .prepare('workspace_by_id'),
);

/** A token that lives in this process only, for who reaches a workspace from within it. */
export interface InnerAccess {
  token: string;
  workspaceId: string;
}

/** Who asks: the workspace they may see, and whether they are in this very process. */
export interface Access {
  workspace: Workspace;
  isInner: boolean;
}

/**
 * Finds the workspace that an `Authorization` header gives access to; throws when there is none. It asks the database
 * every time, so a replaced token opens nothing from then on, and the workspace comes with its latest revision.
 */
export function authenticator(inner: InnerAccess | undefined) {
  const innerHash = inner && hashToken(inner.token);
  return async (header: string | undefined, db: Db): Promise<Access> => {
    const token = tokenOf(header);
    if (token !== undefined) {
      const hash = hashToken(token);
      const isInner = inner !== undefined && innerHash !== undefined && sameHash(innerHash, hash);
      const [workspace] = isInner
        ? await byId(db).execute({ id: inner.workspaceId })
        : await byToken(db).execute({ hash });
      if (workspace !== undefined && (isInner || sameHash(workspace.token_hash, hash))) return { workspace, isInner };
    }
    const message = 'Access Token Invalid';
    throw new Refusal(401, [{ code: 'unauthorized', message }], { 'WWW-Authenticate': 'Bearer' });
  };
}
