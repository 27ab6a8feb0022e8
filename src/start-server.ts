import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import type { DrawPage } from '#contract/page.ts';
import { type Database, openDatabase } from '#database/database.ts';
import { type Jobs, startJobs } from '#database/jobs.ts';
import { seedDemoPeople } from '#gateway/auth/demo.ts';
import { makeSetUpLink } from '#gateway/auth/first-owner.ts';
import { isSharedSecret } from '#gateway/auth/session-secret.ts';
import { type BatchRunner, createBatchRunner } from '#gateway/batches/runner.ts';
import { createEmbeddedUpstream } from '#gateway/embedded-upstream.ts';
import { createGateway } from '#gateway/gateway.ts';
import { createIntercomUpstream } from '#gateway/intercom-upstream.ts';
import { createMailer } from '#gateway/mail.ts';
import { startSweeping } from '#gateway/sweep.ts';
import type { Upstream } from '#gateway/upstream.ts';
import { embeddedWorkspaceId, seedWorkspace } from '#workspace/seed.ts';
import { startSweepingWorkspace } from '#workspace/sweep.ts';
import { createWorkspace } from '#workspace/workspace.ts';
import type { Config } from './config.ts';
import { type Listener, listen } from './listen.ts';
import { createLog } from './log.ts';
import { keptSecret, secretsOf } from './secrets.ts';
import { StartError } from './start-error.ts';

export interface RunningServer {
  urls: {
    dashboard: string;
    /** The embedded workspace's API; undefined when the upstream is Intercom. */
    workspace: string | undefined;
  };
  /** Makes the first owner, once; undefined where one can sign in, or the demo's accounts are offered. */
  setUpLink: string | undefined;
  log: Logger;
  /** Finishes what runs, then gives everything back. Stopping twice is fine. */
  stop(): Promise<void>;
}

// The built server stands in dist/server, beside the dashboard's files. The sources leave those to Vite.
const builtDashboard = path.resolve(import.meta.dirname, '../dashboard');

const builtDrawing = path.join(import.meta.dirname, 'draw-page.js');

const clock = () => Math.floor(Date.now() / 1000);

/** Starts everything that a Deskbell process consists of. Throws what stands in the way, having given back the rest. */
export async function startServer(
  config: Config,
  options: { dashboardDir?: string; tell?: (line: string) => void } = {},
): Promise<RunningServer> {
  const secrets = secretsOf(config);
  const log = createLog(config.logLevel, secrets);

  const { host, tls, publicUrl } = config;
  const database = await openDatabaseOf(config, log);
  const listeners: Listener[] = [];
  let jobs: Jobs | undefined;
  let batches: BatchRunner | undefined;
  const sweeping: { stop(): Promise<void> }[] = [];
  const stopping = new AbortController();
  const close = async () => {
    stopping.abort();
    await Promise.all(listeners.map((listener) => listener.close()));
    await batches?.stop();
    await Promise.all([jobs?.stop(), ...sweeping.map((one) => one.stop())]);
    await database.close();
  };
  let closing: Promise<void> | undefined;
  const stop = () => {
    closing ??= close();
    return closing;
  };

  try {
    const { upstream, workspace } = await openUpstream(config, { database, secrets, log });
    const { dashboardDir = builtDashboard, tell = say } = options;
    const sessionSecret = config.sessionSecret ?? (await keptSecret(config.dataDir, 'session-secret'));
    secrets.add(sessionSecret);
    const isShared = await isSharedSecret(database.db, sessionSecret);
    // Of the embedded database there is no other process: whoever changed the secret there knows.
    if (!isShared && database.kind === 'postgresql') tell(otherSecret);
    const offersDemo = isDemoOffered(config);
    if (offersDemo) await seedDemoPeople(database.db);
    const urls: RunningServer['urls'] = { dashboard: '', workspace: undefined };
    batches = createBatchRunner({ database, upstream, offersDemo, log });
    const gateway = createGateway({
      upstream,
      database,
      log,
      dashboardDir,
      drawPage: await builtDrawPage(),
      publicUrl,
      signIn: {
        secret: sessionSecret,
        isSecure: tls !== undefined || publicUrl?.startsWith('https:') === true,
        oidc: config.oidc,
        offersDemo,
      },
      origin: () => publicUrl ?? urls.dashboard,
      sendMail: config.mail && createMailer(config.mail, log).send,
      tell,
      trustedProxies: config.trustedProxies,
      personRateLimit: config.personRateLimit,
      wakeBatch: batches.wake,
      stopping: stopping.signal,
    });
    if (workspace !== undefined) {
      // Its API is for programs of this machine: its token is no sign-in, and it speaks plain HTTP.
      const ownHost = config.isLoopback ? host : '127.0.0.1';
      const options = { host: ownHost, port: config.workspacePort, setting: 'WORKSPACE_PORT', log };
      const listener = await listen(workspace, options);
      listeners.push(listener);
      urls.workspace = listener.url;
    }
    const listener = await listen(gateway, { host, port: config.port, setting: 'PORT', log, tls });
    listeners.push(listener);
    urls.dashboard = listener.url;
    jobs = await startJobs(database, log);
    await batches.start(jobs);
    sweeping.push(startSweeping(database.db, log));
    if (workspace !== undefined) sweeping.push(startSweepingWorkspace(database, log));
    const setUpLink = offersDemo ? undefined : await makeSetUpLink(database.db, publicUrl ?? urls.dashboard);
    return { urls, setUpLink, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everyone who reaches this Deskbell may use the demo's accounts: so only where that is this machine, and no customer's data. */
function isDemoOffered({ upstream, seed, isLoopback, publicUrl }: Config): boolean {
  return upstream.kind === 'embedded' && seed === 'demo' && isLoopback && publicUrl === undefined;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

const otherSecret =
  'Deskbell last started on this database with another SESSION_SECRET: who signed in or set up a second factor there ' +
  'has to do so again here, and the other way round. Give all its processes the same SESSION_SECRET.';

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
    upstream: createEmbeddedUpstream({
      fetch: (request, within) => workspace.fetch(request, within),
      db,
      token: inner.token,
    }),
    workspace,
  };
}

/** The dashboard's drawing of its screens; undefined where only the sources are, as in development. */
async function builtDrawPage(): Promise<DrawPage | undefined> {
  if (!existsSync(builtDrawing)) return undefined;
  const built: { drawPage: DrawPage } = await import(pathToFileURL(builtDrawing).href);
  return built.drawPage;
}
