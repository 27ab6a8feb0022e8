import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Db } from '#database/database.ts';
import * as store from './bulk-store.ts';

export interface BulkOptions {
  workspaceId: string;
  /** How many there are to be in the workspace afterwards, together with what is there already. */
  tickets: number;
  /** Undefined: one for ten tickets. */
  contacts?: number | undefined;
  /** On average. */
  partsPerTicket: number;
  /** Rows in one transaction. */
  chunkSize: number;
  /** Unix seconds. */
  clock: () => number;
  /** Called after each chunk. False: that is enough for now. */
  goOn: (progress: { what: 'contacts' | 'tickets'; done: number; target: number; added: number }) => boolean;
}

export interface BulkResult {
  /** Whether all that was asked for is there. */
  isComplete: boolean;
  contacts: number;
  tickets: number;
}

/**
 * Adds generated contacts and tickets to a workspace until there are as many as asked for. Each chunk is a transaction:
 * whenever it is broken off, what is there is whole, and the next call goes on. Undefined where the workspace has no
 * ticket type in use.
 */
export async function fillWorkspace(db: Db, options: BulkOptions): Promise<BulkResult | undefined> {
  const { workspaceId, tickets: target, partsPerTicket, chunkSize, clock, goOn } = options;
  const ingredients = await store.ingredientsOf(db, workspaceId);
  if (ingredients === undefined) return undefined;
  const result = {
    isComplete: false,
    contacts: await store.countContacts(db, workspaceId),
    tickets: await store.countTickets(db, workspaceId),
  };
  const before = { ...result };
  const wanted = options.contacts ?? Math.max(Math.ceil(target / 10), 1);
  // Numbers that are taken already make no contact, so the number goes on from what was made before.
  for (let number = result.contacts + 1; result.contacts < wanted; ) {
    const to = number + Math.min(chunkSize, wanted - result.contacts) - 1;
    result.contacts += await store.addContacts(db, workspaceId, { from: number, to, now: clock() });
    number = to + 1;
    await othersTurn();
    const progress = { done: result.contacts, target: wanted, added: result.contacts - before.contacts };
    if (!goOn({ what: 'contacts', ...progress })) return result;
  }
  // Each ticket's contact is looked for: planned for the few contacts of before, that would read all of them each time.
  if (result.contacts > before.contacts) await store.analyse(db);
  while (result.tickets < target) {
    const from = result.tickets + 1;
    const to = Math.min(result.tickets + chunkSize, target);
    const { contacts } = result;
    const chunk = { from, to, now: clock(), target, partsPerTicket, contacts };
    result.tickets += await store.addTickets(db, ingredients, chunk);
    // PGlite never waits for anything outside, so that no signal and no timer would be heard.
    await othersTurn();
    const progress = { done: result.tickets, target, added: result.tickets - before.tickets };
    if (!goOn({ what: 'tickets', ...progress })) return { ...result, isComplete: result.tickets >= target };
  }
  if (result.tickets > before.tickets || result.contacts > before.contacts) await store.analyse(db);
  return { ...result, isComplete: true };
}
