import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSweepingWorkspace } from './sweep.ts';
import { ticketCounts, tickets } from './tickets/tables.ts';
import { openTestTickets, type TestTickets } from './tickets/testing.ts';

let desk: TestTickets;
beforeAll(async () => {
  desk = await openTestTickets();
  const { id: ticket_type_id } = await desk.createType();
  await Promise.all(Array.from({ length: 5 }, () => desk.createTicket({ ticket_type_id })));
});
afterAll(() => desk.close());

const sweepOnce = () => startSweepingWorkspace(desk.database, pino({ level: 'silent' })).stop();

/** When a table was last seen to, by other than PostgreSQL itself. */
async function lastTime(what: 'analyze' | 'vacuum', table: string) {
  const asked = `select last_${what}::text as time from pg_stat_user_tables where relname = $1`;
  const { rows } = await desk.database.executeSql(asked, [table]);
  return rows[0]?.time;
}

test('PGlite gets statistics when much has changed; PostgreSQL gathers its own', async () => {
  const ours = desk.database.kind === 'pglite' ? expect.any(String) : null;
  await sweepOnce();
  const first = await lastTime('analyze', 'tickets');
  expect(first).toEqual(ours);

  await sweepOnce();
  expect(await lastTime('analyze', 'tickets')).toBe(first);

  for (let time = 1; time <= 20; time += 1) await desk.database.db.update(tickets).set({ updated_at: time });
  await sweepOnce();
  const second = await lastTime('analyze', 'tickets');
  expect(second).toEqual(ours);
  expect(second === first).toBe(ours === null);
});

test('what adding up counts leaves behind is cleared away on PGlite', async () => {
  const kind = { workspace_id: 'dk4m2x9q', ticket_type_id: 1, state: 'resolved', open: true } as const;
  const row = { ...kind, admin_assignee_id: 0, team_assignee_id: 0 };
  await desk.database.db
    .insert(ticketCounts)
    .values(Array.from({ length: 100 }, (_, index) => ({ ...row, number: index % 2 === 0 ? 1 : -1 })));
  await sweepOnce();
  const first = await lastTime('vacuum', 'ticket_counts');
  expect(first).toEqual(desk.database.kind === 'pglite' ? expect.any(String) : null);

  await sweepOnce();
  expect(await lastTime('vacuum', 'ticket_counts')).toBe(first);
});
