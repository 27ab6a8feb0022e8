import { isOutside, paths } from '../../lib/paths.ts';

const base = 'https://deskbell.invalid';
const notAScreen = /^\/(?:api|gateway|emoji|assets)(?:\/|$)/i;
// Read decoded, since whoever reads the address next may decode it too.
const doubtful = /[\\@:]|\/\/|\p{Cc}/u;

/**
 * The address to go on to after signing in, from the `next` of this page's own address, which anyone can have written:
 * always a screen of this Deskbell, the start page where `next` is anything else.
 */
export function safeNext(next: string | null): string {
  const home = paths.home.href();
  if (next === null || !next.startsWith('/')) return home;
  try {
    const { origin, pathname, search, hash } = new URL(next, base);
    const decoded = decodeURIComponent(pathname);
    if (origin !== base || doubtful.test(decoded) || notAScreen.test(decoded) || isOutside(decoded)) return home;
    return pathname + search + hash;
  } catch {
    return home;
  }
}
