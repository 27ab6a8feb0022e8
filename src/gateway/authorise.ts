import type { Context } from 'hono';
import type { GatewayOperationName } from '#contract/gateway/operations.ts';
import type { OperationName } from '#contract/operations.ts';
import { access, mayUse } from './access.ts';
import type { Attempt } from './activity/log.ts';
import type { Caller } from './auth/identify.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { Refusal } from './refusal.ts';

const notSignedIn = () => new Refusal(401, 'not_signed_in', 'Sign in to Deskbell first.', { isLogged: false });

/** Who is signed in. Throws a `Refusal` with 401 when nobody is. */
export function requireCaller(c: Context<GatewayEnv>): Caller {
  const caller = c.get('caller');
  if (caller === undefined) throw notSignedIn();
  return caller;
}

/** Throws a `Refusal` unless whoever sends the request may use the operation, as of now. */
export function authorise(c: Context<GatewayEnv>, name: OperationName | GatewayOperationName): void {
  const allowed = access[name];
  if (allowed === 'anyone') return;
  const { roles } = requireCaller(c);
  if (mayUse(name, roles)) return;
  const needed = allowed.length === 1 ? allowed[0] : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  throw new Refusal(403, 'role_required', `This needs the role ${needed}.`);
}

/** What the log is to say of a request. */
export function attemptOf(
  c: Context<GatewayEnv>,
  options: { operation: string; object?: string | undefined; address: string },
): Attempt {
  const caller = c.get('caller');
  return {
    person: caller && { id: caller.id, name: caller.name },
    address: options.address,
    operation: options.operation,
    object: options.object,
    requestId: c.get('requestId'),
  };
}
