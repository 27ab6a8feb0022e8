import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
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

/** Refuses addresses of the API and of files in a second spelling, and hosts that are not this machine: a foreign name that resolves here. */
export const guardAddress: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const target = rawTarget(c);
  const isClean = target.startsWith('/') && cleanTarget.test(target) && !dotSegment.test(target);
  if (!isClean && !isTyped(c, target)) {
    throw new Refusal(400, 'bad_request', 'This address is not in the one spelling that Deskbell accepts.');
  }
  if (!loopbackHost.test(hostOf(c))) {
    throw new Refusal(421, 'misdirected_request', 'Deskbell answers only to localhost, 127.0.0.1 and [::1].');
  }
  await next();
};

/**
 * Refuses what another site made the browser send. A write has to carry the proof that it comes from our own page: a
 * browser always sends one of the two headers, and no page can forge them.
 */
export const guardOrigin: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  // The listener speaks plain HTTP, and Vite's server passes on the Host that the page was opened with.
  const isOwnOrigin = origin === `http://${hostOf(c)}`;
  const isForeign =
    (site !== undefined && site !== 'same-origin' && !(isRead && site === 'none')) ||
    (origin !== undefined && !isOwnOrigin);
  const isProven = site === 'same-origin' || isOwnOrigin;
  if (isForeign || !(isRead || isProven)) {
    throw new Refusal(403, 'forbidden', 'This request did not come from Deskbell’s own page; open Deskbell and retry.');
  }
  await next();
};
