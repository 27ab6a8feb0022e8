import { Refusal } from './refusal.ts';
import type { UpstreamAnswer, UpstreamCall } from './upstream.ts';

/**
 * Intercom has no conditional writes: the record is read first, and the write refused when it has changed since. The
 * moment between the two stays open. Returns the answer that the read got instead of the record, if it got none.
 */
export async function refuseIfModified(
  call: UpstreamCall,
  unmodifiedSince: number,
  send: (read: UpstreamCall) => Promise<UpstreamAnswer>,
): Promise<UpstreamAnswer | undefined> {
  const { precondition } = call.operation;
  if (precondition === undefined) return undefined;
  const answer = await send({ operation: precondition.read, params: call.params });
  if (answer.status !== 200) return answer;
  const updatedAt = readTime(() => precondition.updatedAt(parse(answer.body), call.params));
  if (updatedAt !== undefined && updatedAt > unmodifiedSince) {
    throw new Refusal(412, 'resource_conflict', 'Someone else has changed this; look at the current state first.');
  }
  return undefined;
}

function readTime(read: () => number | undefined): number | undefined {
  try {
    return read();
  } catch {
    const message = 'The current state could not be read, so nothing was changed; try again.';
    throw new Refusal(502, 'unusable_answer', message);
  }
}

function parse(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body).toString());
}
