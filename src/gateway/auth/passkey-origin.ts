import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import type { Services } from '../services.ts';
import { passkeyDomain } from './passkey-domain.ts';

/**
 * The one origin at which passkeys work; undefined where there is none. Its port is ours even without PUBLIC_URL: the
 * page of another program on this machine is localhost as well, and what somebody signs there must not count here.
 */
export function passkeyOrigin({ signIn, origin }: Pick<Services, 'signIn' | 'origin'>): string | undefined {
  const url = new URL(origin());
  url.hostname = passkeyDomain(signIn.settings.publicUrl);
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? url.origin : undefined;
}

/** Whether passkeys work for whoever sends a request: their page stands at that very origin. */
export function arePasskeysPossible(services: Pick<Services, 'signIn' | 'origin'>, c: Context<GatewayEnv>): boolean {
  const { publicUrl } = services.signIn.settings;
  // With PUBLIC_URL nobody comes by another name. A proxy may have ended https before.
  return passkeyOrigin(services) === (publicUrl === undefined ? new URL(c.req.url).origin : new URL(publicUrl).origin);
}
