import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import type { DrawPage } from '#contract/page.ts';
import { type Database, openDatabase } from '#database/database.ts';
import { type Jobs, startJobs } from '#database/jobs.ts';
import { createEmbeddedUpstream } from '#gateway/embedded-upstream.ts';
import { createGateway } from '#gateway/gateway.ts';
import { createIntercomUpstream } from '#gateway/intercom-upstream.ts';
import type { Upstream } from '#gateway/upstream.ts';
import { embeddedWorkspaceId, seedWorkspace } from '#workspace/seed.ts';
import { createWorkspace } from '#workspace/workspace.ts';
import type { Config } from './config.ts';
import { type Listener, listen } from './listen.ts';
import { createLog } from './log.ts';
import { keptSecret } from './secrets.ts';
import { StartError } from './start-error.ts';

export interface RunningServer {
  urls: {
    dashboard: string;
    /** The embedded workspace's API; undefined when the upstream is Intercom. */
    workspace: string | undefined;
  };
  log: Logger;
  /** Finishes what runs, then gives everything back. Stopping twice is fine. */
  stop(): Promise<void>;
}

// The built server stands in dist/server, beside the dashboard's files. The sources leave those to Vite.
const builtDashboard = path.resolve(import.meta.dirname, '../dashboard');

const builtDrawing = path.join(import.meta.dirname, 'draw-page.js');

const clock = () => Math.floor(Date.now() / 1000);

/** Starts everything that a Deskbell process consists of. Throws what stands in the way, having given back the rest. */
export async function startServer(config: Config, options: { dashboardDir?: string } = {}): Promise<RunningServer> {
  const secrets = new Set<string>();
  if (config.upstream.kind === 'intercom') secrets.add(config.upstream.token);
  if (config.databaseUrl !== undefined) addPassword(secrets, config.databaseUrl);
  const log = createLog(config.logLevel, secrets);

  const { host } = config;
  const database = await openDatabaseOf(config, log);
  const listeners: Listener[] = [];
  let jobs: Jobs | undefined;
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    await jobs?.stop();
    await database.close();
  };
  let closing: Promise<void> | undefined;
  const stop = () => {
    closing ??= close();
    return closing;
  };

  try {
    const { upstream, workspace } = await openUpstream(config, { database, secrets, log });
    const { dashboardDir = builtDashboard } = options;
    const gateway = createGateway({ upstream, database, log, dashboardDir, drawPage: await builtDrawPage() });
    const urls: RunningServer['urls'] = { dashboard: '', workspace: undefined };
    if (workspace !== undefined) {
      const listener = await listen(workspace, { host, port: config.workspacePort, setting: 'WORKSPACE_PORT', log });
      listeners.push(listener);
      urls.workspace = listener.url;
    }
    const listener = await listen(gateway, { host, port: config.port, setting: 'PORT', log });
    listeners.push(listener);
    urls.dashboard = listener.url;
    jobs = await startJobs(database, log);
    return { urls, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabaseOf({ dataDir, databaseUrl }: Config, log: Logger): Promise<Database> {
  try {
    return await openDatabase({ dataDir, databaseUrl, log });
  } catch (error) {
    if (databaseUrl === undefined || !(error instanceof Error)) throw error;
    // What PostgreSQL says never repeats the password.
    const reason = error.message || ('code' in error ? error.code : error.name);
    throw new StartError(`The database of DATABASE_URL cannot be used: ${reason}.`, { cause: error });
  }
}

async function openUpstream(
  config: Config,
  { database, secrets, log }: { database: Database; secrets: Set<string>; log: Logger },
): Promise<{ upstream: Upstream; workspace?: ReturnType<typeof createWorkspace> }> {
  if (config.upstream.kind === 'intercom') {
    return { upstream: createIntercomUpstream({ ...config.upstream, log }) };
  }
  const { db } = database;
  const token = config.workspaceToken ?? (await keptSecret(config.dataDir, 'workspace-token'));
  secrets.add(token);
  // Of several processes on one PostgreSQL none takes the token from the others, unless it was told to.
  const replacesToken = config.databaseUrl === undefined || config.workspaceToken !== undefined;
  await seedWorkspace(db, { seed: config.seed, token, replacesToken, clock });
  const inner = { token: randomBytes(32).toString('base64url'), workspaceId: embeddedWorkspaceId };
  secrets.add(inner.token);
  const workspace = createWorkspace({ db, clock, newId: randomUUID, log, rateLimit: config.workspaceRateLimit, inner });
  return {
    upstream: createEmbeddedUpstream({ fetch: (request) => workspace.fetch(request), token: inner.token }),
    workspace,
  };
}

/** The dashboard's drawing of its screens; undefined where only the sources are, as in development. */
async function builtDrawPage(): Promise<DrawPage | undefined> {
  if (!existsSync(builtDrawing)) return undefined;
  const built: { drawPage: DrawPage } = await import(pathToFileURL(builtDrawing).href);
  return built.drawPage;
}

function addPassword(secrets: Set<string>, databaseUrl: string): void {
  const { password } = new URL(databaseUrl);
  if (password !== '') secrets.add(password).add(decodeURIComponent(password));
}
