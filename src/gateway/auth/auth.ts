import type { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { GatewayOperationName } from '#contract/gateway/operations.ts';
import { normalEmail, personLimits } from '#contract/gateway/people.ts';
import type { Db } from '#database/database.ts';
import { passkeyDomain } from './passkey-domain.ts';
import { discoveryUrl, ssoPath, ssoProvider } from './sso-path.ts';
import { accounts, passkeys, people, secondFactors, sessions, verifications } from './tables.ts';

const sessionSeconds = 7 * 24 * 3600;
const renewedAfterSeconds = 3600;

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What people know it as. */
  name: string;
}

export interface AuthOptions {
  db: Db;
  secret: string;
  /** The origin that people use; undefined where they come from this machine only. */
  publicUrl: string | undefined;
  /** Whether cookies are for HTTPS only. */
  isSecure: boolean;
  oidc: OidcSettings | undefined;
  /** Holds the sign-in that runs at the moment. */
  signIn: AsyncLocalStorage<SignIn>;
  log: Logger;
}

/** The request that opens a session, for its entry in the log. */
export interface SignIn {
  operation: GatewayOperationName;
  requestId: string;
}

/** Opens a session for someone whose right to it was proven otherwise. Not reachable by any address. */
const openSession = {
  id: 'open-session',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ personId: z.string() }) },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.personId);
        if (user === null) throw new APIError('UNAUTHORIZED');
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({ done: true });
      },
    ),
  },
};

/** Sign-in, sessions and second factors, kept by better-auth in our tables. */
export function createAuth({ db, secret, publicUrl, isSecure, oidc, signIn, log }: AuthOptions) {
  return betterAuth({
    appName: 'Deskbell',
    baseURL: publicUrl ?? 'http://localhost',
    basePath: ssoPath,
    secret,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: people,
        session: sessions,
        account: accounts,
        verification: verifications,
        twoFactor: secondFactors,
        passkey: passkeys,
      },
    }),
    user: {
      additionalFields: {
        roles: { type: 'string[]', required: true, input: false },
        isDemo: { type: 'boolean', required: false, input: false },
        deactivatedAt: { type: 'date', required: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: personLimits.passwordMinimum,
      maxPasswordLength: personLimits.passwordMaximum,
    },
    session: {
      expiresIn: sessionSeconds,
      updateAge: renewedAfterSeconds,
      // That a session is of today proves little: the gateway itself asks for the password.
      freshAge: 0,
      additionalFields: {
        operation: { type: 'string', required: false, input: false },
        requestId: { type: 'string', required: false, input: false },
      },
    },
    account: {
      // An invited person has proven nothing yet, and is known by the address alone; the provider has to vouch for it.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
      encryptOAuthTokens: true,
      updateAccountOnSignIn: false,
    },
    verification: { storeIdentifier: 'hashed' },
    databaseHooks: {
      account: {
        create: {
          before: async ({ userId }) => {
            const [person] = await db
              .select({ deactivatedAt: people.deactivatedAt, isDemo: people.isDemo })
              .from(people)
              .where(eq(people.id, userId));
            if (person === undefined || person.deactivatedAt !== null) throw deactivated();
            // Nobody outside can be who the demo's accounts are named after.
            if (person.isDemo) throw new APIError('FORBIDDEN', { code: 'signup_disabled', message: 'Not invited.' });
            // Deskbell asks the provider for nothing else later on.
            return { data: { accessToken: null, refreshToken: null, idToken: null } };
          },
        },
      },
      session: {
        create: {
          before: async ({ userId }) => {
            const [person] = await db
              .select({
                deactivatedAt: people.deactivatedAt,
                isDemo: people.isDemo,
                secondFactor: people.twoFactorEnabled,
              })
              .from(people)
              .where(eq(people.id, userId));
            if (person === undefined || person.deactivatedAt !== null) throw deactivated();
            const opening = signIn.getStore();
            if (person.isDemo && opening?.operation === 'signInPasskey') throw deactivated();
            // The plugin opens a session for the password, to end it at once and ask for the second factor.
            const isHalfWay = person.secondFactor && opening?.operation === 'signIn';
            // Named even when empty: a renewed session is a copy of the one before.
            const { operation = null, requestId = null } = isHalfWay || opening === undefined ? {} : opening;
            return { data: { operation, requestId } };
          },
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Deskbell', twoFactorCookieMaxAge: 600 }),
      passkeyPlugin(publicUrl),
      openSession,
      ...(oidc === undefined ? [] : [genericOAuth({ config: [ssoConfig(oidc)] })]),
    ],
    advanced: {
      cookiePrefix: 'deskbell',
      useSecureCookies: isSecure,
      database: { generateId: () => randomUUID() },
      // The gateway knows the address better: it writes it into the headers that it passes on.
      ipAddress: { ipAddressHeaders: ['x-client-address'], ipv6Subnet: 128 },
    },
    // The gateway's own throttle counts by account as well as by address, and is shared by all processes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: '/sign-in' },
    logger: {
      level: 'error',
      log: (_level, message) => log.error({ message }, 'sign-in failed unexpectedly'),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

const deactivated = () => new APIError('FORBIDDEN', { code: 'deactivated', message: 'This account is deactivated.' });

/**
 * A passkey stands for both factors: it is something that one has, and opens only to who has shown themselves to it. So
 * no code is asked for after it, and one that was used without that proof is refused, which the plugin alone would not.
 */
function passkeyPlugin(publicUrl: string | undefined) {
  const assertShown = (isShown: boolean | undefined) => {
    if (isShown !== true) throw new APIError('UNAUTHORIZED', { message: 'Nobody has proven to be its owner.' });
  };
  return passkey({
    rpID: passkeyDomain(publicUrl),
    rpName: 'Deskbell',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => assertShown(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => assertShown(verification.authenticationInfo.userVerified),
    },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
  });
}

/** Who comes by it is not asked for a second factor of ours: the provider is trusted to ask for its own. */
function ssoConfig({ issuer, clientId, clientSecret, name }: OidcSettings) {
  return {
    providerId: ssoProvider,
    name,
    discoveryUrl: discoveryUrl(issuer),
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    requireIdTokenVerification: true,
    // Only who was invited may come in.
    disableSignUp: true,
    // better-auth would take any text for a yes, "false" included, and knows nothing of how we keep addresses.
    mapProfileToUser: ({ email, email_verified }: Record<string, unknown>) => ({
      ...(typeof email === 'string' && { email: normalEmail(email) }),
      emailVerified: email_verified === true || email_verified === 'true',
    }),
    accountSubject: ({ tokens, profile }: { tokens: { idToken?: string | undefined }; profile: { sub?: unknown } }) =>
      provenSubject(tokens.idToken, profile.sub),
  };
}

/** Whom the ID token is about, which has been verified by now. Empty, which is refused, without one or for another. */
function provenSubject(idToken: string | undefined, subject: unknown): string {
  const payload = idToken?.split('.')[1];
  if (payload === undefined) return '';
  const { sub } = z.object({ sub: z.string() }).parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return sub === subject ? sub : '';
}
