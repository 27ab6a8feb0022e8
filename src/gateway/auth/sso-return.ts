import type { Context } from 'hono';
import { logActivity } from '../activity/log.ts';
import { attemptOf } from '../authorise.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { endFormerSession, sendCookies } from './session-handlers.ts';
import { authHeaders } from './sign-in-service.ts';

// By better-auth's words for them; everything else is the provider's fault, or of someone who tampers.
const reasons: Record<string, string> = {
  signup_disabled: 'not_invited',
  account_not_linked: 'not_invited',
  deactivated: 'deactivated',
};

/** Answers a person who comes back from the provider: signed in, to where they wanted, or to the sign-in page. */
export async function answerSsoReturn(services: Services, c: Context<GatewayEnv>): Promise<Response> {
  const { signIn, throttle, db, addressOf } = services;
  const { address, key } = addressOf(c);
  const attempt = { ...attemptOf(c, { operation: 'signInSso', address }), person: undefined };
  const toSignIn = (reason: string) => c.redirect(`/sign-in?error=${reason}`);
  try {
    await throttle.take('single sign-on by address', key);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.isLogged) await logActivity(db, attempt, { status: error.status, refusal: error.code });
    return toSignIn(error.code);
  }
  const requestId = c.get('requestId');
  const url = new URL(c.req.url);
  const own = new URL(url.pathname + url.search, signIn.settings.publicUrl ?? url.origin);
  const auth = await signIn.sso.known();
  const request = new Request(own, { headers: authHeaders(c.req.raw.headers, address) });
  const answer = auth && (await signIn.handle(auth, request, { operation: 'signInSso', requestId }));
  const location = new URL(answer?.headers.get('location') ?? '/sign-in?error=sso_failed', own);
  const setCookies = answer?.headers.getSetCookie() ?? [];
  // Not by what stands in the address: where the person wants to go may have an error of its own in it.
  const session = `${(await signIn.auth().$context).authCookies.sessionToken.name}=`;
  const isSignedIn = setCookies.some((cookie) => cookie.startsWith(session));
  if (isSignedIn && location.origin === own.origin) {
    for (let taken = 0; taken < 2; taken += 1) await throttle.giveBack('single sign-on by address', key);
    await endFormerSession(services, c);
    sendCookies(c, setCookies);
    // Whole, since a path alone could begin with two slashes.
    return c.redirect(location.href);
  }
  const reason = reasons[location.searchParams.get('error') ?? ''] ?? 'sso_failed';
  await logActivity(db, attempt, { status: 403, refusal: reason });
  return toSignIn(reason);
}
