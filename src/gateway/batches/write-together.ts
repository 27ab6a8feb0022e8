import DataLoader from 'dataloader';
import * as z from 'zod/mini';
import { isRead } from '#contract/operation.ts';
import { searchTickets, type Ticket, ticket, updateTicket } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { insertEntries, type NewEntry } from '../activity/log.ts';
import { carryOutWithin, lockObjects } from '../activity/write.ts';
import type { SendAll, Upstream, UpstreamCall } from '../upstream.ts';
import type { Hands } from './hands.ts';
import { type ItemOutcome, type ItemRow, settleItems } from './item-store.ts';

const ticketList = z.array(ticket);

interface Within {
  transaction: Db;
  send: Upstream['send'];
  sendAll: SendAll;
}

/** Writes several items of a batch in one transaction, with their entries in the log and what became of each. */
export function createWriteTogether(batch: {
  batchId: string;
  /** Whether the items are tickets that are there already. */
  locks: boolean;
  write: (hands: Hands, item: ItemRow) => Promise<ItemOutcome>;
}) {
  return async (
    { transaction, send, sendAll }: Within,
    who: Pick<Hands, 'adminId' | 'attempt'>,
    items: ItemRow[],
  ): Promise<ItemOutcome[]> => {
    const entries: NewEntry[] = [];
    const sent = sentTogether(sendAll);
    const hands: Hands = {
      ...who,
      known: batch.locks ? await lockedTickets({ transaction, send }, items) : new Map(),
      read: send,
      carry: (write) =>
        carryOutWithin(
          {
            transaction,
            send: (call) => (isRead(call.operation) ? send(call) : sent(call)),
            log: (entry) => entries.push(entry),
          },
          { ...write, claim: undefined },
        ),
      beforeWriting: async () => {},
    };
    const settle = async (item: ItemRow) => ({ item, outcome: await batch.write(hands, item) });
    const settled = batch.locks ? await allOf(items.map(settle)) : await oneByOne(items, settle);
    await insertEntries(transaction, entries);
    await settleItems(transaction, batch.batchId, settled);
    return settled.map(({ outcome }) => outcome);
  };
}

/**
 * Sends what several items ask for at the same time together. One lot after the other: what is refused is undone as far
 * as where it began.
 */
function sentTogether(sendAll: SendAll): Upstream['send'] {
  let last: Promise<unknown> = Promise.resolve();
  const sendLot = (calls: readonly UpstreamCall[]) => {
    const lot = last.then(() => sendAll(calls));
    last = lot.catch(() => {});
    return lot;
  };
  const loader = new DataLoader(sendLot, { cache: false, batchScheduleFn: (send) => void setImmediate(send) });
  return (call) => loader.load(call);
}

/** All of them, once each has ended: nothing goes on after the first that fails. */
async function allOf<Result>(running: Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function oneByOne<Item, Result>(items: Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

/** The tickets of the items, read at once, which nobody else writes to until the transaction ends. */
async function lockedTickets(
  { transaction, send }: Omit<Within, 'sendAll'>,
  items: ItemRow[],
): Promise<Map<string, Ticket>> {
  const ids = items.flatMap(({ object_id: id }) => id ?? []);
  await lockObjects(
    transaction,
    ids.map((ticket_id) => ({ operation: updateTicket, params: { ticket_id } })),
  );
  const value = ids.filter((id) => /^\d{1,15}$/.test(id));
  const body = {
    query: { field: 'id', operator: 'IN', value },
    pagination: { per_page: items.length },
    include_ticket_parts: false,
  };
  const answer = await send({ operation: searchTickets, params: {}, body: JSON.stringify(body) });
  // What is not found here is read by itself, which tells why.
  const found = answer.status === 200 ? JSON.parse(Buffer.from(answer.body).toString()).tickets : [];
  return new Map(ticketList.parse(found).map((each) => [each.id, each]));
}
