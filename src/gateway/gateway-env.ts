import type { HttpBindings } from '@hono/node-server';

/** What a request brings along: Node's own request where it came over a socket, and the id that its answer carries. */
export interface GatewayEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string };
}
