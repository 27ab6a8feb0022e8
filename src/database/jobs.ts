import PgBoss from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from './connection.ts';

export interface Jobs {
  /** Runs `run` for each job of `queue`, one at a time here; when it throws, the job is tried again later. */
  work<Data extends object>(queue: string, run: (data: Data) => Promise<void>): Promise<void>;
  /** Stores a job, also over a restart, and returns its id. */
  send(queue: string, data: object): Promise<string>;
  /** Waits at most ten seconds for running jobs; those that take longer are given back to their queue. */
  stop(): Promise<void>;
}

// A job sent here wakes our own workers at once: polling only finds jobs of other processes and retries.
const pollingSeconds = 5;
const stopMs = 10_000;

/** Starts background jobs on `database`, with its own connections; the tables are in the schema `pgboss`. */
export async function startJobs(database: Database, log: Logger): Promise<Jobs> {
  const statements = new Set<Promise<unknown>>();
  const executeSql: Database['executeSql'] = (text, values) => {
    const statement = database.executeSql(text, values);
    const ended = statement.catch(() => {}).finally(() => statements.delete(ended));
    statements.add(ended);
    return statement;
  };
  const boss = new PgBoss({ db: { executeSql }, schedule: false });
  boss.on('error', (error) => log.error({ err: error }, 'background jobs failed'));
  await boss.start();
  const workers = new Map<string, string>();
  const madeQueues = new Map<string, Promise<void>>();
  const ensureQueue = (name: string): Promise<void> => {
    const made = madeQueues.get(name) ?? makeQueue(boss, name);
    madeQueues.set(name, made);
    return made;
  };
  return {
    work: async <Data extends object>(queue: string, run: (data: Data) => Promise<void>) => {
      await ensureQueue(queue);
      const worker = await boss.work<Data>(queue, { pollingIntervalSeconds: pollingSeconds }, async (batch) => {
        for (const { data } of batch) {
          await run(data);
        }
      });
      workers.set(queue, worker);
    },
    send: async (queue, data) => {
      await ensureQueue(queue);
      const id = await boss.send(queue, data);
      if (id === null) {
        throw new Error(`The queue ${queue} did not take the job.`);
      }
      const worker = workers.get(queue);
      if (worker !== undefined) {
        boss.notifyWorker(worker);
      }
      return id;
    },
    stop: async () => {
      await boss.stop({ graceful: true, wait: true, timeout: stopMs });
      // That a job is complete may still be on its way to a database which is closed next.
      while (statements.size > 0) await Promise.all(statements);
    },
  };
}

const deadlock = '40P01';

/** Makes the queue where it is missing. Of processes that do so at the same moment, Postgres makes one try again. */
async function makeQueue(boss: PgBoss, name: string, tries = 5): Promise<void> {
  try {
    await boss.createQueue(name);
  } catch (error) {
    const isDeadlock = error instanceof Error && 'code' in error && error.code === deadlock;
    if (!isDeadlock || tries === 1) throw error;
    await makeQueue(boss, name, tries - 1);
  }
}
