import { chmod, mkdir } from 'node:fs/promises';
import { type PGlite, type PGliteOptions, type QueryOptions, type Transaction, types } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Logger } from 'pino';
import type { Database } from '../connection.ts';
import { migrationsFolder } from '../migrations.ts';
import { startBackups } from './backups.ts';
import { openData, writeMarker } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';

const idleTransactionMs = 10_000;

/** Brings the tables of an open PGlite up to date. */
export async function migratePglite(client: PGlite): Promise<void> {
  await migrate(drizzle({ client }), { migrationsFolder: migrationsFolder() });
}

const timeTypes = [types.TIMESTAMP, types.TIMESTAMPTZ, types.DATE, types.INTERVAL];
const asText = (value: string) => value;
const asDate: NonNullable<PGliteOptions['parsers']> = {
  [types.TIMESTAMP]: (value) => new Date(`${value}Z`),
  [types.TIMESTAMPTZ]: (value) => new Date(value),
};

/** What Drizzle asks for with each statement, without the parsers: they are PGlite's own by then. */
function withoutParsers(options: QueryOptions | undefined): QueryOptions | undefined {
  if (options === undefined) return undefined;
  const { parsers: _, ...rest } = options;
  return rest;
}

/**
 * Gives times as text, as Drizzle wants them. It names its parsers with each statement, and PGlite then copies its own
 * three hundred each time, which took half of a point read.
 */
function readTimesAsText(client: PGlite): void {
  for (const type of timeTypes) client.parsers[type] = asText;
  const query = client.query.bind(client);
  client.query = (text, values, options) => query(text, values, withoutParsers(options));
}

/**
 * Rolls a transaction back when its owner has sent nothing for `idleMs`: everybody else waits for it meanwhile.
 * PGlite has no timers of its own, so Postgres' settings for this do nothing there, or hang.
 */
export function boundTransactions(client: PGlite, idleMs = idleTransactionMs): void {
  const transaction = client.transaction.bind(client);
  client.transaction = <T>(run: (tx: Transaction) => Promise<T>) =>
    transaction(async (tx) => {
      let timer: NodeJS.Timeout | undefined;
      let giveUp = (_error: Error) => {};
      const abandoned = new Promise<never>((_resolve, reject) => {
        giveUp = reject;
      });
      const arm = () => {
        clearTimeout(timer);
        timer = setTimeout(() => giveUp(new Error(`The transaction sent nothing for ${idleMs} ms.`)), idleMs);
      };
      const query: Transaction['query'] = async (text, values, options) => {
        clearTimeout(timer);
        try {
          return await tx.query(text, values, withoutParsers(options));
        } finally {
          arm();
        }
      };
      arm();
      try {
        return await Promise.race([run(Object.create(tx, { query: { value: query } })), abandoned]);
      } finally {
        clearTimeout(timer);
        // The last statement of a transaction that was given up may still end and arm it.
        giveUp = () => {};
      }
    });
}

/** An open PGlite as a `Database`; `atClose` runs before it is closed. */
export function pgliteDatabase(client: PGlite, atClose = async () => {}): Database {
  const queryAsDates = client.query.bind(client);
  readTimesAsText(client);
  boundTransactions(client);
  let closing: Promise<void> | undefined;
  // No other process has the folder.
  const running = new Set<string>();
  return {
    db: drizzle({ client }),
    kind: 'pglite',
    ping: async () => {
      await client.query('select 1');
    },
    executeSql: async (text, values) => {
      if (values !== undefined && values.length > 0) {
        return queryAsDates<Record<string, unknown>>(text, values, { parsers: asDate });
      }
      // In a transaction of PGlite's own, so that a text failing before its COMMIT is rolled back before anybody's turn.
      const results = await (/^\s*begin\b/i.test(text)
        ? client.transaction((tx) => tx.exec(text, { parsers: asDate }))
        : client.exec(text, { parsers: asDate }));
      return { rows: results.findLast((result) => result.fields.length > 0)?.rows ?? [] };
    },
    exclusively: async (name, run) => {
      if (running.has(name)) return false;
      running.add(name);
      try {
        await run();
      } finally {
        running.delete(name);
      }
      return true;
    },
    listen: async (channel, onMessage) => {
      // Names are folded to lower case unless they are quoted.
      const stop = await client.listen(`"${channel}"`, onMessage);
      return () => stop();
    },
    close: () => {
      closing ??= atClose().then(() => client.close());
      return closing;
    },
  };
}

export async function openPglite(options: { dataDir: string; log: Logger }): Promise<Database> {
  const { dataDir, log } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Customers' data and a token: for nobody else on this machine. PGlite lets everybody write its files.
  await chmod(dataDir, 0o700);
  const lock = await lockFolder(dataDir);
  try {
    const { client, backedUp } = await openData(dataDir, migratePglite);
    const backups = startBackups({ client, dataDir, backedUp, log });
    let allSaved = false;
    const database = pgliteDatabase(client, async () => {
      allSaved = await backups.stop();
    });
    let closing: Promise<void> | undefined;
    const close = async () => {
      try {
        await database.close();
        await writeMarker(dataDir, allSaved);
      } finally {
        await lock.release();
      }
    };
    return {
      ...database,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
