import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compactTicketCounts } from './count-store.ts';
import { ticketCounts } from './tables.ts';
import { openTestTickets, type TestTickets } from './testing.ts';

let desk: TestTickets;
let ids: string[];
beforeAll(async () => {
  desk = await openTestTickets();
  const { id: ticket_type_id } = await desk.createType();
  const made = Array.from({ length: 12 }, () => desk.createTicket({ ticket_type_id }));
  ids = (await Promise.all(made)).map(({ body }) => body.id);
});
afterAll(() => desk.close());

async function counted(value: boolean): Promise<number> {
  const query = { field: 'open', operator: '=', value };
  const answer = await desk.ask<{ total_count: number }>('POST', '/tickets/search', { body: { query } });
  return answer.body.total_count;
}

test('counts stay true while tickets are written and differences are added up', async () => {
  const { db } = desk.database;
  const writes = ids.map((id, index) => desk.update(id, { open: index % 3 !== 0, state: 'in_progress' }));
  const compactions = [compactTicketCounts(db), compactTicketCounts(db), compactTicketCounts(db)];
  const during = [counted(true), counted(false)];
  await Promise.all([...writes, ...compactions, ...during]);
  expect([await counted(true), await counted(false)]).toEqual([8, 4]);

  await compactTicketCounts(db);
  expect([await counted(true), await counted(false)]).toEqual([8, 4]);
  expect(await db.$count(ticketCounts)).toBe(2);
});

test('adding up what is added up writes nothing', async () => {
  const { db } = desk.database;
  const places = () => db.select({ place: sql<string>`ctid::text` }).from(ticketCounts);
  await compactTicketCounts(db);
  const before = await places();
  await compactTicketCounts(db);
  expect(await places()).toEqual(before);
});
