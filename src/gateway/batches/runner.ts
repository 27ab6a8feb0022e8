import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '#database/database.ts';
import type { Jobs } from '#database/jobs.ts';
import { createFindActor } from '../actor/actor.ts';
import { tellChanged } from '../events/store.ts';
import type { Upstream } from '../upstream.ts';
import { type CheckNext, createCheckNext } from './checking.ts';
import { listNext } from './listing.ts';
import { Halt, SlowDown, Unreachable } from './pace.ts';
import { type BatchRow, findActive, findDue, moveBatch, setWait } from './store.ts';
import { createWriteNext, type WriteNext } from './write-next.ts';

const queue = 'batches';
/** How long one batch is worked on before others have their turn. */
const turnMs = 4_000;
const lookEveryMs = 15_000;
const tellEveryMs = 500;
const mostTries = 6;
const mostTroubles = 20;

export interface BatchRunner {
  /** Says that there is something to do for a batch. */
  wake(id: string): void;
  /** Works from now on, also on what was begun before. */
  start(jobs: Jobs): Promise<void>;
  /** Ends after the items that are being written. */
  stop(): Promise<void>;
}

export interface RunnerOptions {
  database: Database;
  upstream: Upstream;
  /** Whether the demo's accounts may do anything. */
  offersDemo: boolean;
  log: Logger;
}

/** What is known of a batch while this process works on it, and lost with it. */
interface Progress {
  /** How often in a row the workspace was away. */
  tries: number;
  /** How many items failed in a row because of the workspace. */
  troubles: number;
}

export function createBatchRunner(options: RunnerOptions): BatchRunner {
  const { database, upstream, log } = options;
  const { db } = database;
  const findActor = createFindActor(upstream);
  const progressOf = new Map<string, Progress>();
  const timers = new Map<string, NodeJS.Timeout>();
  const sending = new Set<string>();
  let jobs: Jobs | undefined;
  let isStopping = false;
  let running: Promise<unknown> = Promise.resolve();
  let looking: NodeJS.Timeout | undefined;

  const wake = (id: string) => {
    // One job is enough, however many ask for it.
    if (jobs === undefined || isStopping || sending.has(id)) return;
    sending.add(id);
    jobs
      .send(queue, { batch: id })
      .catch((error: unknown) => log.warn({ err: error }, 'a batch has to wait'))
      .finally(() => sending.delete(id));
  };
  const wakeAt = (id: string, seconds: number) => {
    clearTimeout(timers.get(id));
    const ms = Math.max(seconds * 1000 - Date.now(), 0);
    timers.set(id, setTimeout(() => wake(id), ms).unref());
  };
  const look = async () => {
    for (const id of await findDue(db)) wake(id);
  };

  /** Writes the next items. Resolves to whether there may be another. */
  const write = async (id: string, writeNext: WriteNext, progress: Progress): Promise<boolean> => {
    const outcome = await writeNext();
    if (outcome === 'stopped') return false;
    if (outcome === 'empty') {
      await moveBatch(db, id, ['running'], { status: 'done' });
      return false;
    }
    progress.tries = 0;
    for (const isTrouble of outcome) progress.troubles = isTrouble ? progress.troubles + 1 : 0;
    if (progress.troubles >= mostTroubles) {
      throw new Halt(`The workspace failed ${mostTroubles} times in a row. Resume once it works again.`);
    }
    return true;
  };

  /** One step of a batch: a page listed, some rows checked, some items written. Resolves to whether there is another. */
  const prepareStep = async (begun: BatchRow, progress: Progress): Promise<() => Promise<boolean>> => {
    const { id, status } = begun;
    if (status === 'checking') {
      const checkNext: CheckNext = await createCheckNext({ db, upstream }, begun);
      return checkNext;
    }
    if (!begun.is_listed) {
      return async () => {
        const batch = await findActive(db, id);
        if (batch !== undefined && !batch.is_listed) await listNext({ db, upstream }, batch);
        return batch !== undefined && !batch.is_listed;
      };
    }
    const writeNext = await createWriteNext({ ...options, findActor }, begun);
    return () => write(id, writeNext, progress);
  };

  const waitFor = async (id: string, until: number) => {
    await setWait(db, id, until);
    wakeAt(id, until);
  };

  /** Says why a batch cannot go on now, and goes on later where that may help. */
  const interrupt = async (id: string, error: unknown, progress: Progress): Promise<void> => {
    if (error instanceof SlowDown) return waitFor(id, error.until);
    const isKnown = error instanceof Halt || error instanceof Unreachable;
    if (!isKnown) log.error({ err: error, batch: id }, 'a batch failed');
    if (!(error instanceof Halt) && progress.tries < mostTries) {
      progress.tries += 1;
      return waitFor(id, Math.ceil(Date.now() / 1000) + 2 ** progress.tries);
    }
    progressOf.delete(id);
    const problem = isKnown ? error.message : 'Deskbell failed at this; its log says why.';
    await moveBatch(db, id, ['running', 'checking'], { status: 'failed', problem });
  };

  /** Works on a batch for a while. Resolves to whether there is more to do at once. */
  const takeTurn = async (id: string): Promise<boolean> => {
    const progress = progressOf.get(id) ?? { tries: 0, troubles: 0 };
    progressOf.set(id, progress);
    const until = Date.now() + turnMs;
    let toldAt = 0;
    const tell = () => {
      toldAt = Date.now();
      return tellChanged(db, { type: 'batches', ids: [id] });
    };
    try {
      const batch = await findActive(db, id);
      if (batch === undefined) {
        progressOf.delete(id);
        return false;
      }
      if (batch.waits_until !== null) {
        if (batch.waits_until * 1000 > Date.now()) {
          wakeAt(id, batch.waits_until);
          return false;
        }
        await setWait(db, id, null);
      }
      const step = await prepareStep(batch, progress);
      while (await step()) {
        if (isStopping || Date.now() >= until) return true;
        if (Date.now() - toldAt >= tellEveryMs) await tell();
        // Whoever waits for the database, or for this process, has a turn.
        await setImmediate();
      }
      return (await findActive(db, id)) !== undefined;
    } catch (error) {
      await interrupt(id, error, progress);
      return false;
    } finally {
      await tell();
    }
  };

  return {
    wake,
    start: async (given) => {
      jobs = given;
      await jobs.work<{ batch: string }>(queue, async ({ batch }) => {
        if (isStopping) return;
        let goesOn = false;
        const turn = database.exclusively(`batch ${batch}`, async () => {
          goesOn = await takeTurn(batch);
        });
        running = turn.catch((error: unknown) => log.warn({ err: error, batch }, 'a batch lost its turn'));
        await running;
        if (goesOn) wake(batch);
      });
      const lookAgain = () =>
        void look().catch((error: unknown) => log.warn({ err: error }, 'batches were not looked for'));
      lookAgain();
      looking = setInterval(lookAgain, lookEveryMs).unref();
    },
    stop: async () => {
      isStopping = true;
      clearInterval(looking);
      for (const timer of timers.values()) clearTimeout(timer);
      await running;
    },
  };
}
