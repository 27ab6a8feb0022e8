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
    tickets: 1_400,
    contacts: 1_500,
    partsPerTicket: 1,
    chunkSize: 500,
    clock: () => startOfTime,
    goOn: () => true,
  });
  expect(filled).toEqual({ isComplete: true, contacts: 1_500, tickets: 1_400 });
  // Some for counting, for choosing from, and for the planner; each ticket's would be millions.
  expect((await contactsRead(db)) - before).toBeLessThan(50_000);
}, 60_000);
