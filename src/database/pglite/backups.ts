import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import type { Logger } from 'pino';
import { backupName, backupsFolder, emptyWorkingFolder, rotateBackups } from './backup-files.ts';
import type { ArchiveRequest, CopyRequest, StepResult } from './backup-worker.ts';
import { databaseFolder } from './data-folder.ts';

export interface Backups {
  /** Makes a verified backup when something changed since the last one. Its path, or undefined when nothing did. */
  backUp: () => Promise<string | undefined>;
  /** Ends the timers, waits for a backup under way, and makes a last one. Whether all data is in the newest backup. */
  stop: () => Promise<boolean>;
}

const tickMs = 30_000;
const ticksPerBackup = 10;

// pg-boss keeps time in these tables: a row that only says when it last looked is no change worth a backup.
const changesSql = `
  select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as changes
  from pg_stat_user_tables
  where not (schemaname = 'pgboss' and relname in ('version', 'queue'))`;

const tablesSql = `
  select format('%I.%I', schemaname, tablename) as name
  from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`;

function startThread(): Worker {
  if (!import.meta.filename.endsWith('.ts')) {
    return new Worker(join(import.meta.dirname, 'backup-worker.js'));
  }
  // A thread does not inherit tsx on Node 20: it has to be registered inside.
  const tsx = import.meta.resolve('tsx/esm/api');
  const file = pathToFileURL(join(import.meta.dirname, 'backup-worker.ts')).href;
  const start = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(start, { eval: true });
}

function startWorker() {
  const thread = startThread();
  const broken = new Promise<never>((_resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread for backups ended early')));
  });
  broken.catch(() => {});
  return {
    run: async (request: CopyRequest | ArchiveRequest): Promise<StepResult> => {
      const answer = new Promise<StepResult>((resolve) => thread.once('message', resolve));
      thread.postMessage(request);
      const result = await Promise.race([answer, broken]);
      if (result.error !== undefined) {
        throw new Error(result.error);
      }
      return result;
    },
    end: () => thread.terminate(),
  };
}

async function filledTables(client: PGlite): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of (await client.query<{ name: string }>(tablesSql)).rows) {
    const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${name}) as filled`);
    if (rows[0]?.filled === true) {
      filled.push(name);
    }
  }
  return filled;
}

async function makeBackup(client: PGlite, dataDir: string): Promise<{ file: string; rows: number }> {
  const from = databaseFolder(dataDir);
  const workingFolder = await emptyWorkingFolder(dataDir);
  const copy = join(workingFolder, 'copy');
  const file = join(backupsFolder(dataDir), backupName(new Date()));
  const worker = startWorker();
  try {
    const filled = await filledTables(client);
    let label: string | undefined;
    await client.query(`select pg_backup_start('deskbell', true)`);
    try {
      await worker.run({ step: 'copy', from, to: copy });
    } finally {
      const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
      label = rows[0]?.labelfile;
    }
    const { rows } = await worker.run({
      step: 'archive',
      from,
      copy,
      label: label ?? '',
      workingFolder,
      archive: file,
      filledTables: filled,
    });
    return { file, rows: rows ?? 0 };
  } finally {
    await worker.end();
    await rm(workingFolder, { recursive: true, force: true });
  }
}

/**
 * Keeps backups of an open PGlite: every five minutes with changes, and at `stop`. Postgres' own online backup lets
 * everybody go on while a thread copies, packs, unpacks and reads. `backedUp`: the newest backup holds all that is
 * there now. A plain timer, not a job: a backup must not depend on a queue inside of what it saves.
 */
export function startBackups(options: { client: PGlite; dataDir: string; backedUp: boolean; log: Logger }): Backups {
  const { client, dataDir, log } = options;
  let savedChanges = options.backedUp ? 0 : -1;
  let checkpointed: string | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let ticks = 0;

  const changes = async (): Promise<number> => {
    await client.query('select pg_stat_force_next_flush()');
    return (await client.query<{ changes: number }>(changesSql)).rows[0]?.changes ?? 0;
  };

  const backUpNow = async (): Promise<string | undefined> => {
    const counted = await changes();
    if (counted === savedChanges) {
      return undefined;
    }
    const started = performance.now();
    const { file, rows } = await makeBackup(client, dataDir);
    savedChanges = counted;
    await rotateBackups(dataDir);
    log.info({ file, rows, ms: Math.round(performance.now() - started) }, 'backup made and verified');
    return file;
  };

  // Nothing else ever writes a checkpoint in PGlite; without one a start after a crash replays all there ever was.
  const checkpoint = async (): Promise<void> => {
    const position = async () =>
      (await client.query<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn')).rows[0]?.lsn;
    if ((await position()) !== checkpointed) {
      await client.exec('checkpoint');
      checkpointed = await position();
    }
  };

  const queued = <T>(task: () => Promise<T>): Promise<T> => {
    const result = working.then(task);
    working = result.catch(() => {});
    return result;
  };

  const timer = setInterval(() => {
    ticks += 1;
    const due = ticks % ticksPerBackup === 0;
    queued<unknown>(due ? backUpNow : checkpoint).catch((error: unknown) =>
      log.error({ err: error }, due ? 'the backup failed; older ones are kept' : 'the checkpoint failed'),
    );
  }, tickMs);
  timer.unref();

  return {
    backUp: () => queued(backUpNow),
    stop: async () => {
      clearInterval(timer);
      try {
        await queued(backUpNow);
        return true;
      } catch (error) {
        log.error({ err: error }, 'the last backup failed; older ones are kept');
        return false;
      }
    },
  };
}
