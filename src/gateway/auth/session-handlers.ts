import { eq } from 'drizzle-orm';
import type { Context } from 'hono';
import { normalEmail } from '#contract/gateway/people.ts';
import { roles } from '#contract/gateway/roles.ts';
import { permissionsOf } from '../access.ts';
import { logActivity } from '../activity/log.ts';
import { requireCaller } from '../authorise.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import type { Handlers, OwnCall } from '../own-api.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { demoPersonId } from './demo.ts';
import { canAnyoneSignIn } from './first-owner.ts';
import { arePasskeysPossible } from './passkey-origin.ts';
import { credentialsWrong, hasPassword } from './passwords.ts';
import type { AuthAnswer } from './sign-in-service.ts';
import { ssoProvider } from './sso-path.ts';
import { people, sessions } from './tables.ts';

type Names =
  | 'getSession'
  | 'getSignInOptions'
  | 'signIn'
  | 'signInSecondFactor'
  | 'signInDemo'
  | 'signInSso'
  | 'signOut';

/** Puts cookies on the answer, each beside the others. */
export function sendCookies(c: Context<GatewayEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** Ends the session that the browser had before it signed in anew. */
export async function endFormerSession({ db }: Services, c: Context<GatewayEnv>): Promise<void> {
  const former = c.get('caller');
  if (former !== undefined) await db.delete(sessions).where(eq(sessions.id, former.sessionId));
}

/** Signs in with a password, as far as it goes: a second factor may still be asked for. */
export async function signInByPassword(
  services: Services,
  { c, attempt }: Pick<OwnCall<unknown>, 'c' | 'attempt'>,
  { email, password }: { email: string; password: string },
): Promise<'signed_in' | 'second_factor' | 'refused'> {
  const { address } = services.addressOf(c);
  const signIn = { operation: 'signIn' as const, requestId: attempt.requestId };
  const answer = await services.signIn.call({ c, address, signIn }, (auth, headers) =>
    auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }),
  );
  if (answer.status !== 200) return 'refused';
  await endFormerSession(services, c);
  sendCookies(c, answer.setCookies);
  const isHalfWay = typeof answer.body === 'object' && answer.body !== null && 'twoFactorRedirect' in answer.body;
  return isHalfWay ? 'second_factor' : 'signed_in';
}

