import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '#database/database.ts';
import { Refusal } from '../refusal.ts';

// Points in seconds. By account whatever the address, so that many addresses do not help; by address whatever the
// account, so that many accounts do not either.
const limits = {
  'sign-in by account': { points: 10, duration: 15 * 60 },
  'sign-in by address': { points: 100, duration: 15 * 60 },
  'passkey by address': { points: 100, duration: 15 * 60 },
  'second factor by address': { points: 30, duration: 15 * 60 },
  // Counts who sets out and who comes back; whoever is signed in by it gets both back.
  'single sign-on by address': { points: 100, duration: 15 * 60 },
  'reset by account': { points: 3, duration: 60 * 60 },
  'reset by address': { points: 20, duration: 60 * 60 },
  'link by address': { points: 60, duration: 15 * 60 },
};
export type Throttled = keyof typeof limits;

export interface Throttle {
  /** Counts one attempt, before it is made. Throws a `Refusal` with 429 when there were too many. */
  take(what: Throttled, key: string): Promise<void>;
  /** Takes the attempt back: it was no wrong one. */
  giveBack(what: Throttled, key: string): Promise<void>;
}

/** Counters in the database: they hold for all processes, and over a restart. */
export function createThrottle(database: Pick<Database, 'executeSql'>): Throttle {
  const storeClient = {
    query: ({ text, values }: { text: string; values?: unknown[] }) => database.executeSql(text, values),
  };
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([what, limit]) => [
      what,
      new RateLimiterPostgres({
        ...limit,
        storeClient,
        storeType: 'pool',
        tableName: 'throttles',
        tableCreated: true,
        keyPrefix: what,
        clearExpiredByTimeout: true,
      }),
    ]),
  ) as Record<Throttled, RateLimiterPostgres>;
  // People type passwords where the address belongs, and nothing of that kind is to stand in the database.
  const keyOf = (key: string) => createHash('sha256').update(key).digest('base64url');

  return {
    take: async (what, key) => {
      try {
        await limiters[what].consume(keyOf(key));
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
        // Only the first refusal is worth an entry: those after it would fill the log.
        const isFirst = reason.consumedPoints === limits[what].points + 1;
        throw new Refusal(429, 'too_many_attempts', 'There were too many attempts; wait before you try again.', {
          headers: { 'Retry-After': String(seconds) },
          isLogged: isFirst,
        });
      }
    },
    giveBack: async (what, key) => {
      await limiters[what].reward(keyOf(key));
    },
  };
}
