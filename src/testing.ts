import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '#contract/gateway/roles.ts';
import { createTestDatabaseUrl, fillTestFolder } from '#database/testing.ts';
import { buildTestDashboard, fromOwnPage } from '#gateway/testing.ts';
import { parseConfig } from './config.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** Settings of a server of its own on free ports, on the database of this run. */
export async function testSettings(dataDir: string): Promise<Record<string, string>> {
  const isPostgresql = process.env.TEST_DATABASE === 'postgresql';
  if (!isPostgresql) await fillTestFolder(dataDir);
  return {
    PORT: '0',
    WORKSPACE_PORT: '0',
    DATA_DIR: dataDir,
    ...(isPostgresql && { DATABASE_URL: await createTestDatabaseUrl() }),
  };
}

export interface TestServer extends RunningServer {
  /** A browser that nobody has signed in with. */
  browser(): TestBrowser;
  /** A browser signed in by the demo's account with that role. */
  as(role: Role): Promise<TestBrowser>;
  settings: Record<string, string>;
}

/** The running server with its own database and data folder, which `stop` removes. */
export async function startTestServer(more: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-server-'));
  const dashboardDir = await buildTestDashboard();
  const settings = { ...(await testSettings(path.join(folder, 'data'))), ...more };
  const server = await startServer(parseConfig(settings), { dashboardDir });
  const browser = () => new TestBrowser(server.urls.dashboard);
  return {
    ...server,
    settings,
    browser,
    as: async (role) => {
      const opened = browser();
      const answer = await opened.ask('POST', '/gateway/sign-in/demo', { role });
      if (answer.status !== 200) throw new Error(`The demo's ${role} cannot sign in: ${answer.text}`);
      return opened;
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(dashboardDir, { recursive: true, force: true });
    },
  };
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed JSON; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any;
  /** The code of the first error. */
  code: string | undefined;
}

/** Sends what a browser at our own page would send, and keeps the cookies. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async ask(
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<TestAnswer> {
    const isCreate = method === 'POST' && address.startsWith('/api/');
    const response = await fetch(this.url + address, {
      method,
      headers: {
        ...(method === 'GET' ? {} : fromOwnPage),
        ...(isCreate && { 'Idempotency-Key': randomUUID() }),
        ...(this.cookies.size > 0 && { Cookie: this.cookie }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    // A stream of events has no end: of it only the head is looked at.
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') && text !== '';
    const parsed = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body: parsed, code: parsed?.errors?.[0]?.code };
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
