import type { Operation } from '#contract/operation.ts';
import { fillPath, queryString, unmodifiedSinceHeader } from '#contract/request.ts';
import type { Db } from '#database/database.ts';

/** One call of an operation. What is not in here never leaves the gateway. */
export interface UpstreamCall {
  operation: Operation;
  params: Record<string, string>;
  query?: Record<string, string> | undefined;
  /** JSON. */
  body?: string | undefined;
  /** Refuse the write when the record has changed after this time (unix seconds). */
  unmodifiedSince?: number | undefined;
  /** Whoever asks reads no parts of a ticket: an upstream in this process leaves them out. */
  withoutParts?: boolean | undefined;
}

export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  /** JSON, or nothing at all. */
  body: Uint8Array<ArrayBuffer>;
}

/** The answer, also one that refuses. Throws a `Refusal` where there is none, or none that can be passed on. */
type Send = (call: UpstreamCall) => Promise<UpstreamAnswer>;

/** Where the operations are carried out: the embedded workspace, or Intercom. */
export interface Upstream {
  readonly kind: 'embedded' | 'intercom';
  readonly region: string | null;
  send: Send;
  /**
   * Only of an upstream whose data is in our own database, which also keeps `unmodifiedSince` itself: runs `work` in
   * one transaction with what it sends. A write that is refused leaves nothing behind.
   */
  atomically?: <Result>(work: (transaction: Db, send: Send, sendAll: SendAll) => Promise<Result>) => Promise<Result>;
}

/** Sends calls that do not depend on each other, in less time than one after the other. Answers are in their order. */
export type SendAll = (calls: readonly UpstreamCall[]) => Promise<UpstreamAnswer[]>;

/** The request of a call, spelled anew from the contract, with the token that only the gateway knows. */
export function requestOf(
  call: UpstreamCall,
  upstream: { baseUrl: string; token: string; signal: AbortSignal },
): Request {
  const { operation, params, query, body, unmodifiedSince } = call;
  const headers = new Headers({
    Accept: 'application/json',
    Authorization: `Bearer ${upstream.token}`,
    'Intercom-Version': operation.version,
  });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (unmodifiedSince !== undefined) headers.set(unmodifiedSinceHeader, new Date(unmodifiedSince * 1000).toUTCString());
  return new Request(`${upstream.baseUrl}${fillPath(operation.path, params)}${queryString(query)}`, {
    method: operation.method,
    headers,
    body: body ?? null,
    signal: upstream.signal,
    // A redirect would carry the token to wherever it points.
    redirect: 'manual',
  });
}
