import { randomUUID } from 'node:crypto';
import type { BodyOf, Operation, ParamsOf } from '#contract/operation.ts';
import { fillPath } from '#contract/request.ts';
import type { Ticket } from '#contract/tickets.ts';
import type { Attempt } from '../activity/log.ts';
import type { Write } from '../activity/write.ts';
import { Refusal } from '../refusal.ts';
import type { UpstreamAnswer, UpstreamCall } from '../upstream.ts';
import { Halt, SlowDown, Unreachable, waitAfter } from './pace.ts';

/** What the items of a batch are worked on with. */
export interface Hands {
  /** The admin who acts, as the workspace knows them. */
  adminId: string;
  read(call: UpstreamCall): Promise<UpstreamAnswer>;
  /** Carries a write out, with its entry in the log. */
  carry(write: Write): Promise<UpstreamAnswer>;
  /** Tickets as they were just read, which nobody else writes to. */
  known?: ReadonlyMap<string, Ticket>;
  /** Writes down what the item holds before it is written, where that is no transaction with the write. */
  beforeWriting(before: Record<string, unknown> | null): Promise<void>;
  /** What the log is to say besides the operation and the object. */
  attempt: Omit<Attempt, 'operation' | 'object' | 'requestId'>;
}

/** Reads. Throws where the workspace is away, or asks to wait. */
export async function readWith(hands: Pick<Hands, 'read'>, call: UpstreamCall): Promise<UpstreamAnswer> {
  const answer = await reachable(() => hands.read(call));
  assertGoing(answer);
  return answer;
}

/** A write, whose entry names the operation and the object. Throws where none was made, or nobody knows. */
export async function writeWith<const Op extends Operation>(
  hands: Hands,
  write: { operation: Op; params: ParamsOf<Op>; body: BodyOf<Op> } & Pick<Write, 'claim' | 'before'>,
): Promise<UpstreamAnswer> {
  const { operation, body, claim, before } = write;
  const params: Record<string, string> = write.params;
  const attempt = {
    ...hands.attempt,
    operation: operation.name,
    object: fillPath(operation.path, params),
    requestId: randomUUID(),
  };
  const call = { operation, params, body: JSON.stringify(body), withoutParts: true };
  const answer = await reachable(() => hands.carry({ call, attempt, claim, before }));
  assertGoing(answer);
  return answer;
}

async function reachable(send: () => Promise<UpstreamAnswer>): Promise<UpstreamAnswer> {
  try {
    return await send();
  } catch (error) {
    const code = error instanceof Refusal ? error.code : undefined;
    if (code === 'upstream_unreachable' || code === 'request_timeout') throw new Unreachable();
    throw error;
  }
}

function assertGoing(answer: UpstreamAnswer): void {
  if (answer.status === 429) throw new SlowDown(waitAfter(answer) ?? 0);
  if (answer.status === 401) {
    throw new Halt('The workspace does not accept Deskbell’s access token any more. Resume once it does.');
  }
}

/** The first error of an answer that refuses. */
export function errorOf({ status, body }: UpstreamAnswer): { code: string; message: string } {
  const unsaid = {
    code: 'unusable_answer',
    message: `The workspace refused with status ${status} and did not say why.`,
  };
  try {
    const { errors } = JSON.parse(Buffer.from(body).toString());
    const { code, message } = errors[0];
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : unsaid;
  } catch {
    return unsaid;
  }
}
