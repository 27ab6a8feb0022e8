import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import type { Db } from '#database/database.ts';
import { embeddedWorkspaceId } from '../seed.ts';
import { openTestWorkspace, startOfTime } from '../testing.ts';
import { fillWorkspace } from './bulk.ts';

const counted = z.object({ rows: z.array(z.object({ number: z.coerce.number() })) });

/** How many rows of contacts have been read, by an index or without one, since the database is there. */
async function contactsRead(db: Db): Promise<number> {
  await db.execute(sql`select pg_stat_force_next_flush()`);
  const answer = await db.execute(
    sql`select seq_tup_read + idx_tup_fetch as number from pg_stat_user_tables where relname = 'contacts'`,
  );
  return counted.parse(answer).rows[0]?.number ?? Number.NaN;
}

test('looks for each ticket’s contact by its index, however few there were before', async () => {
  const { database, close } = await openTestWorkspace({ records: true });
  onTestFinished(close);
  const { db } = database;
  const before = await contactsRead(db);
  const filled = await fillWorkspace(db, {
    workspaceId: embeddedWorkspaceId,
    tickets: 3_000,
    contacts: 2_000,
    partsPerTicket: 1,
    chunkSize: 1_000,
    clock: () => startOfTime,
    goOn: () => true,
  });
  expect(filled).toEqual({ isComplete: true, contacts: 2_000, tickets: 3_000 });
  // Some for counting, for choosing from, and for the planner; each ticket's would be millions.
  expect((await contactsRead(db)) - before).toBeLessThan(50_000);
});
