import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isRead } from '#contract/operation.ts';
import { Refusal } from './refusal.ts';
import { requestOf, type Upstream, type UpstreamAnswer, type UpstreamCall } from './upstream.ts';

const attempts = 3;
const longestRetryAfterMs = 2_000;
const maxAnswerBytes = 20 * 1024 * 1024;

// Where these happen, nothing was sent yet.
const notSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_)/;

/** Intercom, or a double of it, over the network. */
export function createIntercomUpstream(options: {
  baseUrl: string;
  region: string;
  token: string;
  log: Logger;
  /** For one call with everything that belongs to it: retries, waits, the answer's body. */
  timeoutMs?: number;
}): Upstream {
  const { token, region, log, timeoutMs = 20_000 } = options;
  const baseUrl = options.baseUrl.replace(/\/$/, '');

  const attempt = async (call: UpstreamCall, signal: AbortSignal): Promise<UpstreamAnswer> => {
    const response = await fetch(requestOf(call, { baseUrl, token, signal }));
    const body = await readBounded(response);
    assertPresentable(response, body, token);
    return { status: response.status, headers: response.headers, body };
  };

  const sendWithRetries = async (call: UpstreamCall, signal: AbortSignal): Promise<UpstreamAnswer> => {
    const isSafe = isRead(call.operation);
    for (let tries = 1; ; tries += 1) {
      const isLast = !isSafe || tries === attempts;
      try {
        const answer = await attempt(call, signal);
        const delay = answer.status >= 500 ? retryDelay(answer.headers, tries) : undefined;
        if (isLast || delay === undefined) return answer;
        await wait(delay, undefined, { signal });
      } catch (cause) {
        const failure = failureOf(cause, { isSafe, isExpired: signal.aborted });
        // The causes of a fetch hold addresses, never headers; still only their code is kept.
        log.warn(
          { operation: call.operation.name, tries, code: failure.code, cause: causeOf(cause) },
          'upstream failed',
        );
        if (isLast || failure.code !== 'upstream_unreachable') throw failure;
        await wait(jitter(tries), undefined, { signal }).catch((reason: unknown) => {
          throw failureOf(reason, { isSafe, isExpired: true });
        });
      }
    }
  };

  return {
    kind: 'intercom',
    region,
    send: (call) => sendWithRetries(call, AbortSignal.timeout(timeoutMs)),
  };
}

const jitter = (tries: number) => 100 * tries + Math.random() * 200;

/** Milliseconds to wait, or undefined when the upstream asks for more patience than a person at a screen has. */
function retryDelay(headers: Headers, tries: number): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? 0);
  if (!Number.isFinite(seconds) || seconds * 1000 > longestRetryAfterMs) return undefined;
  return Math.max(seconds * 1000, jitter(tries));
}

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new UnusableAnswer(response.status, 'it is larger than 20 megabytes');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** An answer came, and cannot be shown to anybody. */
class UnusableAnswer extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

function assertPresentable(response: Response, body: Uint8Array<ArrayBuffer>, token: string): void {
  const { status } = response;
  if (status >= 300 && status < 400) throw new UnusableAnswer(status, 'it is a redirect');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const repeatsToken = text.includes(token) || [...response.headers.values()].some((value) => value.includes(token));
  if (repeatsToken) throw new UnusableAnswer(status, 'it repeats the access token');
  if (body.byteLength === 0) return;
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) {
    throw new UnusableAnswer(status, 'it is not JSON');
  }
  try {
    JSON.parse(text.toString());
  } catch {
    throw new UnusableAnswer(status, 'it is not JSON');
  }
}

/** What the browser is told. Of a write that may have reached the upstream it is told that nobody knows. */
function failureOf(cause: unknown, { isSafe, isExpired }: { isSafe: boolean; isExpired: boolean }): Refusal {
  const isRefused = cause instanceof UnusableAnswer && cause.status >= 300 && cause.status < 500;
  const hadNoEffect = isRefused || notSent.test(causeOf(cause) ?? '');
  if (!isSafe && !hadNoEffect) {
    const message = 'The answer of the workspace was lost; see whether the change was made before you repeat it.';
    return new Refusal(isExpired ? 504 : 502, 'outcome_unknown', message);
  }
  if (cause instanceof UnusableAnswer) {
    return new Refusal(502, 'unusable_answer', `The answer of the workspace cannot be used: ${cause.message}.`);
  }
  return isExpired
    ? new Refusal(504, 'request_timeout', 'The workspace took too long to answer; try again.')
    : new Refusal(502, 'upstream_unreachable', 'The workspace cannot be reached; try again in a moment.');
}

function causeOf(error: unknown): string | undefined {
  if (error instanceof UnusableAnswer) return error.message;
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (typeof inner !== 'object' || inner === null) return undefined;
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.constructor.name;
}
