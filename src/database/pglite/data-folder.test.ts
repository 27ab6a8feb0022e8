import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Database, openDatabase } from '../database.ts';
import { restoreBackup } from '../restore.ts';
import { startWriter } from '../testing.process.ts';
import { fillTestFolder } from '../testing.ts';
import { listBackups } from './backup-files.ts';

vi.setConfig({ testTimeout: 60_000 });

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'deskbell-data-'));
  return () => rm(dataDir, { recursive: true, force: true });
});

let withNotes: string;
beforeAll(async () => {
  withNotes = await mkdtemp(join(tmpdir(), 'deskbell-notes-'));
  await fillTestFolder(withNotes);
  const database = await openDatabase({ dataDir: withNotes, log: pino({ level: 'silent' }) });
  await database.executeSql(`create table notes (id int primary key); insert into notes values (1), (2), (3)`);
  await database.close();
  return () => rm(withNotes, { recursive: true, force: true });
}, 60_000);

function open(): Promise<Database> {
  return openDatabase({ dataDir, log: pino({ level: 'silent' }) });
}

async function refusal(): Promise<string> {
  const opened = await open().then(
    async (database) => {
      await database.close();
      return 'it opened';
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return opened;
}

async function notes(): Promise<number> {
  const database = await open();
  const { rows } = await database.executeSql('select count(*)::int as count from notes');
  await database.close();
  return Number(rows[0]?.count);
}

test('kill -9 at any moment of the very first start leaves a folder that starts', async () => {
  const moments = [
    () => readdir(dataDir).then((names) => names.some((name) => name.startsWith('lock-'))),
    () => existsSync(join(dataDir, 'pglite.new', 'PG_VERSION')),
    () => existsSync(join(dataDir, 'pglite')),
  ];
  // Each start but the first meets what the one killed before it left behind.
  for (const moment of moments) {
    const writer = startWriter(dataDir);
    onTestFinished(writer.kill);
    await vi.waitFor(async () => expect(await moment()).toBe(true), { timeout: 60_000, interval: 2 });
    await writer.kill();
  }
  const database = await open();
  expect((await database.executeSql('select * from drizzle.__drizzle_migrations')).rows).not.toEqual([]);
  await database.close();
}, 120_000);

test('a second process is refused within a second and told who holds the folder', async () => {
  await fillTestFolder(dataDir);
  const writer = startWriter(dataDir);
  onTestFinished(writer.kill);
  await vi.waitFor(() => expect(writer.lines()).toContain('open'), { timeout: 40_000, interval: 5 });
  const asked = performance.now();
  const message = await refusal();
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect(message).toContain(`Process ${writer.pid} already uses the data folder ${dataDir}`);

  await writer.kill();
  expect(await refusal()).toBe('it opened');
});

test.each([
  ['removed', (lock: string) => rm(lock)],
  ['replaced', (lock: string) => writeFile(lock, JSON.stringify({ host: 'elsewhere', startedAt: '1' }))],
])('a process whose lock file is %s ends, and leaves the folder as kill -9 would', async (_, takeAway) => {
  await fillTestFolder(dataDir);
  const writer = startWriter(dataDir);
  onTestFinished(writer.kill);
  await vi.waitFor(() => expect(writer.lines().length).toBeGreaterThan(10), { timeout: 40_000, interval: 5 });
  const lock = (await readdir(dataDir)).find((name) => name.startsWith('lock-')) ?? '';
  await takeAway(join(dataDir, lock));
  expect(await writer.ended).not.toBe(0);
  expect(writer.said()).toContain(`${lock} in the data folder ${dataDir} was removed or replaced`);
  expect(await listBackups(dataDir)).toEqual([]);

  const acknowledged = writer.lines().length - 1;
  await rm(join(dataDir, lock), { force: true });
  const database = await open();
  const { rows } = await database.executeSql('select count(*)::int as count from written where id > 0');
  expect(rows[0]?.count).toBeGreaterThanOrEqual(acknowledged);
  await database.close();
});

test.each([
  ['PG_VERSION deleted', () => rm(join(dataDir, 'pglite', 'PG_VERSION')), 'PG_VERSION is missing'],
  ['all files deleted', () => rm(join(dataDir, 'pglite'), { recursive: true }), 'its files are gone'],
  ['its control file cut', () => truncate(join(dataDir, 'pglite', 'global', 'pg_control')), 'pg_control'],
  [
    'its write-ahead log cut',
    async () => {
      const log = join(dataDir, 'pglite', 'pg_wal');
      const segments = (await readdir(log)).filter((name) => /^[0-9A-F]{24}$/.test(name));
      await Promise.all(segments.map((name) => truncate(join(log, name))));
    },
    'checkpoint record',
  ],
])(
  'a folder with %s is refused with the cause and the newest backup, which brings the data back',
  async (_, damage, cause) => {
    await cp(withNotes, dataDir, { recursive: true });
    const [backup] = await listBackups(dataDir);
    await damage();
    const message = await refusal();
    expect(message).toContain(cause);
    expect(message).toContain(`npm run restore -- ${backup?.name}`);

    await restoreBackup(dataDir, 'newest');
    expect(await notes()).toBe(3);
  },
);

test('a data folder that others could read is closed to them', async () => {
  await cp(withNotes, dataDir, { recursive: true });
  await chmod(dataDir, 0o755);
  const database = await open();
  expect((await stat(dataDir)).mode & 0o077).toBe(0);
  await database.close();
});

test('a marker that was cut off keeps nobody from the data', async () => {
  await cp(withNotes, dataDir, { recursive: true });
  await writeFile(join(dataDir, 'pglite.json'), '{"crea');
  const database = await open();
  expect((await database.executeSql('select count(*)::int as number from notes')).rows).toEqual([{ number: 3 }]);
  await database.close();
});
