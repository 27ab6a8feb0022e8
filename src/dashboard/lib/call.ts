import type { QueryMeta } from '@tanstack/react-query';
import { errorList } from '#contract/errors.ts';
import {
  type BodyOf,
  isRead,
  type Operation,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
} from '#contract/operation.ts';
import { fillPath, idempotencyKeyHeader, queryString, unmodifiedSinceHeader } from '#contract/request.ts';
import { ApiError } from './api-error.ts';

type Needed<Name extends string, Value> = undefined extends Value
  ? { [Key in Name]?: Value }
  : Record<never, never> extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type Input<Op extends Operation> = Needed<'params', ParamsOf<Op>> &
  Needed<'query', QueryOf<Op>> &
  Needed<'body', BodyOf<Op>> & {
    /** Refuse the write with 412 when the record has changed after this time (unix seconds). */
    unmodifiedSince?: number | undefined;
    /** Under this key a create is carried out once, however often it is sent. Made anew for each call when left out. */
    idempotencyKey?: string | undefined;
    signal?: AbortSignal | undefined;
    /** The query's, whose `fetch` is taken. */
    meta?: QueryMeta | undefined;
  };

/**
 * Sends one operation through the gateway and returns its parsed answer.
 * Throws an `ApiError` for everything else, an aborted request excepted.
 */
export async function call<const Op extends Operation>(operation: Op, input: Input<Op>): Promise<ResponseOf<Op>> {
  const { params, query, body, unmodifiedSince, idempotencyKey, signal, meta } = input as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
  } & Input<Op>;
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (unmodifiedSince !== undefined) headers.set(unmodifiedSinceHeader, new Date(unmodifiedSince * 1000).toUTCString());
  if (operation.method === 'POST' && !isRead(operation) && !isOwn(operation)) {
    headers.set(idempotencyKeyHeader, idempotencyKey ?? newIdempotencyKey());
  }

  let response: Response;
  let text: string;
  try {
    response = await (meta?.fetch ?? fetch)(address(operation, params, query), {
      method: operation.method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw lostAnswer(operation);
  }
  if (!response.ok) throw failedAnswer(response, text);

  const parsed = operation.response.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new ApiError({
      status: response.status,
      code: 'unexpected_answer',
      message: `The answer to “${operation.summary}” is not in the form that the API describes.`,
      requestId: response.headers.get('x-request-id') ?? undefined,
    });
  }
  return parsed.data as ResponseOf<Op>;
}

/** Whether the gateway answers it itself. */
const isOwn = ({ path }: Operation) => path.startsWith('/gateway/');

/** A key for one create. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function address(operation: Operation, params: Record<string, string> = {}, query?: Record<string, unknown>): string {
  const prefix = isOwn(operation) ? '' : '/api';
  return `${prefix}${fillPath(operation.path, params)}${queryString(query)}`;
}

function lostAnswer(operation: Operation): ApiError {
  if (!navigator.onLine) {
    return new ApiError({ status: 0, code: 'offline', message: 'This device is offline.' });
  }
  return isRead(operation)
    ? new ApiError({ status: 0, code: 'unreachable', message: 'Deskbell’s server did not answer.' })
    : new ApiError({ status: 0, code: 'outcome_unknown', message: 'The connection was lost before the answer came.' });
}

function failedAnswer(response: Response, text: string): ApiError {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const parsed = errorList.safeParse(parseJson(text));
  const first = parsed.data?.errors[0];
  return new ApiError({
    status: response.status,
    code: first?.code ?? 'unexpected_answer',
    message: first?.message ?? `The server answered with status ${response.status}.`,
    field: first?.field ?? undefined,
    requestId: parsed.data?.request_id ?? requestId,
    retryAt: retryTime(response),
    errors: parsed.data?.errors ?? [],
  });
}

function retryTime(response: Response): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds)) return Date.now() + seconds * 1000;
  const reset = Number(response.headers.get('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? reset * 1000 : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
