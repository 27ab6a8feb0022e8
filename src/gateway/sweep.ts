import { lt, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Db } from '#database/database.ts';
import { idempotencyKeys } from './activity/tables.ts';
import { sessions, verifications } from './auth/tables.ts';

const longestWriteMinutes = 2;
const keyDays = 1;

/**
 * Turns writes that nobody carries out any more, as their process was killed, into entries with an unknown outcome, and
 * forgets what has expired: idempotency keys that are too old for a retry, sessions, and what sign-ins had begun with.
 */
export async function sweep(db: Db): Promise<void> {
  // One statement: of several processes that sweep, one moves a row.
  await db.execute(sql`
    with abandoned as (
      delete from writes_under_way where started_at < now() - make_interval(mins => ${longestWriteMinutes})
      returning at, person_id, person_name, address, operation, object, request_id, reverts
    )
    insert into activity (at, person_id, person_name, address, operation, object, request_id, reverts, changes)
    select *, '[]'::jsonb from abandoned`);
  await db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.created_at, sql`now() - make_interval(days => ${keyDays})`));
  await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
  await db.delete(verifications).where(lt(verifications.expiresAt, sql`now()`));
}

const everyMs = 60_000;

/** Sweeps now and every minute, until it is stopped. */
export function startSweeping(db: Db, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = sweep(db).catch((error: unknown) => log.warn({ err: error }, 'the log could not be swept'));
  };
  run();
  const timer = setInterval(run, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}
