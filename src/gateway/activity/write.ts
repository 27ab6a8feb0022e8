import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Change } from '#contract/gateway/activity.ts';
import type { ObjectState } from '#contract/operation.ts';
import { fillPath } from '#contract/request.ts';
import type { Db } from '#database/database.ts';
import { tellChanged } from '../events/store.ts';
import { Refusal } from '../refusal.ts';
import type { Upstream, UpstreamAnswer, UpstreamCall } from '../upstream.ts';
import { type Claim, claimKey, releaseKey, settleKey } from './idempotency.ts';
import {
  type Attempt,
  attemptColumns,
  changesBetween,
  entryOf,
  insertEntries,
  logActivity,
  type NewEntry,
  type Outcome,
} from './log.ts';
import { writesUnderWay } from './tables.ts';

export interface Write {
  call: UpstreamCall;
  attempt: Attempt;
  claim: Claim | undefined;
  /** The object as it was just read, so that it need not be read again; under its lock where there are transactions. */
  before?: ObjectState | undefined;
}

export type CarryOut = (write: Write) => Promise<UpstreamAnswer>;

/**
 * Carries writes out, each with its entry in the log. Where the upstream's data is in our own database, both are one
 * transaction. Where it is elsewhere, the attempt is on record before it is sent, and its outcome after.
 */
export function createCarryOut({ upstream, db, log }: { upstream: Upstream; db: Db; log: Logger }): CarryOut {
  const { atomically } = upstream;
  if (atomically !== undefined) {
    return (write) => atomically((transaction, send) => carryOutWithin({ transaction, send }, write));
  }

  return async (write) => {
    const { call, attempt, claim } = write;
    const id = randomUUID();
    const replayed = await db.transaction(async (transaction) => {
      const known = claim && (await claimKey(transaction, claim));
      if (known === undefined) await transaction.insert(writesUnderWay).values({ id, ...attemptColumns(attempt) });
      return known;
    });
    if (replayed !== undefined) return replayed;

    const finish = (outcome: Outcome, settle: (transaction: Db, claim: Claim) => Promise<void>) =>
      db
        .transaction(async (transaction) => {
          const [row] = await transaction.delete(writesUnderWay).where(eq(writesUnderWay.id, id)).returning();
          // Another process took it for abandoned, and has written an entry for it.
          if (row !== undefined) await logActivity(transaction, attempt, outcome);
          if (claim) await settle(transaction, claim);
          if (outcome.status === undefined || outcome.status < 300) await tellTicket(transaction, attempt, outcome);
        })
        // The write has been answered, and the answer goes on; the attempt itself is on record.
        .catch((error: unknown) =>
          log.error({ err: error, requestId: attempt.requestId }, 'the outcome was not logged'),
        );

    try {
      const { before, answer: unreadable } = await readOnce(write, upstream.send);
      if (call.unmodifiedSince !== undefined) refuseIfModified(call, before, unreadable);
      const answer = await upstream.send({ ...call, unmodifiedSince: undefined });
      const settle = wasDone(answer) ? settleKey : answer.status < 500 ? releaseKey : keepOpen;
      await finish(outcomeOf(call, answer, before), (transaction, key) => settle(transaction, key, answer));
      return answer;
    } catch (error) {
      if (error instanceof Unchanged) {
        await finish(outcomeOf(call, error.answer, undefined), releaseKey);
        return error.answer;
      }
      const refusal = error instanceof Refusal ? error : undefined;
      const isUnknown = refusal === undefined || refusal.code === 'outcome_unknown';
      const outcome = { status: isUnknown ? undefined : refusal.status, refusal: refusal?.code };
      await finish(outcome, isUnknown ? keepOpen : releaseKey);
      throw error;
    }
  };
}

interface Within {
  transaction: Db;
  send: Upstream['send'];
  /** Takes the entry; without it the entry is written at once. */
  log?: (entry: NewEntry) => void;
}

/** Carries a write out in a transaction of the upstream's own database, with its entry in the log. */
export async function carryOutWithin({ transaction, send, log }: Within, write: Write): Promise<UpstreamAnswer> {
  const { call, attempt, claim } = write;
  const replayed = claim && (await claimKey(transaction, claim));
  if (replayed !== undefined) return replayed;
  if (write.before === undefined) await lockObjects(transaction, [call]);
  const { before } = await readOnce(write, send);
  const answer = await send(call);
  const entry = entryOf(attempt, outcomeOf(call, answer, before));
  if (log) log(entry);
  else await insertEntries(transaction, [entry]);
  if (claim) await (wasDone(answer) ? settleKey : releaseKey)(transaction, claim, answer);
  return answer;
}

