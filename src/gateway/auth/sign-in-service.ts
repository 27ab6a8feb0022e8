import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { Db } from '#database/database.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { type Auth, createAuth, type OidcSettings, type SignIn } from './auth.ts';
import { createIdentify, type Identified } from './identify.ts';
import { scopedDb } from './scoped-db.ts';
import { createSsoProvider, type SsoProvider } from './sso-provider.ts';

export interface SignInSettings {
  secret: string;
  publicUrl: string | undefined;
  /** Whether cookies are for HTTPS only. */
  isSecure: boolean;
  oidc: OidcSettings | undefined;
  /** Whether the demo's accounts may be used by everyone who reaches Deskbell. */
  offersDemo: boolean;
}

/** What better-auth answered. */
export interface AuthAnswer {
  status: number;
  body: unknown;
  setCookies: string[];
}

export interface SignInService {
  readonly settings: SignInSettings;
  auth(): Auth;
  identify: (headers: Headers) => Promise<Identified>;
  /** Calls better-auth on behalf of a request. `signIn` is what a session that it opens is logged as. */
  call: (
    request: { c: Context<GatewayEnv>; address: string; signIn?: SignIn },
    run: (auth: Auth, headers: Headers) => Promise<Response>,
  ) => Promise<AuthAnswer>;
  /** As `call`, with everything that better-auth writes in `transaction`. */
  callWithin: (transaction: Db, ...parameters: Parameters<SignInService['call']>) => Promise<AuthAnswer>;
  /** Lets the better-auth of the provider answer a request of its own address. */
  handle: (auth: Auth, request: Request, signIn: SignIn) => Promise<Response>;
  readonly sso: SsoProvider;
}

/** Sign-in and sessions of this process. */
export function createSignIn(options: { db: Db; settings: SignInSettings; log: Logger }): SignInService {
  const { settings, log } = options;
  const { db, within } = scopedDb(options.db);
  const signIn = new AsyncLocalStorage<SignIn>();
  const create = (oidc: OidcSettings | undefined) => createAuth({ ...settings, oidc, db, signIn, log });
  const own = create(undefined);

  const call: SignInService['call'] = async ({ c, address, signIn: opening }, run) => {
    const headers = authHeaders(c.req.raw.headers, address);
    const ask = () => run(own, headers);
    const response = await (opening === undefined ? signIn.exit(ask) : signIn.run(opening, ask));
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body, setCookies: response.headers.getSetCookie() };
  };

  return {
    settings,
    auth: () => own,
    identify: createIdentify({ auth: own, db: options.db, offersDemo: settings.offersDemo }),
    call,
    callWithin: (transaction, ...parameters) => within(transaction, () => call(...parameters)),
    handle: (auth, request, opening) => signIn.run(opening, () => auth.handler(request)),
    sso: createSsoProvider({ oidc: settings.oidc, create, log }),
  };
}

/** Of a request's headers those that better-auth is to see. */
export function authHeaders(given: Headers, address: string): Headers {
  const headers = new Headers({ 'X-Client-Address': address });
  for (const name of ['cookie', 'user-agent']) {
    const value = given.get(name);
    if (value !== null) headers.set(name, value.slice(0, 8_000));
  }
  return headers;
}
