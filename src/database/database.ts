import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Logger } from 'pino';
import { openPglite } from './pglite/pglite.ts';
import { openPostgresql } from './postgresql.ts';

/** What stores get: a Drizzle database or a transaction of one, on either driver. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Database {
  readonly db: Db;
  readonly kind: 'pglite' | 'postgresql';
  /** Resolves when the database answers a query; throws what it says when it does not. */
  ping(): Promise<void>;
  /**
   * Runs SQL text as it is. Without `values` it may hold several statements, BEGIN and COMMIT among them, which nobody
   * else's statement comes between; the rows are those of the last statement that has any.
   */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Waits for what runs, then gives the database back. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * The migrated database: PostgreSQL when there is a `databaseUrl`, else PGlite in `dataDir`. Throws an error whose
 * message says what to do when another process holds the folder or its files are damaged.
 */
export async function openDatabase(options: {
  dataDir: string;
  databaseUrl?: string | undefined;
  log: Logger;
}): Promise<Database> {
  return options.databaseUrl === undefined
    ? openPglite({ dataDir: options.dataDir, log: options.log })
    : openPostgresql({ databaseUrl: options.databaseUrl, log: options.log });
}
