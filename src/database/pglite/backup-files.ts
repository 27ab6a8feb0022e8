import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Backup {
  name: string;
  /** UTC. */
  madeAt: Date;
}

const keptNewest = 12;
const keptDays = 7;
const namePattern = /^deskbell-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.tar\.gz$/;

/** Where the backups of a data folder are. */
export function backupsFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** The file name of a backup made at `madeAt`; names sort by time. */
export function backupName(madeAt: Date): string {
  return `deskbell-${madeAt.toISOString().replace(/[:.]/g, '-')}.tar.gz`;
}

/** The backups in `dataDir`, newest first; none when there is no such folder. */
export async function listBackups(dataDir: string): Promise<Backup[]> {
  const names = await readdir(backupsFolder(dataDir)).catch(() => []);
  return names
    .flatMap((name) => {
      const [, day, hour, minute, second, ms] = namePattern.exec(name) ?? [];
      return day === undefined ? [] : [{ name, madeAt: new Date(`${day}T${hour}:${minute}:${second}.${ms}Z`) }];
    })
    .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
}

/** Of `backups`, newest first, those to remove: all but the newest twelve and the last one of each of seven days. */
export function outdatedBackups(backups: Backup[]): Backup[] {
  const days = new Set<string>();
  return backups.filter((backup, index) => {
    const day = backup.madeAt.toISOString().slice(0, 10);
    const lastOfItsDay = !days.has(day) && days.size < keptDays;
    if (lastOfItsDay) {
      days.add(day);
    }
    return index >= keptNewest && !lastOfItsDay;
  });
}

/** Removes what the rotation no longer keeps. */
export async function rotateBackups(dataDir: string): Promise<void> {
  for (const { name } of outdatedBackups(await listBackups(dataDir))) {
    await rm(join(backupsFolder(dataDir), name), { force: true });
  }
}

/** An empty folder for a backup in the making; what an interrupted one left there is removed. */
export async function emptyWorkingFolder(dataDir: string): Promise<string> {
  const folder = join(backupsFolder(dataDir), 'working');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
