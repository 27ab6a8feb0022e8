import { sql } from 'drizzle-orm';
import { isRead } from '#contract/operation.ts';
import { updateTicket } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { Refusal } from './refusal.ts';
import { requestOf, type Upstream, type UpstreamAnswer, type UpstreamCall } from './upstream.ts';

const savepoint = sql.raw('savepoint upstream_call');
const release = sql.raw('release savepoint upstream_call');
const undo = sql.raw('rollback to savepoint upstream_call');

interface Within {
  transaction?: Db | undefined;
  /** Whether others are sent within the same transaction at the same time. */
  isSideBySide?: boolean | undefined;
}

/** The workspace in this process. It keeps `If-Unmodified-Since` itself. */
export function createEmbeddedUpstream(options: {
  /** Answers a request, by a transaction of `db` where one is given. */
  fetch: (request: Request, within: Within & { withoutParts?: boolean | undefined }) => Response | Promise<Response>;
  db: Db;
  token: string;
  timeoutMs?: number;
}): Upstream {
  const { token, db, timeoutMs = 30_000 } = options;

  const send = async (call: UpstreamCall, within: Within = {}): Promise<UpstreamAnswer> => {
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      const isKnown = within.transaction !== undefined || isRead(call.operation);
      timer = setTimeout(() => reject(timeout(isKnown)), timeoutMs);
    });
    const answered = async () => {
      const { signal } = new AbortController();
      const request = requestOf(call, { baseUrl: 'http://workspace', token, signal });
      const response = await options.fetch(request, { ...within, withoutParts: call.withoutParts });
      const body = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body };
    };
    try {
      return await Promise.race([answered(), expired]);
    } finally {
      clearTimeout(timer);
    }
  };

  const sendWithin = async (transaction: Db, call: UpstreamCall): Promise<UpstreamAnswer> => {
    if (isRead(call.operation)) return send(call, { transaction });
    // A write that is refused is undone; a statement that failed would take the whole transaction with it.
    await transaction.execute(savepoint);
    try {
      const answer = await send(call, { transaction });
      await transaction.execute(answer.status >= 400 ? undo : release);
      return answer;
    } catch (error) {
      await transaction.execute(undo);
      throw error;
    }
  };

  const sendAllWithin = async (transaction: Db, calls: readonly UpstreamCall[]): Promise<UpstreamAnswer[]> => {
    const updates = calls.filter(({ operation }) => operation === updateTicket);
    const answers = new Map<UpstreamCall, UpstreamAnswer>();
    if (updates.length > 1) {
      // An update that is refused has written nothing, so that nothing of it has to be undone.
      const within = { transaction, isSideBySide: true };
      const answered = await Promise.all(updates.map(async (call) => [call, await send(call, within)] as const));
      for (const [call, answer] of answered) {
        if (answer.status >= 500) throw new Error(`One of ${updates.length} updates ended with ${answer.status}`);
        answers.set(call, answer);
      }
    }
    for (const call of calls) {
      if (!answers.has(call)) answers.set(call, await sendWithin(transaction, call));
    }
    return calls.flatMap((call) => answers.get(call) ?? []);
  };

  return {
    kind: 'embedded',
    region: null,
    send: (call) => send(call),
    atomically: (work) =>
      db.transaction((transaction) => {
        const sendOne = (call: UpstreamCall) => sendWithin(transaction, call);
        return work(transaction, sendOne, (calls) => sendAllWithin(transaction, calls));
      }),
  };
}

function timeout(isOutcomeKnown: boolean): Refusal {
  return isOutcomeKnown
    ? new Refusal(504, 'request_timeout', 'The workspace took too long to answer; try again.')
    : new Refusal(504, 'outcome_unknown', 'The workspace took too long to answer; see whether the change was made.');
}
