import type { Context } from 'hono';
import type { Operation } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';
import { matchPath, unmodifiedSinceHeader } from '#contract/request.ts';
import { readBody } from './body.ts';
import { chooseEncoding, compress } from './encoding.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Upstream, UpstreamAnswer } from './upstream.ts';

const prefix = '/api';
const passedOn = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
const allOperations: readonly Operation[] = Object.values(operations);

/**
 * Answers `/api/…`: lets exactly the contract's operations through, and of them only what the contract says. HEAD is
 * answered as GET; the body is left out by whoever sends the answer.
 */
export function createApi(upstream: Upstream) {
  return async (c: Context<GatewayEnv>): Promise<Response> => {
    const { operation, params } = findOperation(c);
    const query = readQuery(c, operation);
    const unmodifiedSince = readUnmodifiedSince(c, operation);
    const body = await readBody(c, operation);
    const answer = await upstream.send({ operation, params, query, body, unmodifiedSince });
    return present(c, operation, answer);
  };
}

function findOperation(c: Context<GatewayEnv>): { operation: Operation; params: Record<string, string> } {
  const pathname = c.req.path.slice(prefix.length);
  const matches = allOperations.flatMap((operation) => {
    const params = matchPath(operation, pathname);
    return params === undefined ? [] : [{ operation, params }];
  });
  if (matches.length === 0) throw notFound();
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const match = matches.find(({ operation }) => operation.method === method);
  if (match === undefined) {
    const allowed = matches
      .flatMap(({ operation }) => (operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method]))
      .join(', ');
    throw new Refusal(405, 'method_not_allowed', `This address takes ${allowed} only.`, { Allow: allowed });
  }
  return match;
}

function readQuery(c: Context<GatewayEnv>, operation: Operation): Record<string, string> | undefined {
  const given = Object.entries(c.req.queries());
  const query = Object.fromEntries(given.map(([name, values]) => [name, values[0] ?? '']));
  if (given.length === 0 && operation.query === undefined) return undefined;
  const repeated = given.find(([, values]) => values.length > 1);
  const parsed = operation.query?.safeParse(query);
  const known = typeof parsed?.data === 'object' && parsed.data !== null ? parsed.data : {};
  const wrong =
    repeated?.[0] ??
    parsed?.error?.issues[0]?.path.join('.') ??
    given.find(([name]) => !Object.hasOwn(known, name))?.[0];
  if (wrong !== undefined)
    throw new Refusal(400, 'parameter_invalid', `The query parameter "${wrong}" is not allowed.`);
  return query;
}

function readUnmodifiedSince(c: Context<GatewayEnv>, operation: Operation): number | undefined {
  const header = c.req.header(unmodifiedSinceHeader);
  if (header === undefined) return undefined;
  const milliseconds = Date.parse(header);
  // Ignoring the condition would overwrite what the caller wants to keep.
  if (operation.precondition === undefined || new Date(milliseconds || 0).toUTCString() !== header) {
    const message = `${unmodifiedSinceHeader} is not an HTTP date, or this operation cannot be made conditional.`;
    throw new Refusal(400, 'parameter_invalid', message);
  }
  return milliseconds / 1000;
}

async function present(c: Context<GatewayEnv>, operation: Operation, answer: UpstreamAnswer): Promise<Response> {
  const headers = new Headers({ 'Content-Type': 'application/json; charset=utf-8' });
  for (const name of passedOn) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const requestId = answer.headers.get('x-request-id');
  if (requestId !== null) c.set('requestId', requestId);
  assertTelling(operation, answer);

  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  const compressed = await compress(answer.body, encoding);
  headers.set('Vary', 'Accept-Encoding');
  if (compressed !== undefined && encoding !== undefined) headers.set('Content-Encoding', encoding);
  // A status such as 204 allows no body, not even an empty one.
  const body = answer.body.byteLength === 0 ? null : (compressed ?? answer.body);
  return new Response(body, { status: answer.status, headers });
}

/** Every failure reaches the browser with the envelope that it reads, so one without words gets the gateway's. */
function assertTelling(operation: Operation, { status, body }: UpstreamAnswer): void {
  // A 429 says in its headers when to go on, which is what matters.
  if (status <= 599 && (status < 400 || status === 429 || body.byteLength > 0)) return;
  if (operation.method !== 'GET' && status >= 500) {
    const message = 'The workspace failed without saying why; see whether the change was made before you repeat it.';
    throw new Refusal(502, 'outcome_unknown', message);
  }
  const message = `The workspace refused with status ${status} and did not say why; try again.`;
  throw new Refusal(502, 'unusable_answer', message);
}
