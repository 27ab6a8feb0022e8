import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from './database.ts';
import { openTestDatabase } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Listens until the test is over. Resolves each `next` with a message, in order. */
async function listenTo(channel: string) {
  const heard: (string | undefined)[] = [];
  const stop = await database.listen(channel, (message) => void heard.push(message));
  onTestFinished(stop);
  return { heard, stop };
}

const send = (channel: string, message: string) => database.executeSql('select pg_notify($1, $2)', [channel, message]);

test('messages come in order, of the one channel, to everyone who listens', async () => {
  const [one, other] = [await listenTo('Some channel'), await listenTo('Some channel')];
  await send('another', 'not this');
  await send('Some channel', 'first');
  await send('Some channel', 'second "quoted" 🎫');
  for (const { heard } of [one, other]) {
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['first', 'second "quoted" 🎫']);
  }
});

test('a message of a transaction comes when it holds, and never when it does not', async () => {
  const { heard } = await listenTo('transactions');
  await database.executeSql(`begin; select pg_notify('transactions', 'given up'); rollback`);
  await database.executeSql(`begin; select pg_notify('transactions', 'held'); commit`);
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['held']);
});

test('who listens no more hears no more, and the others do', async () => {
  const [leaving, staying] = [await listenTo('leaving'), await listenTo('leaving')];
  await leaving.stop();
  await send('leaving', 'gone');
  await expect.poll(() => staying.heard, { timeout: 5_000 }).toEqual(['gone']);
  expect(leaving.heard).toEqual([]);
});
