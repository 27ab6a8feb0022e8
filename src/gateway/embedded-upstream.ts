import { sql } from 'drizzle-orm';
import { isRead } from '#contract/operation.ts';
import type { Db } from '#database/database.ts';
import { Refusal } from './refusal.ts';
import { requestOf, type Upstream, type UpstreamAnswer, type UpstreamCall } from './upstream.ts';

const savepoint = sql.raw('savepoint upstream_call');
const release = sql.raw('release savepoint upstream_call');
const undo = sql.raw('rollback to savepoint upstream_call');

/** The workspace in this process. It keeps `If-Unmodified-Since` itself. */
export function createEmbeddedUpstream(options: {
  /** Answers a request, by a transaction of `db` where one is given. */
  fetch: (
    request: Request,
    within: { transaction?: Db | undefined; withoutParts?: boolean | undefined },
  ) => Response | Promise<Response>;
  db: Db;
  token: string;
  timeoutMs?: number;
}): Upstream {
  const { token, db, timeoutMs = 30_000 } = options;

  const send = async (call: UpstreamCall, transaction?: Db): Promise<UpstreamAnswer> => {
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      const isKnown = transaction !== undefined || isRead(call.operation);
      timer = setTimeout(() => reject(timeout(isKnown)), timeoutMs);
    });
    const answered = async () => {
      const { signal } = new AbortController();
      const request = requestOf(call, { baseUrl: 'http://workspace', token, signal });
      const response = await options.fetch(request, { transaction, withoutParts: call.withoutParts });
      const body = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body };
    };
    try {
      return await Promise.race([answered(), expired]);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    kind: 'embedded',
    region: null,
    send,
    atomically: (work) =>
      db.transaction((transaction) =>
        work(transaction, async (call) => {
          if (isRead(call.operation)) return send(call, transaction);
          // A write that is refused is undone; a statement that failed would take the whole transaction with it.
          await transaction.execute(savepoint);
          try {
            const answer = await send(call, transaction);
            await transaction.execute(answer.status >= 400 ? undo : release);
            return answer;
          } catch (error) {
            await transaction.execute(undo);
            throw error;
          }
        }),
      ),
  };
}

function timeout(isOutcomeKnown: boolean): Refusal {
  return isOutcomeKnown
    ? new Refusal(504, 'request_timeout', 'The workspace took too long to answer; try again.')
    : new Refusal(504, 'outcome_unknown', 'The workspace took too long to answer; see whether the change was made.');
}
