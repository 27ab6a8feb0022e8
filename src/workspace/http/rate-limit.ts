import { Refusal } from './refusal.ts';

export interface RateLimit {
  /** Calls that one workspace may make in one window. */
  limit: number;
  windowSeconds: number;
}

/** Counts one call of `caller` and gives the headers that tell how many are left. Throws when there is none. */
export type TakeCall = (caller: string) => Record<string, string>;

export function rateLimiter({ limit, windowSeconds }: RateLimit, clock: () => number): TakeCall {
  let windowEnd = 0;
  const taken = new Map<string, number>();
  return (caller) => {
    const now = clock();
    if (now >= windowEnd) {
      taken.clear();
      windowEnd = now - (now % windowSeconds) + windowSeconds;
    }
    const count = (taken.get(caller) ?? 0) + 1;
    taken.set(caller, count);
    const headers = {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - count)),
      'X-RateLimit-Reset': String(windowEnd),
    };
    if (count > limit) {
      const message = `Exceeded rate limit of ${limit} in ${windowSeconds}_seconds`;
      const retryAfter = String(windowEnd - now);
      throw new Refusal(429, [{ code: 'rate_limit_exceeded', message }], { ...headers, 'Retry-After': retryAfter });
    }
    return headers;
  };
}
