import * as z from 'zod/mini';
import { searchTickets, type Ticket, ticket, updateTicket } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { insertEntries, type NewEntry } from '../activity/log.ts';
import { carryOutWithin, lockObjects } from '../activity/write.ts';
import type { Upstream } from '../upstream.ts';
import type { Hands } from './hands.ts';
import { type ItemOutcome, type ItemRow, settleItems } from './item-store.ts';

const ticketList = z.array(ticket);

interface Within {
  transaction: Db;
  send: Upstream['send'];
}

/** Writes several items of a batch in one transaction, with their entries in the log and what became of each. */
export function createWriteTogether(batch: {
  batchId: string;
  /** Whether the items are tickets that are there already. */
  locks: boolean;
  write: (hands: Hands, item: ItemRow) => Promise<ItemOutcome>;
}) {
  return async (
    { transaction, send }: Within,
    who: Pick<Hands, 'adminId' | 'attempt'>,
    items: ItemRow[],
  ): Promise<ItemOutcome[]> => {
    const entries: NewEntry[] = [];
    const hands: Hands = {
      ...who,
      known: batch.locks ? await lockedTickets({ transaction, send }, items) : new Map(),
      read: send,
      carry: (write) =>
        carryOutWithin({ transaction, send, log: (entry) => entries.push(entry) }, { ...write, claim: undefined }),
      beforeWriting: async () => {},
    };
    const settled: { item: ItemRow; outcome: ItemOutcome }[] = [];
    for (const item of items) settled.push({ item, outcome: await batch.write(hands, item) });
    await insertEntries(transaction, entries);
    await settleItems(transaction, batch.batchId, settled);
    return settled.map(({ outcome }) => outcome);
  };
}

/** The tickets of the items, read at once, which nobody else writes to until the transaction ends. */
async function lockedTickets({ transaction, send }: Within, items: ItemRow[]): Promise<Map<string, Ticket>> {
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
