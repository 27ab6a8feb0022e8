import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { requiredMessage } from '#contract/fields.ts';
import { type GatewayOperationName, gatewayOperations } from '#contract/gateway/operations.ts';
import { isRead, type Operation, type ParamsOf, type ResponseOf } from '#contract/operation.ts';
import type { Db } from '#database/database.ts';
import { type Attempt, logActivity } from './activity/log.ts';
import { attemptOf, authorise } from './authorise.ts';
import { readBody } from './body.ts';
import { findOperation } from './find-operation.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { readQuery } from './query.ts';
import { invalidField, Refusal } from './refusal.ts';

type Parsed<Op, Part extends 'query' | 'body'> =
  Op extends Readonly<Record<Part, infer Schema extends z.ZodMiniType>> ? z.output<Schema> : undefined;

/** One request that may be made, and whose parts fit the operation. */
export interface OwnCall<Op> {
  c: Context<GatewayEnv>;
  params: ParamsOf<Op>;
  query: Parsed<Op, 'query'>;
  body: Parsed<Op, 'body'>;
  /** The network address, and what the log is to say. */
  attempt: Attempt;
}

type Operations = typeof gatewayOperations;
type Handler<Op> = (call: OwnCall<Op>) => Promise<ResponseOf<Op> | Response>;

/** What answers each of the gateway's own operations. */
export type Handlers = { readonly [Name in GatewayOperationName]: Handler<Operations[Name]> };

const find = findOperation(Object.entries(gatewayOperations) as [GatewayOperationName, Operation][]);

// They change nothing that the log is about: what a link is for, the way to the provider, what a passkey is to sign.
const unlogged: ReadonlySet<GatewayOperationName> = new Set(['readLink', 'signInSso', 'startPasskeySignIn']);

/** Answers the gateway's own operations. A handler writes the entry of what it did; refusals get theirs here. */
export function createOwnApi(options: { handlers: Handlers; db: Db; addressOf: (c: Context<GatewayEnv>) => string }) {
  const { handlers, db, addressOf } = options;
  return async (c: Context<GatewayEnv>): Promise<Response> => {
    const { name, operation, params } = find(c.req.method, c.req.path);
    const attempt = attemptOf(c, { operation: name, address: addressOf(c) });
    try {
      authorise(c, name);
      const query = readQuery(c, operation);
      const body = await readParsedBody(c, operation);
      // Each part was parsed by the schema of this very operation.
      const handle = handlers[name] as Handler<Operation>;
      const answer = await handle({ c, params, query, body, attempt } as OwnCall<Operation>);
      return answer instanceof Response ? answer : c.json(answer as object);
    } catch (error) {
      const isWrite = !isRead(operation) && !unlogged.has(name);
      const isForbidden = error instanceof Refusal && error.status === 403;
      if (error instanceof Refusal && error.isLogged && error.status !== 400 && (isWrite || isForbidden)) {
        await logActivity(db, attempt, { status: error.status, refusal: error.code });
      }
      throw error;
    }
  };
}

async function readParsedBody(c: Context<GatewayEnv>, operation: Operation): Promise<unknown> {
  const text = await readBody(c, operation);
  if (text === undefined || operation.body === undefined) return undefined;
  const parsed = operation.body.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? 'body');
  const isUnsaid = issue?.code === 'invalid_type' || issue?.code === 'invalid_value';
  const isMissing = issue?.code === 'invalid_type' && issue.input === undefined;
  throw invalidField(field, isMissing ? requiredMessage : isUnsaid ? 'is invalid' : (issue?.message ?? 'is invalid'));
}
