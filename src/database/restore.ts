import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extract } from 'tar';
import { backupsFolder, listBackups } from './pglite/backup-files.ts';
import { databaseFolder, openFiles, writeMarker } from './pglite/data-folder.ts';
import { DataFolderError } from './pglite/data-folder-error.ts';
import { lockFolder } from './pglite/folder-lock.ts';

/**
 * Puts a backup in the place of the database of `dataDir`, which is kept aside. Returns where it is kept, or undefined
 * when there was none. Throws a `DataFolderError` when a process uses the folder or the backup is unknown or unreadable.
 */
export async function restoreBackup(dataDir: string, name: string): Promise<string | undefined> {
  const backups = await listBackups(dataDir);
  const backup = name === 'newest' ? backups[0] : backups.find((each) => each.name === name);
  if (backup === undefined) {
    throw new DataFolderError(
      `No backup "${name}" in ${backupsFolder(resolve(dataDir))}: run it without a name for a list.`,
    );
  }
  const lock = await lockFolder(dataDir);
  try {
    const unpacked = join(dataDir, 'pglite.restored');
    await rm(unpacked, { recursive: true, force: true });
    await mkdir(unpacked, { recursive: true });
    try {
      await extract({ file: join(backupsFolder(dataDir), backup.name), cwd: unpacked });
      await (await openFiles(unpacked)).close();
    } catch (error) {
      await rm(unpacked, { recursive: true, force: true });
      const cause = error instanceof Error ? error.message : String(error);
      throw new DataFolderError(`${backup.name} cannot be opened: ${cause}. Nothing was changed; restore another one.`);
    }
    const aside = `${databaseFolder(dataDir)}.${new Date().toISOString().replace(/[:.]/g, '-')}`;
    const kept = await rename(databaseFolder(dataDir), aside).then(
      () => aside,
      () => undefined,
    );
    await rename(unpacked, databaseFolder(dataDir));
    await writeMarker(dataDir, backup === backups[0]);
    return kept;
  } finally {
    await lock.release();
  }
}

async function main(): Promise<string> {
  if (process.env.DATABASE_URL) {
    return 'DATABASE_URL is set, so the data is on your PostgreSQL server: restore it with pg_restore or your provider.';
  }
  const dataDir = process.env.DATA_DIR || '.data';
  const name = process.argv[2];
  if (name === undefined) {
    const backups = await listBackups(dataDir);
    const lines = backups.map((backup) => `  ${backup.name}  made ${backup.madeAt.toLocaleString()}`);
    return backups.length === 0
      ? `There is no backup in ${backupsFolder(resolve(dataDir))}.`
      : [
          'Backups, newest first:',
          ...lines,
          'Restore one with `npm run restore -- NAME`, or `npm run restore -- newest`.',
        ].join('\n');
  }
  const kept = await restoreBackup(dataDir, name);
  return `Restored.${kept === undefined ? '' : ` What was there before is kept in ${resolve(kept)}.`} Start Deskbell again.`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(`${await main()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof DataFolderError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
