import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from './database.ts';
import { openTestDatabase } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('a connection that broke is opened anew, and says that something may have been missed', async () => {
  const heard: (string | undefined)[] = [];
  onTestFinished(await database.listen('breaking', (message) => void heard.push(message)));
  await database.executeSql(`select pg_notify('breaking', 'before')`);
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['before']);
  await database.executeSql(
    `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'deskbell-events'`,
  );
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['before', undefined]);
  await database.executeSql(`select pg_notify('breaking', 'after')`);
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['before', undefined, 'after']);
});

test('closing the database ends what listens to it', async () => {
  const other = await openTestDatabase();
  await other.listen('closing', () => {});
  const connections = async () => {
    const { rows } = await database.executeSql(
      `select 1 from pg_stat_activity where application_name = 'deskbell-events' and query like '%"closing"%'`,
    );
    return rows.length;
  };
  expect(await connections()).toBe(1);
  await other.close();
  await expect.poll(connections, { timeout: 5_000 }).toBe(0);
});
