import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from './connection.ts';
import { migrationsFolder } from './migrations.ts';
import { listenOnPostgresql } from './postgresql-listener.ts';

// Any number will do, as long as it is the same in every process.
const migrationLock = 4_711_302_118;
const migrationMs = 600_000;

/** Brings the tables up to date. Processes that start together wait for each other. */
export async function migratePostgresql(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'deskbell-migrations',
    connectionTimeoutMillis: 5_000,
    statement_timeout: migrationMs,
    keepAlive: true,
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle({ client }), { migrationsFolder: migrationsFolder() });
  } finally {
    await client.end();
  }
}

async function runText(pool: pg.Pool, text: string): Promise<{ rows: Record<string, unknown>[] }> {
  const client = await pool.connect();
  let failed = true;
  try {
    const results = [await client.query<Record<string, unknown>>(text)].flat();
    failed = false;
    return { rows: results.findLast((result) => result.fields.length > 0)?.rows ?? [] };
  } finally {
    // A text that failed between its BEGIN and COMMIT leaves the connection in a broken transaction: drop it.
    client.release(failed);
  }
}

// The session of a machine that lost its power is noticed by this: its locks would stay otherwise.
const noticeDeadPeers = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/** Under a lock of a connection of its own, which the server gives up with the connection. */
async function runExclusively(pool: pg.Pool, name: string, run: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let isReusable = false;
  try {
    await client.query(noticeDeadPeers);
    const key = 'hashtextextended($1, 0)';
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${key}) as got`, [name]);
    const isFree = rows[0]?.got === true;
    if (isFree) {
      try {
        await run();
      } finally {
        await client.query(`select pg_advisory_unlock(${key})`, [name]);
      }
    }
    isReusable = true;
    return isFree;
  } finally {
    client.release(!isReusable);
  }
}

export async function openPostgresql(options: { databaseUrl: string; log: Logger }): Promise<Database> {
  await migratePostgresql(options.databaseUrl);
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: 'deskbell',
    max: 20,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 3_600,
    keepAlive: true,
    statement_timeout: 30_000,
    query_timeout: 35_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => options.log.warn({ err: error }, 'an idle database connection broke'));
  const listeners = new Set<() => Promise<void>>();
  let closing: Promise<void> | undefined;
  return {
    db: drizzle({ client: pool }),
    kind: 'postgresql',
    ping: async () => {
      await pool.query('select 1');
    },
    executeSql: (text, values) =>
      values !== undefined && values.length > 0
        ? pool.query<Record<string, unknown>>(text, values)
        : runText(pool, text),
    exclusively: (name, run) => runExclusively(pool, name, run),
    listen: async (channel, onMessage) => {
      const stop = await listenOnPostgresql({ ...options, channel, onMessage });
      listeners.add(stop);
      return () => {
        listeners.delete(stop);
        return stop();
      };
    },
    close: () => {
      closing ??= Promise.all([...listeners].map((stop) => stop())).then(() => pool.end());
      return closing;
    },
  };
}
