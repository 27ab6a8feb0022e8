import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { ssoCallbackPath } from './auth/sso-path.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { Refusal } from './refusal.ts';

// One spelling a path: what would be decoded, joined, trimmed or cut by whoever reads it next is refused here, on the
// target as it came over the wire. The browser itself writes no other spelling of our addresses.
const cleanTarget = /^(?:\/[\w~!$&'()*+,=:@.-]+)*\/?(?:\?[!-[\]-~]*)?$/;
const dotSegment = /\/\.{1,2}(?:[/?]|$)/;

// What a person typed comes with escapes and more characters. It may lead to the page, which says that nothing is there,
// but never to what is a program's to ask for: judged decoded, since whoever reads it next may decode it too.
const typedTarget = /^\/[!-[\]-~]*$/;
const typedPath = /^(?!\/(?:api|gateway|emoji|assets)(?![\w-]))(?:\/[^/\\\p{Cc}]+)*\/?$/iu;

function isTyped(c: Context<GatewayEnv>, target: string): boolean {
  if (!typedTarget.test(target) || !c.req.header('accept')?.includes('text/html')) return false;
  try {
    const path = decodeURIComponent(target.replace(/\?.*/, ''));
    return typedPath.test(path) && !dotSegment.test(path);
  } catch {
    return false;
  }
}

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/** Whether a Host, with or without a port, is a name of this machine for itself. */
export const isLoopbackHost = (host: string) => loopbackHost.test(host);

// What watches over the process asks the process, and not the name that people use.
const healthPaths = new Set(['/healthz', '/readyz']);

export interface GuardOptions {
  /** The one origin under which people open Deskbell. Undefined: any name of this machine. */
  publicUrl?: string | undefined;
}

function rawTarget(c: Context<GatewayEnv>): string {
  // A request that came over no socket has no environment at all, whatever its type says.
  const env: Partial<HttpBindings> | undefined = c.env;
  if (env?.incoming) return env.incoming.url ?? '';
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

function hostOf(c: Context<GatewayEnv>): string {
  return (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase();
}

/** The spellings of a Host: the port of the scheme may be said. */
function hostsOf(publicUrl: string): Set<string> {
  const { protocol, hostname, host, port } = new URL(publicUrl);
  return new Set(port === '' ? [host, `${hostname}:${protocol === 'https:' ? 443 : 80}`] : [host]);
}

/**
 * Refuses addresses of the API and of files in a second spelling, and hosts that are not Deskbell's: a foreign name
 * that resolves here. What a proxy says about the host in other headers counts for nothing.
 */
export function guardAddress({ publicUrl }: GuardOptions): MiddlewareHandler<GatewayEnv> {
  const publicHosts = publicUrl === undefined ? undefined : hostsOf(publicUrl);
  const isOwnHost = (host: string, path: string) =>
    publicHosts === undefined
      ? isLoopbackHost(host)
      : publicHosts.has(host) || (healthPaths.has(path) && isLoopbackHost(host));
  const names = publicUrl ?? 'localhost, 127.0.0.1 and [::1]';

  return async (c, next) => {
    const target = rawTarget(c);
    const isClean = target.startsWith('/') && cleanTarget.test(target) && !dotSegment.test(target);
    if (!isClean && !isTyped(c, target)) {
      throw new Refusal(400, 'bad_request', 'This address is not in the one spelling that Deskbell accepts.');
    }
    if (!isOwnHost(hostOf(c), c.req.path)) {
      throw new Refusal(421, 'misdirected_request', `Deskbell answers only to ${names}.`);
    }
    await next();
  };
}

/** A person who comes back from the provider's page: a navigation of the whole tab, with nothing to read for that page. */
function isSsoReturn(c: Context<GatewayEnv>): boolean {
  return (
    c.req.method === 'GET' &&
    c.req.path === ssoCallbackPath &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document'
  );
}

/**
 * Refuses what another site made the browser send. A write has to carry the proof that it comes from our own page: a
 * browser always sends one of the two headers, and no page can forge them.
 */
export function guardOrigin({ publicUrl }: GuardOptions): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    // The scheme is that of the connection, and Vite's server passes on the Host that the page was opened with.
    const isOwnOrigin = origin === (publicUrl ?? `${new URL(c.req.url).protocol}//${hostOf(c)}`);
    const isOwnSite = site === 'same-origin' || (isRead && site === 'none') || isSsoReturn(c);
    const isForeign = (site !== undefined && !isOwnSite) || (origin !== undefined && !isOwnOrigin);
    const isProven = site === 'same-origin' || isOwnOrigin;
    if (isForeign || !(isRead || isProven)) {
      throw new Refusal(
        403,
        'forbidden',
        'This request did not come from Deskbell’s own page; open Deskbell and retry.',
      );
    }
    await next();
  };
}
