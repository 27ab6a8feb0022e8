import type { Logger } from 'pino';
import type { OperationName } from '#contract/operations.ts';
import type { Database, Db } from '#database/database.ts';
import { mayUse } from '../access.ts';
import { createCarryOut } from '../activity/write.ts';
import type { FindActor } from '../actor/actor.ts';
import type { Upstream, UpstreamAnswer } from '../upstream.ts';
import { createTicketOf } from './create-ticket.ts';
import type { Hands } from './hands.ts';
import {
  giveUpSent,
  type ItemOutcome,
  type ItemRow,
  itemsAfter,
  markSent,
  reclaimSent,
  settleItems,
} from './item-store.ts';
import { Halt, SlowDown, Unreachable, waitAfter } from './pace.ts';
import { type BatchRow, lockStanding, type Standing } from './store.ts';
import { importRowOf, operationsOf, ticketTaskOf } from './tasks.ts';
import { writeTicket } from './write-ticket.ts';
import { createWriteTogether } from './write-together.ts';

/** How much work a transaction of several items should be at most: on PGlite everybody else waits for its end. */
const transactionMs = 35;
const [fewestTogether, mostTogether] = [4, 20];

/**
 * Writes the next items. Resolves to whether each failed because the workspace did; `stopped`: the batch is not running
 * any more; `empty`: there is no item left.
 */
export type WriteNext = () => Promise<boolean[] | 'stopped' | 'empty'>;

interface Options {
  database: Database;
  upstream: Upstream;
  offersDemo: boolean;
  findActor: FindActor;
  log: Logger;
}

/** Prepares the writing of a batch's items, one after the other. */
export async function createWriteNext(options: Options, batch: BatchRow): Promise<WriteNext> {
  const { database, upstream, findActor, log } = options;
  const { db } = database;
  const standing = await lockStanding(db, batch.id);
  // Read once for a turn, before any transaction: finding it may ask the workspace itself.
  const { adminId } = await findActor({ email: standing?.email ?? '' }).catch(() => {
    throw new Unreachable();
  });
  const attempt = { person: { id: batch.person_id, name: batch.person_name }, address: '' };
  let after = -1;

  const write = (hands: Hands, item: ItemRow): Promise<ItemOutcome> => {
    if (batch.input.kind !== 'import') return writeTicket(hands, item, ticketTaskOf(batch.input, item));
    const { ticket_type_id: ticketTypeId } = batch.input;
    return createTicketOf(hands, item, importRowOf(item), { ticketTypeId, personId: batch.person_id });
  };
  /** The next items to write, if the batch may still be worked on. */
  const nextOf = async (transaction: Db, limit: number): Promise<ItemRow[] | 'stopped' | 'empty'> => {
    const now = await lockStanding(transaction, batch.id);
    if (now?.status !== 'running') return 'stopped';
    assertAllowed(now, operationsOf(batch.input), options.offersDemo);
    const pending = { statuses: ['pending'] as const, limit };
    const next = await itemsAfter(transaction, batch.id, after, pending);
    if (next.length > 0 || after < 0) return next.length > 0 ? next : 'empty';
    // Some that were written in vain may have become pending again.
    after = -1;
    const again = await itemsAfter(transaction, batch.id, after, pending);
    return again.length > 0 ? again : 'empty';
  };

  const { atomically } = upstream;
  if (atomically !== undefined) {
    const writeTogether = createWriteTogether({ batchId: batch.id, locks: batch.input.kind !== 'import', write });
    let size = fewestTogether;
    return async () => {
      let items: ItemRow[] = [];
      try {
        return await atomically(async (transaction, send, sendAll) => {
          const before = process.cpuUsage();
          const next = await nextOf(transaction, size);
          if (typeof next === 'string') return next;
          items = next;
          const outcomes = await writeTogether({ transaction, send, sendAll }, { adminId, attempt }, items);
          after = items.at(-1)?.position ?? after;
          const { user, system } = process.cpuUsage(before);
          const fitting = Math.floor((items.length * transactionMs * 1000) / (user + system));
          size = Math.max(fewestTogether, Math.min(fitting, size * 2, mostTogether));
          return outcomes.map(({ isTrouble = false }) => isTrouble);
        });
      } catch (error) {
        if (error instanceof Halt || error instanceof SlowDown || error instanceof Unreachable) throw error;
        const [item, second] = items;
        if (item === undefined) throw error;
        // Nothing of it was done. Which of several it was is found out one by one; the others go on.
        size = 1;
        if (second !== undefined) return [];
        log.error({ err: error, batch: batch.id, position: item.position }, 'an item of a batch failed');
        await settleItems(db, batch.id, [{ item, outcome: { status: 'failed', error: defect } }]);
        after = item.position;
        return [true];
      }
    };
  }

  // Whatever an earlier process had on its way: a change is made out by reading, a create by nobody.
  await (batch.input.kind === 'import' ? giveUpSent : reclaimSent)(db, batch.id);
  const carryOut = createCarryOut({ upstream, db, log });
  return async () => {
    const next = await db.transaction((transaction) => nextOf(transaction, 1));
    if (typeof next === 'string') return next;
    const [item] = next;
    if (item === undefined) return 'empty';
    let waitsUntil: number | undefined;
    const noting = async (answering: Promise<UpstreamAnswer>) => {
      const answer = await answering;
      if (answer.status !== 429) waitsUntil = waitAfter(answer) ?? waitsUntil;
      return answer;
    };
    let outcome: ItemOutcome;
    try {
      outcome = await write(
        {
          adminId,
          attempt,
          read: (call) => noting(upstream.send(call)),
          carry: (carried) => noting(carryOut(carried)),
          beforeWriting: async (before) => {
            if (!(await markSent(db, item, before))) throw new Taken();
          },
        },
        item,
      );
    } catch (error) {
      if (error instanceof Taken) return 'stopped';
      // Nothing was sent: it is as if the item had not had its turn.
      const isPending = error instanceof SlowDown || error instanceof Unreachable || error instanceof Halt;
      if (isPending) await settleItems(db, batch.id, [{ item, outcome: { status: 'pending' } }]);
      throw error;
    }
    await settleItems(db, batch.id, [{ item, outcome }]);
    after = item.position;
    if (waitsUntil !== undefined) throw new SlowDown(waitsUntil);
    return [outcome.isTrouble === true];
  };
}

/** Another process works on the item. */
class Taken extends Error {}

const defect = { code: 'server_error', message: 'Deskbell failed at this item; its log says why.' };

/** Throws when whoever asked for the batch may not do this any more. */
function assertAllowed(standing: Standing, operations: readonly OperationName[], offersDemo: boolean): void {
  const { person_name: name, roles } = standing;
  if (roles === null || (standing.is_demo === true && !offersDemo)) {
    throw new Halt(`${name} is not among the people any more, so this was stopped.`);
  }
  if (standing.is_deactivated) throw new Halt(`${name} was deactivated, so this was stopped.`);
  if (!operations.every((operation) => mayUse(operation, roles))) {
    throw new Halt(`${name} may not do this any more, so it was stopped.`);
  }
}
