import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { ErrorList } from '#contract/errors.ts';
import type { Database } from '#database/database.ts';
import { openTestDatabase } from '#database/testing.ts';
import { admins } from './admins/tables.ts';
import { hashToken } from './http/authentication.ts';
import type { WorkspaceApp } from './http/server.ts';
import { seedWorkspace } from './seed.ts';
import { workspaces } from './tables.ts';
import { createWorkspace, type WorkspaceOptions } from './workspace.ts';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

export interface Asked {
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
  /** Null sends none. */
  token?: string | null;
}

export type Ask = <Body = ErrorList>(method: string, path: string, asked?: Asked) => Promise<Answer<Body>>;

type ServerOptions = Partial<Pick<WorkspaceOptions, 'rateLimit' | 'faults' | 'inner'>>;

export interface TestWorkspace {
  database: Database;
  app: WorkspaceApp;
  ask: Ask;
  /** Asks another server of the same workspaces, one with `options`. */
  asking: (options: ServerOptions) => Ask;
  /** What the workspace takes for the time; a test may move it. */
  time: { now: number };
  token: string;
  /** Opens a second workspace, which has one admin (id 901) and nothing else. */
  otherToken: string;
  close: () => Promise<void>;
}

export const startOfTime = 1_790_000_000;

function asker(app: WorkspaceApp, token: string): Ask {
  return async (method, path, { body, rawBody, headers = {}, token: sent = token } = {}) => {
    const content = rawBody ?? (body === undefined ? null : JSON.stringify(body));
    const request = new Request(new URL(path, 'http://workspace.test'), {
      method,
      headers: { ...(sent === null ? {} : { Authorization: `Bearer ${sent}` }), ...headers },
      body: content,
      ...(content instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    const response = await app.fetch(request);
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  };
}

/**
 * A workspace on a database of its own, beside a second one that nobody may see into. `records` are the contacts,
 * companies, tags and tickets of the demo.
 */
export async function openTestWorkspace({
  seed = 'demo' as 'demo' | 'empty',
  records = false,
} = {}): Promise<TestWorkspace> {
  const database = await openTestDatabase();
  const { db } = database;
  const time = { now: startOfTime };
  const clock = () => time.now;
  const [token, otherToken] = ['test-token', 'token-of-another-workspace'];
  await seedWorkspace(db, { seed, records, token, clock });
  await db.insert(workspaces).values({
    id: 'w0other1',
    name: 'Another company',
    timezone: 'Etc/UTC',
    region: 'US',
    token_hash: hashToken(otherToken),
    admin_id: 901,
    created_at: time.now,
  });
  await db
    .insert(admins)
    .values({ workspace_id: 'w0other1', id: 901, name: 'Someone else', email: 'someone@else.example' });
  const serve = (options: ServerOptions) =>
    createWorkspace({
      db,
      clock,
      newId: () => randomUUID(),
      log: pino({ level: 'silent' }),
      rateLimit: 'off',
      ...options,
    });
  const app = serve({});
  return {
    database,
    app,
    ask: asker(app, token),
    asking: (options) => asker(serve(options), token),
    time,
    token,
    otherToken,
    close: () => database.close(),
  };
}
