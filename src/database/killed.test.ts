import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from './database.ts';
import { startWriter } from './testing.process.ts';
import { createTestDatabaseUrl, fillTestFolder } from './testing.ts';

test('kill -9 during writes loses nothing that was acknowledged and keeps nothing half-written', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'deskbell-killed-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const onServer = process.env.TEST_DATABASE === 'postgresql';
  const databaseUrl = onServer ? await createTestDatabaseUrl() : undefined;
  if (!onServer) {
    await fillTestFolder(dataDir);
  }
  const writer = startWriter(dataDir, databaseUrl);
  onTestFinished(writer.kill);
  await vi.waitFor(() => expect(writer.lines().length).toBeGreaterThan(300), { timeout: 40_000, interval: 5 });
  await writer.kill();
  const acknowledged = writer.lines().slice(1).map(Number);

  const database = await openDatabase({ dataDir, databaseUrl, log: pino({ level: 'silent' }) });
  const { rows } = await database.executeSql('select id, half from written order by id');
  const ids = rows.map(({ id }) => Number(id));
  expect(ids).toEqual(expect.arrayContaining(acknowledged));
  expect(ids.filter((id) => id > 0)).toEqual(
    ids
      .filter((id) => id < 0)
      .map((id) => -id)
      .reverse(),
  );
  await database.close();
}, 80_000);
