import type { Logger } from 'pino';
import type { Database } from '#database/database.ts';
import { refreshStatistics } from './statistics-store.ts';
import { compactTicketCounts } from './tickets/count-store.ts';
import { wakeTickets } from './tickets/snooze-store.ts';

const everyMs = 60_000;

async function sweep({ db, kind }: Database): Promise<void> {
  await wakeTickets(db, Math.floor(Date.now() / 1000));
  await compactTicketCounts(db);
  if (kind === 'pglite') await refreshStatistics(db);
}

/** Ends snoozes, and keeps searches of tickets and contacts quick: now and every minute, until it is stopped. */
export function startSweepingWorkspace(database: Database, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = sweep(database).catch((error: unknown) =>
      log.warn({ err: error }, 'the workspace could not be swept: snoozes may not end, and searches may become slower'),
    );
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
