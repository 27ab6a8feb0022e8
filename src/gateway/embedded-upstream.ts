import type { Db } from '#database/database.ts';
import { Refusal } from './refusal.ts';
import { requestOf, type Upstream, type UpstreamAnswer, type UpstreamCall } from './upstream.ts';

/** A refused write, thrown to undo whatever it began. */
class Refused extends Error {
  readonly answer: UpstreamAnswer;

  constructor(answer: UpstreamAnswer) {
    super();
    this.answer = answer;
  }
}

/** The workspace in this process. It keeps `If-Unmodified-Since` itself. */
export function createEmbeddedUpstream(options: {
  /** Answers a request, by a transaction of `db` where one is given. */
  fetch: (request: Request, transaction?: Db) => Response | Promise<Response>;
  db: Db;
  token: string;
  timeoutMs?: number;
}): Upstream {
  const { token, db, timeoutMs = 30_000 } = options;

  const send = async (call: UpstreamCall, transaction?: Db): Promise<UpstreamAnswer> => {
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      const isKnown = transaction !== undefined || call.operation.method === 'GET';
      timer = setTimeout(() => reject(timeout(isKnown)), timeoutMs);
    });
    const answered = async () => {
      const { signal } = new AbortController();
      const request = requestOf(call, { baseUrl: 'http://workspace', token, signal });
      const response = await options.fetch(request, transaction);
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
          try {
            // A statement that failed would otherwise take the whole transaction with it.
            return await transaction.transaction(async (savepoint) => {
              const answer = await send(call, savepoint);
              if (answer.status >= 400) throw new Refused(answer);
              return answer;
            });
          } catch (error) {
            if (error instanceof Refused) return error.answer;
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
