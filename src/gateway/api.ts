import type { Context } from 'hono';
import { isRead, type Operation } from '#contract/operation.ts';
import { type OperationName, operations } from '#contract/operations.ts';
import { fillPath, unmodifiedSinceHeader } from '#contract/request.ts';
import type { Db } from '#database/database.ts';
import { readClaim } from './activity/idempotency.ts';
import { logActivity } from './activity/log.ts';
import type { CarryOut } from './activity/write.ts';
import type { ActAs } from './actor/actor.ts';
import { attemptOf, authorise, requireCaller } from './authorise.ts';
import { readBody } from './body.ts';
import { chooseEncoding, compress } from './encoding.ts';
import { findOperation } from './find-operation.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { readQuery } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Upstream, UpstreamAnswer } from './upstream.ts';
import { headersPassedOn } from './upstream-answer.ts';

const prefix = '/api';
const find = findOperation(Object.entries(operations) as [OperationName, Operation][]);

/**
 * Answers `/api/…`: lets exactly the contract's operations through, and of them only what the contract says, for who
 * may use them. HEAD is answered as GET; the body is left out by whoever sends the answer.
 */
export function createApi(options: {
  upstream: Upstream;
  carryOut: CarryOut;
  actAs: ActAs;
  db: Db;
  addressOf: (c: Context<GatewayEnv>) => string;
}) {
  const { upstream, carryOut, actAs, db, addressOf } = options;
  return async (c: Context<GatewayEnv>): Promise<Response> => {
    const caller = requireCaller(c);
    const { name, operation, params } = find(c.req.method, c.req.path.slice(prefix.length));
    const object = fillPath(operation.path, params);
    const attempt = attemptOf(c, { operation: name, object, address: addressOf(c) });
    try {
      authorise(c, name);
    } catch (error) {
      if (error instanceof Refusal) {
        await logActivity(db, attempt, { status: error.status, refusal: error.code });
      }
      throw error;
    }
    const query = readQuery(c, operation);
    const unmodifiedSince = readUnmodifiedSince(c, operation);
    const body = await readBody(c, operation);
    const call = { operation, params, query, body, unmodifiedSince };
    if (isRead(operation)) return present(c, operation, await upstream.send(call));
    // Of what the browser sent: whose name it goes under may be another one when it is sent again.
    const claim = readClaim(c, call, caller.id);
    return present(c, operation, await carryOut({ call: await actAs(caller, call), attempt, claim }));
  };
}

function readUnmodifiedSince(c: Context<GatewayEnv>, operation: Operation): number | undefined {
  const header = c.req.header(unmodifiedSinceHeader);
  if (header === undefined) return undefined;
  const milliseconds = Date.parse(header);
  // Ignoring the condition would overwrite what the caller wants to keep.
  if (operation.target === undefined || new Date(milliseconds || 0).toUTCString() !== header) {
    const message = `${unmodifiedSinceHeader} is not an HTTP date, or this operation cannot be made conditional.`;
    throw new Refusal(400, 'parameter_invalid', message);
  }
  return milliseconds / 1000;
}

async function present(c: Context<GatewayEnv>, operation: Operation, answer: UpstreamAnswer): Promise<Response> {
  const headers = new Headers({ 'Content-Type': 'application/json; charset=utf-8', ...headersPassedOn(answer) });
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
  if (!isRead(operation) && status >= 500) {
    const message = 'The workspace failed without saying why; see whether the change was made before you repeat it.';
    throw new Refusal(502, 'outcome_unknown', message);
  }
  const message = `The workspace refused with status ${status} and did not say why; try again.`;
  throw new Refusal(502, 'unusable_answer', message);
}
