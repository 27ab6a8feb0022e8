import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { startJobs } from './jobs.ts';
import { createTestDatabaseUrl, fillTestFolder } from './testing.ts';

const log = pino({ level: 'silent' });
let dataDir: string;
let open: () => Promise<Database>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'deskbell-jobs-'));
  const onServer = process.env.TEST_DATABASE === 'postgresql';
  const databaseUrl = onServer ? await createTestDatabaseUrl() : undefined;
  if (!onServer) {
    await fillTestFolder(dataDir);
  }
  open = () => openDatabase({ dataDir, databaseUrl, log });
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function stateOf(database: Database, id: string): Promise<unknown> {
  const { rows } = await database.executeSql('select state from pgboss.job where id = $1', [id]);
  return rows[0]?.state;
}

test('a job is worked with its data and completed, and a failing one is kept for another try', async () => {
  const database = await open();
  const jobs = await startJobs(database, log);
  const worked: object[] = [];
  await jobs.work('export', async (data) => {
    worked.push(data);
  });
  await jobs.work('import', () => Promise.reject(new Error('no such file')));
  const exported = await jobs.send('export', { tickets: [1, 2], note: "it's done" });
  const imported = await jobs.send('import', { file: 'a.csv' });
  await vi.waitFor(async () => expect(await stateOf(database, exported)).toBe('completed'), 9_000);
  await vi.waitFor(async () => expect(await stateOf(database, imported)).toBe('retry'), 9_000);
  expect(worked).toEqual([{ tickets: [1, 2], note: "it's done" }]);
  await jobs.stop();
  await database.close();
});

test('a job sent before a restart is worked after it', async () => {
  let database = await open();
  let jobs = await startJobs(database, log);
  const id = await jobs.send('report', { week: 7 });
  await jobs.stop();
  await database.close();

  database = await open();
  jobs = await startJobs(database, log);
  const weeks: number[] = [];
  await jobs.work<{ week: number }>('report', async ({ week }) => {
    weeks.push(week);
  });
  await vi.waitFor(async () => expect(await stateOf(database, id)).toBe('completed'), 9_000);
  expect(weeks).toEqual([7]);
  await jobs.stop();
  await database.close();
});

test('a text that fails inside its own transaction leaves nothing behind and nobody waiting', async () => {
  const database = await open();
  await expect(database.executeSql('begin; create table halves (id int); select 1 / 0; commit')).rejects.toThrow(
    'division by zero',
  );
  expect((await database.executeSql(`select to_regclass('halves') as found`)).rows).toEqual([{ found: null }]);
  await database.close();
});
