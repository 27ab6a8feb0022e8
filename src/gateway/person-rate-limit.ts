import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { GatewayEnv } from './gateway-env.ts';
import { Refusal } from './refusal.ts';

export interface PersonRateLimit {
  limit: number;
  windowSeconds: number;
}

/** Lets each person have so many requests answered by this process in a while, so that one cannot use up everyone's. */
export function limitPerson(rateLimit: PersonRateLimit | 'off'): MiddlewareHandler<GatewayEnv> {
  if (rateLimit === 'off') return (_, next) => next();
  const limiter = new RateLimiterMemory({ points: rateLimit.limit, duration: rateLimit.windowSeconds });
  return async (c, next) => {
    const caller = c.get('caller');
    // What a page is drawn from is part of one request.
    if (caller !== undefined && c.env?.caller === undefined) {
      try {
        await limiter.consume(caller.id);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
        throw new Refusal(429, 'rate_limit_exceeded', 'You sent too many requests; they go on in a moment.', {
          headers: { 'Retry-After': String(seconds) },
          isLogged: false,
        });
      }
    }
    await next();
  };
}
