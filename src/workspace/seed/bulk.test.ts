import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Contact } from '#contract/contacts.ts';
import { getTicket, type Ticket } from '#contract/tickets.ts';
import { embeddedWorkspaceId } from '../seed.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing.ts';
import { ticketCounts, ticketParts, tickets, ticketValues } from '../tickets/tables.ts';
import { type BulkOptions, fillWorkspace } from './bulk.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace({ records: true });
});
afterAll(() => workspace.close());

const demo = { tickets: 400, contacts: 300 };

function fill(options: Partial<BulkOptions>) {
  return fillWorkspace(workspace.database.db, {
    workspaceId: embeddedWorkspaceId,
    tickets: 0,
    partsPerTicket: 3,
    chunkSize: 40,
    clock: () => workspace.time.now,
    goOn: () => true,
    ...options,
  });
}

const idsOfTickets = async () =>
  (await workspace.database.db.select({ id: tickets.id }).from(tickets).orderBy(tickets.id)).map(({ id }) => id);

async function expectCountsToAgree() {
  const { db } = workspace.database;
  const key = sql<string>`concat_ws('/', ticket_type_id, state, open, admin_assignee_id, team_assignee_id)`;
  const summed = await db
    .select({ key, number: sql<number>`sum(${ticketCounts.number})::int` })
    .from(ticketCounts)
    .groupBy(key)
    .having(sql`sum(${ticketCounts.number}) <> 0`)
    .orderBy(key);
  const counted = await db.select({ key, number: sql<number>`count(*)::int` }).from(tickets).groupBy(key).orderBy(key);
  expect(summed).toEqual(counted);
}

test('adds what is missing; every ticket reads through the API, and the counts agree', async () => {
  const before = new Set(await idsOfTickets());
  expect(before.size).toBe(demo.tickets);
  expect(await fill({ tickets: 500, contacts: 350 })).toEqual({ isComplete: true, tickets: 500, contacts: 350 });
  const made = (await idsOfTickets()).filter((id) => !before.has(id));
  expect(made).toHaveLength(100);
  const read: Ticket[] = [];
  for (const id of made) {
    const { status, body } = await workspace.ask<Ticket>('GET', `/tickets/${id}`);
    expect(status).toBe(200);
    read.push(getTicket.response.parse(body));
  }
  expect(new Set(read.map(({ ticket_state }) => ticket_state)).size).toBe(4);
  expect(new Set(read.map(({ ticket_type }) => ticket_type?.id)).size).toBeGreaterThan(5);
  expect(new Set(read.map(({ ticket_attributes }) => ticket_attributes._default_title_)).size).toBeGreaterThan(40);
  expect(read.some(({ admin_assignee_id }) => admin_assignee_id === '0')).toBe(true);
  for (const ticket of read) {
    expect(JSON.stringify(ticket)).not.toMatch(/\{(product|order)\}/);
    expect(ticket.contacts.contacts).toHaveLength(1);
    expect(ticket.ticket_parts?.ticket_parts[0]?.part_type).toBe('ticket_state_updated_by_admin');
    expect(ticket.updated_at).toBeLessThanOrEqual(workspace.time.now);
  }
  await expectCountsToAgree();
});

test('keeps what a search compares in step with what a ticket shows', async () => {
  const { db } = workspace.database;
  const wrong = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(sql`${tickets.title_key} <> lower(${tickets.title}) and ${tickets.title} ~ '^[ -~]*$'`);
  expect(wrong).toEqual([]);
  const values = await db
    .select({
      value: sql`coalesce(to_jsonb(${ticketValues.number_value}), to_jsonb(${ticketValues.text_value}))`,
      shown: sql`case when ${ticketValues.text_value} is null then (${tickets.attributes} -> (${ticketValues.attribute_id}::text))
        else to_jsonb(lower(${tickets.attributes} ->> (${ticketValues.attribute_id}::text))) end`,
    })
    .from(ticketValues)
    .innerJoin(tickets, sql`${tickets.id} = ${ticketValues.ticket_id} and ${tickets.id} >= 100000`);
  expect(values.length).toBeGreaterThan(100);
  expect(values.map(({ value }) => value)).toEqual(values.map(({ shown }) => shown));
});

test('adds nothing where there is enough', async () => {
  const before = await idsOfTickets();
  expect(await fill({ tickets: 500, contacts: 350 })).toMatchObject({ isComplete: true, tickets: 500, contacts: 350 });
  expect(await fill({ tickets: 3 })).toMatchObject({ isComplete: true, tickets: 500 });
  expect(await idsOfTickets()).toEqual(before);
});

test('goes on where it was broken off, with the same tickets as without a break', async () => {
  const titles = () => workspace.database.db.select({ title: tickets.title }).from(tickets).orderBy(tickets.id);
  const told: number[] = [];
  const goOn: BulkOptions['goOn'] = ({ done }) => {
    told.push(done);
    return false;
  };
  expect(await fill({ tickets: 600, goOn })).toMatchObject({ isComplete: false, tickets: 540 });
  expect(told).toEqual([540]);
  await expectCountsToAgree();
  await fill({ tickets: 600 });
  const inParts = (await titles()).slice(500);
  await workspace.database.db.delete(tickets).where(sql`${tickets.number} > 500`);
  await fill({ tickets: 600, chunkSize: 100 });
  expect((await titles()).slice(500)).toEqual(inParts);
  await expectCountsToAgree();
});

test('makes about as many parts as asked for, and contacts in order of their ids', async () => {
  const { db } = workspace.database;
  const last = Math.max(...(await idsOfTickets()));
  await fill({ tickets: 900, partsPerTicket: 8, chunkSize: 300 });
  const [row] = await db
    .select({ number: sql<number>`count(*)::int` })
    .from(ticketParts)
    .where(sql`${ticketParts.ticket_id} > ${last}`);
  expect(row?.number).toBeGreaterThan(300 * 6.5);
  expect(row?.number).toBeLessThan(300 * 9.5);
  const { body } = await workspace.ask<{ data: Contact[] }>('GET', '/contacts?per_page=150');
  const generated = body.data.filter(({ external_id }) => external_id?.startsWith('generated-') ?? false);
  expect(generated.every(({ id }) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
});

test('says so where there is no ticket type', async () => {
  expect(await fill({ workspaceId: 'w0other1', tickets: 5 })).toBeUndefined();
});
