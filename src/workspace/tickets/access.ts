import DataLoader from 'dataloader';
import type { Db } from '#database/database.ts';
import { assignmentOf } from './people.ts';
import type { Assignment } from './rules.ts';
import { type FullTicket, lockTickets, type TicketRow, type TicketWrite, writeTickets } from './store.ts';

/** The way of one call to the tickets that it changes, within a transaction. */
export interface TicketAccess {
  /** The ticket without its parts, whose row nobody else changes from now on; undefined when there is none. */
  lock(id: number): Promise<FullTicket | undefined>;
  /** Resolves to what the ticket is now. */
  write(write: TicketWrite): Promise<TicketRow>;
  /** Whom an assignment names; undefined when one of them does not exist. */
  assignment(asked: { admin_id: string; assignee_id: string }): Promise<Assignment | undefined>;
}

function accessOfOne(db: Db, workspace: { id: string }): TicketAccess {
  return {
    lock: async (id) => (await lockTickets(db, workspace, [id]))[0],
    write: async (write) => only(await writeTickets(db, [write])),
    assignment: (asked) => assignmentOf(db, workspace.id, asked),
  };
}

function only<Row>([row]: Row[]): Row {
  if (row === undefined) throw new Error('A row was expected');
  return row;
}

/** All that is asked for until the event loop comes round is one statement: calls side by side ask at the same time. */
const options = { cache: false, batchScheduleFn: (send: () => void) => void setImmediate(send) };

function accessOfMany(db: Db, workspace: { id: string }): TicketAccess {
  const locks = new DataLoader(async (ids: readonly number[]) => {
    const locked = await lockTickets(db, workspace, [...new Set(ids)]);
    const known = new Map(locked.map((ticket) => [ticket.id, ticket]));
    return ids.map((id) => known.get(id));
  }, options);
  const writes = new DataLoader((asked: readonly TicketWrite[]) => writeTickets(db, [...asked]), options);
  const assignments = new Map<string, Promise<Assignment | undefined>>();
  return {
    lock: (id) => locks.load(id),
    write: (write) => writes.load(write),
    assignment: (asked) => {
      const key = JSON.stringify([asked.admin_id, asked.assignee_id]);
      const assignment = assignments.get(key) ?? assignmentOf(db, workspace.id, asked);
      assignments.set(key, assignment);
      return assignment;
    },
  };
}

const accessWithin = new WeakMap<Db, TicketAccess>();

/**
 * The way of a call to its tickets. Of calls that are answered side by side within one transaction, what all of them
 * ask for is one statement each time.
 */
export function ticketAccess(
  db: Db,
  { workspace, isSideBySide }: { workspace: { id: string }; isSideBySide: boolean },
) {
  if (!isSideBySide) return accessOfOne(db, workspace);
  const access = accessWithin.get(db) ?? accessOfMany(db, workspace);
  accessWithin.set(db, access);
  return access;
}
