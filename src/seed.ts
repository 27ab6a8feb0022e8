import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openDatabase } from '#database/database.ts';
import { DataFolderError } from '#database/pglite/data-folder-error.ts';
import { fillWorkspace } from '#workspace/seed/bulk.ts';
import { embeddedWorkspaceId, seedWorkspace } from '#workspace/seed.ts';
import { ConfigError, parseConfig } from './config.ts';
import { keptSecret } from './secrets.ts';

const usage = `Adds generated tickets to the embedded workspace until it has as many as asked for.

  npm run seed -- --tickets 100000 [--contacts 10000] [--parts-per-ticket 3]

It works on DATABASE_URL, or on the embedded database in DATA_DIR while no Deskbell runs on that. Ctrl-C stops it after
the tickets at hand; the next run goes on.
`;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= most)) throw new UsageError(`--${name} must be a whole number up to ${most}.`);
  return number;
}

function readArguments(args: string[]) {
  const options = { type: 'string' } as const;
  const read = () => {
    try {
      return parseArgs({
        args,
        options: { tickets: options, contacts: options, 'parts-per-ticket': options },
      }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
  const { tickets, contacts, 'parts-per-ticket': parts = '3' } = read();
  if (tickets === undefined) throw new UsageError('--tickets is missing.');
  return {
    tickets: wholeNumber('tickets', tickets, 10_000_000),
    contacts: contacts === undefined ? undefined : wholeNumber('contacts', contacts, 10_000_000),
    partsPerTicket: wholeNumber('parts-per-ticket', parts, 25),
  };
}

const grouped = new Intl.NumberFormat('en');

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s left`;
  return `${Math.ceil(seconds / 60)} min left`;
}

/** Shows how far it is: on one line of a terminal, on a line each elsewhere. */
function progressLine() {
  const { isTTY } = process.stdout;
  let what = '';
  let [startedAt, addedBefore] = [Date.now(), 0];
  return (progress: { what: string; done: number; target: number; added: number }) => {
    if (progress.what !== what) {
      if (what !== '' && isTTY) process.stdout.write('\n');
      what = progress.what;
      // The first chunk has warmed everything up, and is no measure for the others.
      [startedAt, addedBefore] = [Date.now(), progress.added];
    }
    const seconds = (Date.now() - startedAt) / 1000;
    const rate = (progress.added - addedBefore) / Math.max(seconds, 0.001);
    const left =
      rate > 0 ? `, ${grouped.format(Math.round(rate))}/s, ${timeLeft((progress.target - progress.done) / rate)}` : '';
    const line = `${grouped.format(progress.done)} of ${grouped.format(progress.target)} ${progress.what}${left}`;
    process.stdout.write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
}

async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2));
  const config = parseConfig(process.env);
  if (config.upstream.kind !== 'embedded') {
    throw new UsageError('INTERCOM_ACCESS_TOKEN is set, so the tickets are at Intercom: nothing is generated there.');
  }
  const clock = () => Math.floor(Date.now() / 1000);
  const database = await openDatabase({ ...config, log: pino({ level: 'silent' }) });
  try {
    const token = config.workspaceToken ?? (await keptSecret(config.dataDir, 'workspace-token'));
    await seedWorkspace(database.db, { seed: config.seed, token, replacesToken: false, clock });
    let isStopped = false;
    process.on('SIGINT', () => {
      if (isStopped) process.exit(130);
      isStopped = true;
      process.stdout.write('\nStopping after the rows at hand…\n');
    });
    const show = progressLine();
    const result = await fillWorkspace(database.db, {
      ...asked,
      workspaceId: embeddedWorkspaceId,
      // PGlite works in the memory of this process.
      chunkSize: database.kind === 'pglite' ? 5_000 : 10_000,
      clock,
      goOn: (progress) => {
        show(progress);
        return !isStopped;
      },
    });
    if (process.stdout.isTTY) process.stdout.write('\n');
    if (result === undefined) {
      throw new UsageError('The workspace has no ticket type in use: make one first, or start with SEED=demo.');
    }
    const there = `${grouped.format(result.tickets)} tickets and ${grouped.format(result.contacts)} contacts`;
    process.stdout.write(
      result.isComplete
        ? `The workspace has ${there}.\n`
        : `Stopped: the workspace has ${there}. Run the same command again to go on.\n`,
    );
    if (!result.isComplete) process.exitCode = 130;
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  const isKnown = error instanceof UsageError || error instanceof ConfigError || error instanceof DataFolderError;
  const message = isKnown ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${message}\n${error instanceof UsageError ? `\n${usage}` : ''}`);
  process.exitCode = 1;
}
