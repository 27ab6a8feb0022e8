import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pino } from 'pino';
import { beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../database.ts';
import { restoreBackup } from '../restore.ts';
import { fillTestFolder } from '../testing.ts';
import { backupName, backupsFolder, listBackups, outdatedBackups } from './backup-files.ts';
import { startBackups } from './backups.ts';
import { databaseFolder } from './data-folder.ts';
import { extensions } from './extensions.ts';

vi.setConfig({ testTimeout: 60_000 });

const log = pino({ level: 'silent' });
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'deskbell-backups-'));
  await fillTestFolder(dataDir);
  return () => rm(dataDir, { recursive: true, force: true });
});

test('a backup made during writes holds what was there when it began and can be restored', async () => {
  const client = await PGlite.create(databaseFolder(dataDir), { extensions });
  await client.exec('create table notes (id serial primary key, body text)');
  await client.exec(`insert into notes (body) select repeat('a', 500) from generate_series(1, 2000)`);
  const backups = startBackups({ client, dataDir, backedUp: false, log });
  let done = false;
  const backup = backups.backUp().finally(() => {
    done = true;
  });
  let written = 2_000;
  while (!done) {
    await client.query(`insert into notes (body) values ('during')`);
    await client.query(`update notes set body = 'changed' where id = $1`, [(written % 2_000) + 1]);
    written += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(existsSync((await backup) ?? '')).toBe(true);
  await client.close();

  const kept = await restoreBackup(dataDir, 'newest');
  expect(existsSync(join(kept ?? '', 'PG_VERSION'))).toBe(true);
  const restored = await PGlite.create(databaseFolder(dataDir), { extensions });
  const { rows } = await restored.query<{ count: number; last: number }>(
    'select count(*)::int as count, max(id) as last from notes',
  );
  expect(rows[0]?.count).toBe(rows[0]?.last);
  expect(rows[0]?.count).toBeGreaterThanOrEqual(2_000);
  expect(rows[0]?.count).toBeLessThanOrEqual(written);
  await restored.close();
});

test('stopping makes a backup after changes, and none when nothing changed since the last one', async () => {
  const use = async (sql: string) => {
    const database = await openDatabase({ dataDir, log });
    await database.executeSql(sql);
    await database.close();
    return (await listBackups(dataDir)).length;
  };
  expect(await use('create table notes (id int); insert into notes values (1)')).toBe(1);
  expect(await use('select * from notes')).toBe(1);
  expect(await use('insert into notes values (2)')).toBe(2);
  expect(await readdir(backupsFolder(dataDir))).toEqual((await listBackups(dataDir)).map(({ name }) => name).reverse());
});

test('a table that cannot be read fails the backup and keeps the older ones', async () => {
  const database = await openDatabase({ dataDir, log });
  await database.executeSql(
    `create table notes (body text); insert into notes select repeat('a', 500) from generate_series(1, 100)`,
  );
  const path = (await database.executeSql(`select pg_relation_filepath('notes') as path`)).rows[0]?.path;
  await database.close();
  const before = await listBackups(dataDir);
  await writeFile(join(databaseFolder(dataDir), String(path)), Buffer.alloc(16_384, 0x5a));

  const client = await PGlite.create(databaseFolder(dataDir), { extensions });
  const backups = startBackups({ client, dataDir, backedUp: false, log });
  await expect(backups.backUp()).rejects.toThrow('invalid page');
  expect(await backups.stop()).toBe(false);
  await client.close();
  expect(await listBackups(dataDir)).toEqual(before);
});

test('a running process refuses a restore, and an unknown name changes nothing', async () => {
  const database = await openDatabase({ dataDir, log });
  await mkdir(backupsFolder(dataDir), { recursive: true });
  const name = backupName(new Date());
  await writeFile(join(backupsFolder(dataDir), name), 'no archive');
  await expect(restoreBackup(dataDir, name)).rejects.toThrow(`Process ${process.pid} already uses`);
  await database.close();
  await expect(restoreBackup(dataDir, 'deskbell-never.tar.gz')).rejects.toThrow('No backup "deskbell-never.tar.gz"');
  await expect(restoreBackup(dataDir, name)).rejects.toThrow(`${name} cannot be opened`);
  expect(existsSync(join(databaseFolder(dataDir), 'PG_VERSION'))).toBe(true);
});

test('the newest twelve stay, and the last one of each of seven days', () => {
  const start = Date.UTC(2026, 0, 31, 12);
  const everyTwoHours = Array.from({ length: 120 }, (_, index) => {
    const madeAt = new Date(start - index * 7_200_000);
    return { name: backupName(madeAt), madeAt };
  });
  const outdated = new Set(outdatedBackups(everyTwoHours));
  const kept = everyTwoHours
    .filter((backup) => !outdated.has(backup))
    .map(({ madeAt }) => madeAt.toISOString().slice(5, 13));
  expect(kept.slice(0, 12)).toEqual(everyTwoHours.slice(0, 12).map(({ madeAt }) => madeAt.toISOString().slice(5, 13)));
  expect(kept.slice(12)).toEqual(['01-29T22', '01-28T22', '01-27T22', '01-26T22', '01-25T22']);
});
