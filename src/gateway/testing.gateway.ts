import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { roles } from '#contract/gateway/roles.ts';
import type { DrawPage } from '#contract/page.ts';
import { idempotencyKeyHeader } from '#contract/request.ts';
import type { Database } from '#database/database.ts';
import { openTestDatabase } from '#database/testing.ts';
import type { Caller } from './auth/identify.ts';
import { createEmbeddedUpstream } from './embedded-upstream.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { testToken } from './testing.ts';
import type { Upstream } from './upstream.ts';

/** One for each test file that imports this. */
export const testDatabase: Database = await openTestDatabase();
afterAll(() => testDatabase.close());

const testSecret = 'a secret of tests with 0123456789 letters, and many of them';

/** Someone who may do everything. */
const testCaller: Caller = {
  id: 'tester',
  name: 'Tess Tester',
  email: 'tess@example.com',
  roles: [...roles],
  secondFactor: false,
  sessionId: 'none',
};

interface TestGatewayOptions {
  dashboardDir?: string;
  drawPage?: DrawPage;
  ping?: () => Promise<void>;
  lines?: string[];
  publicUrl?: string | undefined;
  offersDemo?: boolean;
  wakeBatch?: (id: string) => void;
}

/** What a gateway needs besides an upstream. */
function gatewayOptions({ lines = [] }: { lines?: string[] } = {}): Omit<GatewayOptions, 'upstream'> {
  return {
    database: testDatabase,
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    dashboardDir: 'no-such-folder',
    signIn: { secret: testSecret, isSecure: false, oidc: undefined, offersDemo: false },
    origin: () => 'http://127.0.0.1:8080',
    tell: () => {},
    personRateLimit: 'off',
  };
}

/** A gateway that takes every request for one of `testCaller`, with a key of its own for every create. */
export function gatewayOn(upstream: Upstream, options: TestGatewayOptions = {}): Hono<GatewayEnv> {
  const { ping, lines, offersDemo = false, ...others } = options;
  const database = ping === undefined ? testDatabase : { ...testDatabase, ping };
  const needed = gatewayOptions(lines && { lines });
  const signIn = { ...needed.signIn, offersDemo };
  const app = createGateway({ ...needed, ...others, signIn, upstream, database });
  const ask = app.request.bind(app);
  app.request = (input, init = {}, env: GatewayEnv['Bindings'] = { caller: testCaller }) => {
    const headers = new Headers(init.headers);
    if (init.method === 'POST' && !headers.has(idempotencyKeyHeader)) headers.set(idempotencyKeyHeader, randomUUID());
    return ask(input, { ...init, headers }, env);
  };
  return app;
}

/** An embedded upstream that answers everything alike, and what it was asked. */
export function recordingUpstream(
  answer: (request: Request) => Response | Promise<Response> = () => Response.json({ type: 'list', data: [] }),
) {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return answer(request);
  };
  return { requests, upstream: createEmbeddedUpstream({ fetch, db: testDatabase.db, token: testToken }) };
}
