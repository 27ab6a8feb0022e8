import type { Context } from 'hono';
import type { Operation } from '#contract/operation.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { Refusal } from './refusal.ts';

/** The query as the operation knows it. Throws a `Refusal` for a parameter that it does not know, or given twice. */
export function readQuery(c: Context<GatewayEnv>, operation: Operation): Record<string, string> | undefined {
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
