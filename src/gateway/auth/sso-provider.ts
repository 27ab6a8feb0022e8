import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Auth, OidcSettings } from './auth.ts';
import { discoveryUrl, ssoProvider, withoutSlash } from './sso-path.ts';

const longestAnswerMs = 5_000;

const discovery = z.object({ issuer: z.string() });

export interface SsoProvider {
  /** Asks the provider anew. Undefined where none is set up, and while it cannot be used. */
  find(): Promise<Auth | undefined>;
  /** What was found last; asks only where nothing was. */
  known(): Promise<Auth | undefined>;
}

/**
 * A better-auth of its own for single sign-on, made once the provider answers: better-auth reads the provider's document
 * while it starts, without a limit, and a provider that hangs must not keep those out who sign in otherwise.
 */
export function createSsoProvider(options: {
  oidc: OidcSettings | undefined;
  create: (oidc: OidcSettings) => Auth;
  log: Logger;
}): SsoProvider {
  const { oidc, create, log } = options;
  if (oidc === undefined) return { find: async () => undefined, known: async () => undefined };
  let found: { document: string; auth: Auth } | undefined;

  const find = async () => {
    const document = await readDocument(oidc, log);
    if (document === undefined) return undefined;
    if (document === found?.document) return found.auth;
    const auth = create(oidc);
    if (!(await Promise.race([isUsable(auth), wait(longestAnswerMs, false, { ref: false })]))) return undefined;
    found = { document, auth };
    return auth;
  };
  return { find, known: async () => found?.auth ?? find() };
}

async function isUsable(auth: Auth): Promise<boolean> {
  return (await auth.$context).socialProviders.some(({ id }) => id === ssoProvider);
}

async function readDocument({ issuer }: OidcSettings, log: Logger): Promise<string | undefined> {
  try {
    const response = await fetch(discoveryUrl(issuer), { signal: AbortSignal.timeout(longestAnswerMs) });
    const document = await response.text();
    if (!response.ok) throw new Error(`The provider answered with ${response.status}.`);
    // What another issuer signs would be believed otherwise.
    const said = discovery.parse(JSON.parse(document)).issuer;
    if (withoutSlash(said) !== withoutSlash(issuer)) throw new Error('The provider names another issuer for itself.');
    return document;
  } catch (error) {
    log.warn({ err: error }, 'the provider of OIDC_ISSUER cannot be used');
    return undefined;
  }
}