/**
 * Lets one write at a time have the object of each call, so that each is logged with what the one before it left. All
 * in one order, so that two who lock several do not wait for each other.
 */
export async function lockObjects(transaction: Db, calls: UpstreamCall[]): Promise<void> {
  const objects = calls.flatMap(({ operation: { target }, params }) =>
    target ? fillPath(target.read.path, params) : [],
  );
  if (objects.length === 0) return;
  await transaction.execute(sql`
    select pg_advisory_xact_lock(key) from (
      select hashtextextended(object, 0) as key from jsonb_array_elements_text(${JSON.stringify(objects)}::jsonb) as object
      order by key
    ) as sorted`);
}

/** What is elsewhere has no trigger in our database that would say so. */
async function tellTicket(transaction: Db, attempt: Attempt, outcome: Outcome): Promise<void> {
  const [, id] = /^\/tickets\/([\w-]+)/.exec(outcome.object ?? attempt.object ?? '') ?? [];
  if (id !== undefined) await tellChanged(transaction, { type: 'tickets', ids: [id] });
}

const keepOpen = async () => {};

/** Whether asking again would do it again. */
const wasDone = ({ status }: UpstreamAnswer) => status < 300;

/** The read before a conditional write gave no object: its answer is the write's. */
class Unchanged extends Error {
  readonly answer: UpstreamAnswer;

  constructor(answer: UpstreamAnswer) {
    super();
    this.answer = answer;
  }
}

const readOnce = async ({ call, before }: Write, send: Upstream['send']): ReturnType<typeof readBefore> =>
  before === undefined ? readBefore(call, send) : { before };

/** What the write is about to change; `answer` is what came in place of it. */
async function readBefore(
  { operation, params }: UpstreamCall,
  send: (call: UpstreamCall) => Promise<UpstreamAnswer>,
): Promise<{ before?: ObjectState | undefined; answer?: UpstreamAnswer }> {
  const { target } = operation;
  if (target === undefined) return {};
  const answer = await send({ operation: target.read, params, withoutParts: true });
  if (answer.status !== 200) return { answer };
  return { before: readable(() => target.before(parse(answer.body), params)) };
}

/** Intercom has no conditional writes. The moment between the read and the write stays open. */
function refuseIfModified(
  { unmodifiedSince = 0 }: UpstreamCall,
  before: ObjectState | undefined,
  unreadable: UpstreamAnswer | undefined,
): void {
  if (unreadable !== undefined) throw new Unchanged(unreadable);
  if (before === undefined) {
    const message = 'The current state could not be read, so nothing was changed; try again.';
    throw new Refusal(502, 'unusable_answer', message);
  }
  if (before.updatedAt !== undefined && before.updatedAt > unmodifiedSince) {
    throw new Refusal(412, 'resource_conflict', 'Someone else has changed this; look at the current state first.');
  }
}

function outcomeOf(call: UpstreamCall, answer: UpstreamAnswer, before: ObjectState | undefined): Outcome {
  const body = readable(() => parse(answer.body));
  const requestId = answer.headers.get('x-request-id') ?? undefined;
  if (answer.status >= 300) {
    return { status: answer.status, requestId, refusal: refusalOf(body), objectName: before?.name };
  }
  const { target } = call.operation;
  const after = target && readable(() => target.after(body));
  const created = isObject(body) && target === undefined ? body : {};
  return {
    status: answer.status,
    requestId,
    object: call.operation.method === 'POST' ? pathOfCreated(call, created.id) : undefined,
    objectName: after?.name ?? before?.name ?? (typeof created.name === 'string' ? created.name : undefined),
    changes: changesOf(call, before, after),
  };
}

function pathOfCreated({ operation, params }: UpstreamCall, id: unknown): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? `${fillPath(operation.path, params)}/${id}` : undefined;
}

/** Of an update what differs; of anything else what was sent. */
function changesOf(call: UpstreamCall, before: ObjectState | undefined, after: ObjectState | undefined): Change[] {
  if (before !== undefined && after !== undefined) return changesBetween(before.values, after.values);
  const sent = call.body === undefined ? {} : readable(() => JSON.parse(call.body ?? ''));
  return isObject(sent) ? Object.entries(sent).map(([field, value]) => ({ field, after: value })) : [];
}

function refusalOf(body: unknown): string | undefined {
  const errors = isObject(body) && Array.isArray(body.errors) ? body.errors : [];
  const first: unknown = errors[0];
  return isObject(first) && typeof first.code === 'string' ? first.code : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function parse(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body).toString());
}
