import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Context } from 'hono';
import { idempotencyKeyHeader } from '#contract/request.ts';
import type { Db } from '#database/database.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { Refusal } from '../refusal.ts';
import type { UpstreamAnswer, UpstreamCall } from '../upstream.ts';
import { idempotencyKeys } from './tables.ts';

const form = /^[\w-]{16,100}$/;

/** Whose create this is, under the key that they gave it. */
export interface Claim {
  personId: string;
  key: string;
  fingerprint: string;
}

/** The claim of a create; undefined for any other operation. Throws a `Refusal` for a create without a usable key. */
export function readClaim(c: Context<GatewayEnv>, call: UpstreamCall, personId: string): Claim | undefined {
  if (call.operation.method !== 'POST') return undefined;
  const key = c.req.header(idempotencyKeyHeader);
  if (key === undefined || !form.test(key)) {
    const message = `Send a new ${idempotencyKeyHeader} with each create, of 16 to 100 letters, digits, - or _.`;
    throw new Refusal(400, 'idempotency_key_missing', message);
  }
  const { operation, params, query = {}, body = '' } = call;
  const input = JSON.stringify([operation.name, params, query, body]);
  return { personId, key, fingerprint: createHash('sha256').update(input).digest('hex') };
}

const isOf = ({ personId, key }: Claim) => and(eq(idempotencyKeys.person_id, personId), eq(idempotencyKeys.key, key));

/**
 * Claims the key. Returns what the create was answered when it was carried out before. Throws a `Refusal` when the key
 * stands for something else, and when the outcome of the first attempt is not known: it is never sent twice.
 */
export async function claimKey(db: Db, claim: Claim): Promise<UpstreamAnswer | undefined> {
  const { personId: person_id, key, fingerprint } = claim;
  // Waits for another transaction that has claimed the key and is not done.
  const claimed = await db
    .insert(idempotencyKeys)
    .values({ person_id, key, fingerprint })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return undefined;
  const [known] = await db.select().from(idempotencyKeys).where(isOf(claim));
  if (known !== undefined && known.fingerprint !== fingerprint) {
    throw new Refusal(422, 'idempotency_key_reused', 'This key stands for another create; send a new one.');
  }
  if (known === undefined || known.status === null) {
    const message = 'This create was sent before, and its answer is not known; see whether it was made.';
    throw new Refusal(409, 'outcome_unknown', message);
  }
  return {
    status: known.status,
    headers: new Headers({ 'Idempotent-Replayed': 'true' }),
    body: new TextEncoder().encode(known.body ?? ''),
  };
}

/** Keeps the answer for whoever asks again. */
export async function settleKey(db: Db, claim: Claim, { status, body }: UpstreamAnswer): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ status, body: Buffer.from(body).toString() })
    .where(isOf(claim));
}

/** Nothing was done: the same key may be sent again. */
export async function releaseKey(db: Db, claim: Claim): Promise<void> {
  await db.delete(idempotencyKeys).where(isOf(claim));
}
