import { setTimeout as wait } from 'node:timers/promises';
import { DataFolderError } from '#database/pglite/data-folder-error.ts';
import { ConfigError, parseConfig } from './config.ts';
import { StartError } from './start-error.ts';
import { type RunningServer, startServer } from './start-server.ts';

const longestStopMs = 25_000;

const starting = start();
let isStopping = false;

async function start(): Promise<RunningServer> {
  const config = parseConfig(process.env);
  const server = await startServer(config);
  const { dashboard, workspace } = server.urls;
  const upstream =
    workspace === undefined ? 'It works against Intercom.' : `Its own workspace has its API on ${workspace}.`;
  const publicName = config.publicUrl === undefined ? '' : `, for ${config.publicUrl}`;
  const { setUpLink } = server;
  const next =
    setUpLink === undefined ? '' : `Nobody can sign in yet. Make the first owner, within a day: ${setUpLink}\n`;
  process.stdout.write(`Deskbell is ready on ${dashboard}${publicName}. ${upstream}\n${next}`);
  return server;
}

/** Gives everything back, then ends the process. Asked a second time, it ends at once. */
async function stop(exitCode: number): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  const stopped = starting.then((server) => server.stop()).then(() => exitCode);
  process.exit(await Promise.race([stopped, wait(longestStopMs, 1)]).catch(() => 1));
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof DataFolderError) {
    // Another process may use the folder by now, so not even the database is closed: that would write into it.
    process.stderr.write(`Deskbell stops. ${error.message}\n`);
    process.exit(1);
  }
  const { log } = await starting;
  log.fatal({ err: error }, 'Deskbell stops: something failed that nobody expected');
  await stop(1);
}

/** One sentence where the cause is known, and for a defect where it happened. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isKnown = error instanceof ConfigError || error instanceof StartError || error instanceof DataFolderError;
  return isKnown ? error.message : (error.stack ?? error.message);
}

process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));

starting.then(
  () => {
    process.on('uncaughtException', (error) => void fail(error));
    process.on('unhandledRejection', (error) => void fail(error));
  },
  (error: unknown) => {
    process.stderr.write(`Deskbell cannot start. ${explain(error)}\n`);
    process.exit(1);
  },
);
