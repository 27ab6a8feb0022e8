import type { HttpBindings } from '@hono/node-server';
import type { Caller } from './auth/identify.ts';

export interface GatewayEnv {
  /** Node's own request where it came over a socket; `caller` where the gateway asks itself on someone's behalf. */
  Bindings: Partial<HttpBindings> & { caller?: Caller };
  Variables: {
    /** The id that the answer carries. */
    requestId: string;
    /** Who is signed in. */
    caller: Caller | undefined;
  };
}
