import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { emptyTables, openTestDatabase } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('a database of the kind that the project stands for answers', async () => {
  await database.ping();
  expect(database.kind).toBe(process.env.TEST_DATABASE);
});

test('emptyTables leaves the tables and takes their rows', async () => {
  await database.executeSql('create table notes (id serial primary key, body text)');
  await database.executeSql(`insert into notes (body) values ('one'), ('two')`);
  await emptyTables(database);
  expect((await database.executeSql(`insert into notes (body) values ('three') returning id`)).rows).toEqual([
    { id: 1 },
  ]);
});
