import { constants } from 'node:fs';
import { cp, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { create, extract } from 'tar';
import { openFiles } from './data-folder.ts';

export interface CopyRequest {
  step: 'copy';
  from: string;
  to: string;
}

export interface ArchiveRequest {
  step: 'archive';
  /** The live folder, whose write-ahead log completes the copy. */
  from: string;
  copy: string;
  /** The content of backup_label as Postgres gave it. */
  label: string;
  workingFolder: string;
  archive: string;
  /** Tables that had rows: schema and name, quoted. */
  filledTables: string[];
}

export interface StepResult {
  error?: string;
  rows?: number;
}

async function copyData({ from, to }: CopyRequest): Promise<StepResult> {
  const log = join(from, 'pg_wal');
  await cp(from, to, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source) => !source.startsWith(`${log}/`) && basename(source) !== 'postmaster.pid',
  });
  return {};
}

// The segments written since the backup began are what turns files copied at different moments into one state.
async function copyLog(from: string, to: string, label: string): Promise<void> {
  const first = /\(file ([0-9A-F]{24})\)/.exec(label)?.[1];
  if (first === undefined) {
    throw new Error('Postgres did not say where the backup starts');
  }
  await mkdir(join(to, 'pg_wal', 'archive_status'), { recursive: true });
  for (const name of await readdir(join(from, 'pg_wal'))) {
    if (/^[0-9A-F]{24}$/.test(name) && name >= first) {
      await cp(join(from, 'pg_wal', name), join(to, 'pg_wal', name));
    }
  }
}

/** Opens the unpacked archive, reads every table in full, and returns the number of rows. Throws what is wrong. */
async function verify(archive: string, folder: string, filledTables: string[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  await extract({ file: archive, cwd: folder });
  const client = await openFiles(folder);
  try {
    let total = 0;
    for (const table of filledTables) {
      const { rows } = await client.query<{ count: number }>(`select count(*)::float8 as count from ${table}`);
      const count = rows[0]?.count ?? 0;
      if (count === 0) {
        throw new Error(`${table} has rows, but none in the backup`);
      }
      total += count;
    }
    return total;
  } finally {
    await client.close();
  }
}

async function makeArchive(request: ArchiveRequest): Promise<StepResult> {
  await writeFile(join(request.copy, 'backup_label'), request.label);
  await copyLog(request.from, request.copy, request.label);
  const unverified = join(request.workingFolder, 'unverified.tar.gz');
  await create({ file: unverified, cwd: request.copy, gzip: { level: 5 }, portable: true }, ['.']);
  const rows = await verify(unverified, join(request.workingFolder, 'check'), request.filledTables);
  const file = await open(unverified, 'r+');
  await file.sync();
  await file.close();
  await rename(unverified, request.archive);
  return { rows };
}

parentPort?.on('message', (request: CopyRequest | ArchiveRequest) => {
  const step = request.step === 'copy' ? copyData(request) : makeArchive(request);
  step
    .catch((error: unknown): StepResult => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((result) => parentPort?.postMessage(result));
});
