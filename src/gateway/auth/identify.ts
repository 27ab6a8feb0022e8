import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { parse } from 'hono/utils/cookie';
import type { Role } from '#contract/gateway/roles.ts';
import type { Db } from '#database/database.ts';
import type { Auth } from './auth.ts';
import { people, sessions } from './tables.ts';

/** Who is signed in, as of this very request. */
export interface Caller {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  secondFactor: boolean;
  sessionId: string;
}

export interface Identified {
  caller: Caller | undefined;
  /** Cookies that the answer has to set: the session was renewed, or is over. */
  setCookies: string[];
}

const mostRemembered = 10_000;
const renewedAfterMs = 3600_000;

/**
 * Finds out who sends a request, by its cookies. Whether a cookie's signature holds is better-auth's to say, once for
 * each cookie; whether the session and the person's roles still hold is read from the database every time.
 */
export function createIdentify(options: { auth: Auth; db: Db; offersDemo: boolean }) {
  const { auth, db, offersDemo } = options;
  const tokenOfCookie = new Map<string, string>();
  const bySession = db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      roles: people.roles,
      secondFactor: people.twoFactorEnabled,
      isDemo: people.isDemo,
      sessionId: sessions.id,
      renewedAt: sessions.updatedAt,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.userId))
    .where(
      and(
        eq(sessions.token, sql.placeholder('token')),
        gt(sessions.expiresAt, sql`now()`),
        isNull(people.deactivatedAt),
      ),
    )
    .prepare('caller_by_session');

  const findCaller = async (token: string) => {
    const [row] = await bySession.execute({ token });
    if (row === undefined || (row.isDemo && !offersDemo)) return undefined;
    const { isDemo: _, renewedAt, ...caller } = row;
    return { caller, isDue: Date.now() - renewedAt.getTime() > renewedAfterMs };
  };

  return async (headers: Headers): Promise<Identified> => {
    const cookies = headers.get('cookie');
    if (cookies === null) return { caller: undefined, setCookies: [] };
    const { authCookies } = await auth.$context;
    const cookie = parse(cookies)[authCookies.sessionToken.name];
    if (cookie === undefined) return { caller: undefined, setCookies: [] };

    const known = tokenOfCookie.get(cookie);
    const found = known === undefined ? undefined : await findCaller(known);
    if (found !== undefined && !found.isDue) return { caller: found.caller, setCookies: [] };

    const { headers: answered, response } = await auth.api.getSession({ headers, returnHeaders: true });
    const setCookies = answered?.getSetCookie() ?? [];
    if (response === null) return { caller: undefined, setCookies };
    const { token } = response.session;
    tokenOfCookie.delete(cookie);
    tokenOfCookie.set(cookie, token);
    const [oldest] = tokenOfCookie.keys();
    if (tokenOfCookie.size > mostRemembered && oldest !== undefined) tokenOfCookie.delete(oldest);
    if (found?.isDue) await db.update(people).set({ lastSeenAt: new Date() }).where(eq(people.id, response.user.id));
    return { caller: (await findCaller(token))?.caller, setCookies };
  };
}
