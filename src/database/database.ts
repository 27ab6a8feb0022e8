import type { Logger } from 'pino';
import type { Database } from './connection.ts';
import { openPglite } from './pglite/pglite.ts';
import { openPostgresql } from './postgresql.ts';

export type { Database, Db } from './connection.ts';

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
