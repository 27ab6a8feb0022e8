import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

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
  /**
   * Calls `onMessage` with every message that is sent on the channel from now on, and with undefined when some may have
   * been missed. Returns how to hear no more. Throws when the database cannot be reached.
   */
  listen(channel: string, onMessage: (message: string | undefined) => void): Promise<() => Promise<void>>;
  /**
   * Runs `run` unless somebody else, also another process, is running something under the same name. Resolves to whether
   * it ran. A process that is killed holds a name no longer.
   */
  exclusively(name: string, run: () => Promise<void>): Promise<boolean>;
  /** Waits for what runs, then gives the database back. Closing twice is fine. */
  close(): Promise<void>;
}
