import type { Change } from '#contract/gateway/activity.ts';
import type { Db } from '#database/database.ts';
import { activity } from './tables.ts';

/** What is known of a write before it is carried out. */
export interface Attempt {
  person: { id: string; name: string } | undefined;
  /** The network address. */
  address: string;
  operation: string;
  /** A path, such as `/ticket_types/7`. */
  object: string | undefined;
  requestId: string;
  /** The id of the entry whose changes it takes back. */
  reverts?: number | undefined;
}

/** What became of it. */
export interface Outcome {
  /** Undefined when nobody knows. */
  status: number | undefined;
  refusal?: string | undefined;
  object?: string | undefined;
  objectName?: string | undefined;
  changes?: Change[];
  /** The one that the answer carries, where that is the upstream's. */
  requestId?: string | undefined;
}

/** The columns of an attempt. */
export function attemptColumns(attempt: Attempt) {
  return {
    at: Math.floor(Date.now() / 1000),
    person_id: attempt.person?.id ?? null,
    person_name: attempt.person?.name ?? null,
    address: attempt.address === '' ? null : attempt.address,
    operation: attempt.operation,
    object: attempt.object ?? null,
    request_id: attempt.requestId,
    reverts: attempt.reverts ?? null,
  };
}

export type NewEntry = typeof activity.$inferInsert;

/** The entry of an attempt. */
export function entryOf(attempt: Attempt, outcome: Outcome): NewEntry {
  return {
    ...attemptColumns(attempt),
    ...(outcome.object !== undefined && { object: outcome.object }),
    ...(outcome.requestId !== undefined && { request_id: outcome.requestId }),
    object_name: outcome.objectName ?? null,
    status: outcome.status ?? null,
    refusal: outcome.refusal ?? null,
    changes: outcome.changes ?? [],
  };
}

/** Writes entries, in the transaction of the writes themselves where there is one. */
export async function insertEntries(db: Db, entries: NewEntry[]): Promise<void> {
  if (entries.length > 0) await db.insert(activity).values(entries);
}

export function logActivity(db: Db, attempt: Attempt, outcome: Outcome): Promise<void> {
  return insertEntries(db, [entryOf(attempt, outcome)]);
}

/** The fields that differ, with their values before and after. */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return Object.keys(after)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
