import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

const firstRetryMs = 100;
const longestRetryMs = 10_000;
const checkMs = 20_000;
const checkTimeoutMs = 10_000;

/**
 * Listens by a connection of its own, which is opened anew whenever it breaks: `onMessage` is called with undefined
 * then, since messages may have been missed. Throws when the first connection cannot be had.
 */
export async function listenOnPostgresql(options: {
  databaseUrl: string;
  log: Logger;
  channel: string;
  onMessage: (message: string | undefined) => void;
}): Promise<() => Promise<void>> {
  const { databaseUrl, log, channel, onMessage } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Resolves to how the connection ends. */
  const connect = async (): Promise<{ client: pg.Client; broken: Promise<void> }> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'deskbell-events',
      connectionTimeoutMillis: 5_000,
      query_timeout: checkTimeoutMs,
      keepAlive: true,
    });
    const broken = new Promise<void>((resolve) => client.once('end', resolve).once('error', () => resolve()));
    // After the first error there may be more, and one that nobody hears would end the process.
    client.on('error', () => {});
    client.on('notification', ({ payload }) => onMessage(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    return { client, broken };
  };

  /** Asks now and then, because a connection can be gone without anybody saying so. Returns once it is of no use. */
  const watch = async ({ client, broken }: Awaited<ReturnType<typeof connect>>): Promise<void> => {
    const checks = setInterval(() => {
      client.query('select 1').catch(() => client.connection.stream.destroy());
    }, checkMs);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([broken, stopped]);
    clearInterval(checks);
    await client.end().catch(() => {});
  };

  const reconnect = async () => {
    for (let delay = firstRetryMs; !signal.aborted; delay = Math.min(delay * 2, longestRetryMs)) {
      await wait(delay, undefined, { signal }).catch(() => {});
      if (signal.aborted) return undefined;
      try {
        return await connect();
      } catch (error) {
        log.warn({ err: error }, 'the database cannot be listened to');
      }
    }
    return undefined;
  };

  const keepListening = async (first: Awaited<ReturnType<typeof connect>>) => {
    for (let current: typeof first | undefined = first; current !== undefined; ) {
      await watch(current);
      if (signal.aborted) return;
      log.warn('the connection that listens to the database broke');
      current = await reconnect();
      if (current !== undefined) onMessage(undefined);
    }
  };

  const ended = keepListening(await connect());
  return async () => {
    stopping.abort();
    await ended;
  };
}
