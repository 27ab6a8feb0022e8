import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundTransactions } from './pglite.ts';

let client: PGlite;
beforeAll(async () => {
  client = await PGlite.create();
  boundTransactions(client, 100);
  await client.exec('create table notes (id int)');
}, 60_000);
afterAll(() => client.close());

test('a transaction that its owner forgot is rolled back, and the next one has its turn', async () => {
  const forgotten = client.transaction(async (tx) => {
    await tx.query('insert into notes values (1)');
    await new Promise(() => {});
  });
  const next = client.query<{ count: number }>('select count(*)::int as count from notes');
  await expect(forgotten).rejects.toThrow('The transaction sent nothing for 100 ms.');
  expect((await next).rows).toEqual([{ count: 0 }]);
});

test('a transaction may take longer than the bound while it keeps sending', async () => {
  const started = performance.now();
  await client.transaction(async (tx) => {
    while (performance.now() - started < 250) {
      await tx.query('insert into notes values (2)');
      // PGlite answers without ever giving timers their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  const { rows } = await client.query<{ kept: boolean }>('select count(*) > 0 as kept from notes');
  expect(rows).toEqual([{ kept: true }]);
});