export function sessionHandlers(services: Services): Pick<Handlers, Names> {
  const { db, signIn, throttle, addressOf } = services;
  return {
    getSession: async ({ c }) => {
      const { id, name, email, roles: held, secondFactor } = requireCaller(c);
      const has_password = await hasPassword(db, id);
      return {
        type: 'session',
        person: { id, name, email, roles: held, second_factor: secondFactor, has_password },
        ...permissionsOf(held),
      };
    },

    getSignInOptions: async ({ c }) => ({
      type: 'sign_in_options',
      needs_set_up: !signIn.settings.offersDemo && !(await canAnyoneSignIn(db)),
      demo_roles: signIn.settings.offersDemo ? [...roles] : [],
      sso: signIn.settings.oidc?.name ?? null,
      passkeys: arePasskeysPossible(services, c),
    }),

    signIn: async (call) => {
      const { c, body, attempt } = call;
      const email = normalEmail(body.email);
      const { key } = addressOf(c);
      const [known] = await db.select({ id: people.id, name: people.name }).from(people).where(eq(people.email, email));
      attempt.person = known;
      await throttle.take('sign-in by address', key);
      await throttle.take('sign-in by account', email);
      const state = await signInByPassword(services, call, { email, password: body.password });
      if (state === 'refused') throw credentialsWrong('The e-mail address or the password');
      await throttle.giveBack('sign-in by address', key);
      await throttle.giveBack('sign-in by account', email);
      return { type: 'sign_in', state };
    },

    signInSecondFactor: async ({ c, body, attempt }) => {
      const { address, key } = addressOf(c);
      await throttle.take('second factor by address', key);
      const code = body.code.trim();
      const answer = await signIn.call(
        { c, address, signIn: { operation: 'signInSecondFactor', requestId: attempt.requestId } },
        (auth, headers) =>
          body.kind === 'totp'
            ? auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
            : auth.api.verifyBackupCode({ body: { code }, headers, asResponse: true }),
      );
      if (answer.status !== 200) throw secondFactorRefusal(answer);
      await throttle.giveBack('second factor by address', key);
      sendCookies(c, answer.setCookies);
      return { type: 'sign_in', state: 'signed_in' };
    },

    signInDemo: async ({ c, body, attempt }) => {
      if (!signIn.settings.offersDemo) {
        throw new Refusal(403, 'not_offered', 'The demo’s accounts are offered on this machine only.');
      }
      const { address } = addressOf(c);
      const answer = await signIn.call(
        { c, address, signIn: { operation: 'signInDemo', requestId: attempt.requestId } },
        (auth, headers) =>
          auth.api.openSession({ body: { personId: demoPersonId(body.role) }, headers, asResponse: true }),
      );
      if (answer.status !== 200) throw new Refusal(403, 'not_offered', 'This account of the demo is deactivated.');
      await endFormerSession(services, c);
      sendCookies(c, answer.setCookies);
      return { type: 'sign_in', state: 'signed_in' };
    },

    signInSso: async ({ c, body }) => {
      const { address, key } = addressOf(c);
      await throttle.take('single sign-on by address', key);
      const sso = await signIn.sso.find();
      if (sso === undefined) {
        throw new Refusal(502, 'sso_unreachable', 'The single sign-on provider cannot be reached; try again later.');
      }
      const answer = await signIn.call({ c, address }, (_, headers) =>
        sso.api.signInSocial({
          body: {
            provider: ssoProvider,
            callbackURL: ownPath(body.next),
            errorCallbackURL: '/sign-in',
            disableRedirect: true,
          },
          headers,
          asResponse: true,
        }),
      );
      const url =
        typeof answer.body === 'object' && answer.body !== null && 'url' in answer.body ? answer.body.url : '';
      if (answer.status !== 200 || typeof url !== 'string' || url === '') {
        throw new Refusal(502, 'sso_unreachable', 'The single sign-on provider cannot be used; try again later.');
      }
      sendCookies(c, answer.setCookies);
      return { type: 'redirect', url };
    },

    signOut: async ({ c, attempt }) => {
      const caller = requireCaller(c);
      const { address } = addressOf(c);
      const answer = await db.transaction(async (transaction) => {
        await logActivity(transaction, attempt, {
          status: 200,
          object: `/people/${caller.id}`,
          objectName: caller.name,
        });
        await transaction.delete(sessions).where(eq(sessions.id, caller.sessionId));
        return signIn.callWithin(transaction, { c, address }, (auth, headers) =>
          auth.api.signOut({ headers, asResponse: true }),
        );
      });
      sendCookies(c, answer.setCookies);
      c.header('Clear-Site-Data', '"storage"');
      return { type: 'done' };
    },
  };
}

/** A path of this Deskbell, whatever was asked for. */
function ownPath(next: string): string {
  const here = 'http://deskbell.invalid';
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || /[\\\t\n\r]|^\/+%(?:2f|5c)/i.test(next)) return '/';
  if (!URL.canParse(next, here)) return '/';
  const { origin, pathname, search, hash } = new URL(next, here);
  // Of "/.//host" the path alone is "//host", which is another origin to whoever resolves it next.
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

function secondFactorRefusal({ body }: AuthAnswer): Refusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED' || code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE') {
    return new Refusal(429, 'too_many_attempts', 'There were too many wrong codes; wait before you try again.', {
      headers: { 'Retry-After': '900' },
    });
  }
  if (code === 'INVALID_TWO_FACTOR_COOKIE') {
    return new Refusal(401, 'second_factor_expired', 'It took too long; begin again with your password.');
  }
  return credentialsWrong('The code');
}
