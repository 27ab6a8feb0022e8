import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './database.ts';
import { type Jobs, startJobs } from './jobs.ts';
import { createTestDatabaseUrl } from './testing.ts';

const log = pino({ level: 'silent' });

async function startProcess(databaseUrl: string): Promise<Jobs> {
  const database = await openDatabase({ dataDir: '', databaseUrl, log });
  const jobs = await startJobs(database, log);
  onTestFinished(async () => {
    await jobs.stop();
    await database.close();
  });
  return jobs;
}

test('processes that make the same queues at the same moment all get them', async () => {
  const databaseUrl = await createTestDatabaseUrl();
  const processes = [await startProcess(databaseUrl), await startProcess(databaseUrl)];
  const queues = Array.from({ length: 4 }, (_, index) => `queue-${index}`);
  const worked = new Set<string>();
  for (const queue of queues) {
    const work = async () => void worked.add(queue);
    const [sent] = await Promise.all(processes.map((jobs) => jobs.work(queue, work).then(() => jobs.send(queue, {}))));
    expect(sent).toEqual(expect.any(String));
  }
  await expect.poll(() => [...worked].sort(), { timeout: 15_000 }).toEqual([...queues].sort());
});
