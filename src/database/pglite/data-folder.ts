import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import { backupsFolder, listBackups } from './backup-files.ts';
import { DataFolderError } from './data-folder-error.ts';
import { extensions } from './extensions.ts';

const markerSchema = z.object({ createdAt: z.string(), backedUp: z.boolean() });
type Marker = z.infer<typeof markerSchema>;

// Without PG_VERSION PGlite starts an empty database on top of the old files; without the others it only aborts.
const necessaryFiles = ['PG_VERSION', 'postgresql.conf', join('global', 'pg_control'), 'base', 'pg_wal'];

/** PGlite's files inside the data folder. */
export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'pglite');
}

function markerFile(dataDir: string): string {
  return join(dataDir, 'pglite.json');
}

/** What is remembered of the data in `dataDir`; undefined when nothing is, or not readably. */
async function readMarker(dataDir: string): Promise<Marker | undefined> {
  return readFile(markerFile(dataDir), 'utf8')
    .then((text) => markerSchema.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
}

/** Remembers that `dataDir` holds data, and whether all of it is in the newest backup. */
export async function writeMarker(dataDir: string, backedUp: boolean): Promise<void> {
  const createdAt = (await readMarker(dataDir))?.createdAt ?? new Date().toISOString();
  const file = markerFile(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify({ createdAt, backedUp } satisfies Marker)}\n`);
  await rename(`${file}.new`, file);
}

async function damaged(dataDir: string, cause: string): Promise<DataFolderError> {
  const folder = resolve(dataDir);
  const newest = (await listBackups(dataDir))[0];
  const next =
    newest === undefined
      ? `There is no backup in ${backupsFolder(folder)}: bring back the whole folder from a copy of your own, or remove it to start with an empty workspace.`
      : `The newest backup is ${newest.name}: go back to it with \`DATA_DIR=${folder} npm run restore -- ${newest.name}\`.`;
  return new DataFolderError(
    `The database in ${databaseFolder(folder)} cannot be opened: ${cause}. Nothing was overwritten. ${next}`,
  );
}

async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Opens PGlite's files as they are. The error's message is what Postgres said last before it gave up. */
export async function openFiles(folder: string): Promise<PGlite> {
  const said: string[] = [];
  const onStderr = (line: string) => {
    said.push(line);
    return false;
  };
  const exitCode = process.exitCode;
  try {
    return await PGlite.create({ dataDir: folder, onStderr, extensions });
  } catch (error) {
    const last = said
      .findLast((line) => /\b(PANIC|FATAL|ERROR):/.test(line))
      ?.replace(/^.*?(PANIC|FATAL|ERROR):\s*/, '');
    throw new Error(last ?? (error instanceof Error ? error.message : String(error)), { cause: error });
  } finally {
    // The engine sets the exit code of the whole process when it gives up.
    process.exitCode = exitCode;
  }
}

// Made beside its place and moved there when whole, so that a start killed half-way leaves nothing that looks like data.
async function createData(dataDir: string, prepare: (client: PGlite) => Promise<void>): Promise<void> {
  const made = join(dataDir, 'pglite.new');
  const client = await PGlite.create(made, { extensions });
  try {
    await prepare(client);
  } finally {
    await client.close();
  }
  await rename(made, databaseFolder(dataDir));
  await writeMarker(dataDir, false);
}

/**
 * Opens the database of a locked `dataDir`, after making it when the folder never held one; `prepare` migrates it.
 * Throws a `DataFolderError` for a folder whose data is missing or damaged, and then has changed nothing.
 */
export async function openData(
  dataDir: string,
  prepare: (client: PGlite) => Promise<void>,
): Promise<{ client: PGlite; backedUp: boolean }> {
  const folder = databaseFolder(dataDir);
  await mkdir(dataDir, { recursive: true });
  await rm(join(dataDir, 'pglite.new'), { recursive: true, force: true });
  const files = await filesIn(folder);
  const heldData = existsSync(markerFile(dataDir)) || (await listBackups(dataDir)).length > 0;
  if (files.length === 0) {
    if (heldData) {
      throw await damaged(dataDir, 'its files are gone, though this folder once held data');
    }
    await rm(folder, { recursive: true, force: true });
    await createData(dataDir, prepare);
  }
  const missing = necessaryFiles.find((name) => !existsSync(join(folder, name)));
  if (missing !== undefined) {
    throw await damaged(dataDir, `${missing} is missing`);
  }
  let client: PGlite;
  try {
    client = await openFiles(folder);
  } catch (error) {
    throw await damaged(dataDir, error instanceof Error ? error.message : String(error));
  }
  try {
    const { rows } = await client.query<{ found: boolean }>(
      `select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
    );
    if (rows[0]?.found !== true) {
      throw await damaged(dataDir, 'it holds none of our tables');
    }
    await prepare(client);
  } catch (error) {
    await client.close().catch(() => {});
    throw error;
  }
  const backedUp = (await readMarker(dataDir))?.backedUp ?? false;
  await writeMarker(dataDir, false);
  return { client, backedUp };
}
