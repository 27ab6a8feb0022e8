import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { refreshStatistics } from '../statistics-store.ts';
import { startOfTime } from '../testing.ts';
import { openTestTickets, type TestTickets } from './testing.ts';

const size = 12_000;
const firstId = 200_000;
const oldest = startOfTime - size;
const integerId = 90_003;
const listId = 90_002;
const [rareTag, commonTag] = [90_101, 90_102];
const contact = (index: number) => index.toString(16).padStart(24, '0');

/** Ticket `i` is the older, the smaller `i` is; the integer has the opposite order, in which its values are stored. */
const seed = `
  insert into contacts (workspace_id, id, role, created_at, updated_at)
    select 'dk4m2x9q', lpad(to_hex(i), 24, '0'), 'user', 0, 0 from generate_series(0, 299) i;
  insert into tags (workspace_id, id, name, name_key, created_at)
    select 'dk4m2x9q', i, 't' || i, 't' || i, 0 from unnest(array[${rareTag}, ${commonTag}]) i;
  insert into ticket_type_attributes
    (workspace_id, id, ticket_type_id, name, name_key, description, data_type, "order", created_at, updated_at)
    values ('dk4m2x9q', ${listId}, 1201, 'l', 'l', '', 'list', 50, 0, 0),
      ('dk4m2x9q', ${integerId}, 1201, 'i', 'i', '', 'integer', 51, 0, 0);
  insert into tickets (workspace_id, id, ticket_type_id, contact_id, title, title_key, attributes, state, open, is_shared,
      admin_assignee_id, team_assignee_id, created_at, updated_at)
    select 'dk4m2x9q', ${firstId} + i, (array[1201, 1210, 1214])[1 + (i % 40) / 38 + (i % 40) / 39],
      lpad(to_hex(i % 300), 24, '0'), title, title,
      jsonb_build_object('${integerId}', ${size} - i, '${listId}', case when i % 400 = 7 then 'one' else 'two' end),
      case when i % 200 = 3 then 'submitted' else 'resolved' end, i % 200 = 3, true,
      801 + i % 300, 61 + i % 100, ${oldest} + i, ${oldest} + (i * 7919) % ${size}
    from (select i, 'chair ' || i || case when i % 600 = 5 then ' zebra' else '' end as title
      from generate_series(0, ${size - 1}) i) rows;
  insert into ticket_values (workspace_id, attribute_id, ticket_id, number_value)
    select 'dk4m2x9q', ${integerId}, ${firstId} + i, ${size} - i from generate_series(${size - 1}, 0, -1) i;
  insert into ticket_tags (workspace_id, tag_id, ticket_id, applied_at, applied_by)
    select 'dk4m2x9q', case when i % 500 = 11 then ${rareTag} else ${commonTag} end, ${firstId} + i, 0, 801
    from generate_series(0, ${size - 1}) i`;

let desk: TestTickets;
beforeAll(async () => {
  desk = await openTestTickets();
  const { db, kind, executeSql } = desk.database;
  await executeSql(seed);
  await (kind === 'pglite' ? refreshStatistics(db) : executeSql('vacuum analyze'));
}, 120_000);
afterAll(() => desk.close());
afterEach(() => vi.restoreAllMocks());

interface Found {
  tickets: { id: string }[];
  total_count: number;
  total_count_is_estimate?: boolean;
  pages: { per_page: number; total_pages: number; next?: { starting_after: string } };
}
const is = (field: string, operator: string, value: unknown) => ({ field, operator, value });
const all = is('created_at', '>=', 0);
const search = (asked: object) =>
  desk.ask<Found>('POST', '/tickets/search', { body: { include_ticket_parts: false, ...asked } });
const idsOf = ({ body }: { body: Found }) => body.tickets.map(({ id }) => Number(id) - firstId);
const countdown = (from: number, length: number) => Array.from({ length }, (_, index) => from - index);

const node = z.object({
  'Actual Rows': z.number(),
  'Rows Removed by Filter': z.optional(z.number()),
  'Index Name': z.optional(z.string()),
  'Node Type': z.string(),
  'Shared Hit Blocks': z.optional(z.number()),
  'Shared Read Blocks': z.optional(z.number()),
  get Plans() {
    return z.optional(z.array(node));
  },
});
type Node = z.output<typeof node>;
const explained = z.object({ rows: z.array(z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) })) });
const nodesIn = (one: Node): Node[] => [one, ...(one.Plans ?? []).flatMap(nodesIn)];

/** How the database runs the very statements by which a search is answered. */
async function plansOf(asked: object): Promise<Node[]> {
  const { db } = desk.database;
  const execute = vi.spyOn(db, 'execute');
  expect((await search(asked)).status).toBe(200);
  const statements = execute.mock.calls.map(([statement]) => statement as SQL);
  execute.mockRestore();
  const plans: Node[] = [];
  for (const statement of statements) {
    const text = new PgDialect().sqlToQuery(statement).sql.trim();
    if (text.startsWith('explain') || !text.includes('t.workspace_id')) continue;
    const { rows } = explained.parse(await db.execute(sql`explain (analyze, buffers, format json) ${statement}`));
    plans.push(...rows.map((row) => row['QUERY PLAN'][0].Plan));
  }
  return plans;
}

const updated = { field: 'updated_at' };
test.each([
  ['newest first', { query: all }, 'tickets_by_creation'],
  ['last changed first', { query: all, sort: updated }, 'tickets_by_update'],
  ['of a state', { query: is('state', '=', 'submitted'), sort: updated }, 'tickets_by_state'],
  ['open', { query: is('open', '=', true), sort: updated }, 'tickets_by_openness'],
  ['of a type', { query: is('ticket_type_id', '=', 1214), sort: updated }, 'tickets_by_type'],
  ['of an admin', { query: is('admin_assignee_id', '=', 810), sort: updated }, 'tickets_by_admin'],
  ['of a team', { query: is('team_assignee_id', '=', 65), sort: updated }, 'tickets_by_team'],
  ['of a contact', { query: is('contact_ids', '=', contact(7)), sort: updated }, 'tickets_by_contact'],
  ['with a piece of text', { query: is('title', '~', 'zebra') }, 'tickets_text'],
  ['with a value', { query: is(`ticket_attribute.${listId}`, '=', 'one') }, 'tickets_attributes'],
  ['with values above', { query: is(`ticket_attribute.${integerId}`, '>', size - 9) }, 'ticket_values_by_number'],
  ['with a tag', { query: is('tag_ids', '=', rareTag) }, 'ticket_tags_of_tag'],
  [
    'with values above, or a tag',
    {
      query: {
        operator: 'OR',
        value: [is(`ticket_attribute.${integerId}`, '>', size - 9), is('tag_ids', '=', rareTag)],
      },
    },
    'ticket_values_by_number',
  ],
])('tickets %s are found by an index', async (_, asked, index) => {
  const nodes = (await plansOf(asked)).flatMap(nodesIn);
  expect(nodes.flatMap((one) => one['Index Name'] ?? [])).toContain(index);
  // Looking at the first of them all, of which all fit, is as good a way to count ten thousand as any.
  const readOf = (one: Node) => one['Actual Rows'] + (one['Rows Removed by Filter'] ?? 0);
  const scanned = nodes.filter((one) => one['Node Type'] === 'Seq Scan' && readOf(one) > 10_001);
  expect(scanned).toEqual([]);
});

/** The cursor of the page that goes on after ticket `index`. */
function cursorAfter(starting_after: string | undefined, index: number): string {
  const [fingerprint] = z.tuple([z.string()], z.unknown()).parse(JSON.parse(atob(starting_after ?? '')));
  const cursor = [fingerprint, oldest + index, String(firstId + index), 900];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

const buffersOf = (plans: Node[]) =>
  plans.reduce((sum, one) => sum + (one['Shared Hit Blocks'] ?? 0) + (one['Shared Read Blocks'] ?? 0), 0);

test('a page in the depths holds the right tickets and costs what the first one costs', async () => {
  const first = await search({ query: all });
  expect(idsOf(first)).toEqual(countdown(size - 1, 20));
  const pagination = { starting_after: cursorAfter(first.body.pages.next?.starting_after, 300) };
  expect(idsOf(await search({ query: all, pagination }))).toEqual(countdown(299, 20));

  const [near, deep] = [await plansOf({ query: all }), await plansOf({ query: all, pagination })];
  expect(buffersOf(deep)).toBeLessThan(1.5 * buffersOf(near));
});

test('more than ten thousand are estimated, and said to be, unless the exact number is asked for', async () => {
  const guessed = (await search({ query: all })).body;
  expect(guessed.total_count_is_estimate).toBe(true);
  expect(guessed.total_count).toBeGreaterThanOrEqual(10_000);
  expect(guessed.total_count).toBeLessThan(2 * size);
  expect(guessed.pages.total_pages).toBe(Math.ceil(guessed.total_count / 20));

  const { body: counted } = await search({ query: all, count: 'exact' });
  expect(counted.total_count).toBe(size);
  expect(counted).not.toHaveProperty('total_count_is_estimate');

  const { body: few } = await search({ query: is('title', '~', 'zebra') });
  expect(few.total_count).toBe(size / 600);
  expect(few).not.toHaveProperty('total_count_is_estimate');
});

const either = (least: number) => ({
  operator: 'OR',
  value: [is(`ticket_attribute.${integerId}`, '>=', least), is('tag_ids', '=', rareTag)],
});

test('this or that is found among many of each, also where it has to be something else too', async () => {
  const { body: many } = await search({ query: either(0), count: 'exact' });
  expect(many.total_count).toBe(size);
  expect((await search({ query: either(0) })).body.total_count_is_estimate).toBe(true);
  for (const index of [0, 600, 1_200]) {
    const query = { operator: 'AND', value: [either(0), is('title', '=', `chair ${index}`)] };
    expect(idsOf(await search({ query }))).toEqual([index]);
  }
});

test('pages hold 1 to 150 tickets', async () => {
  const { body } = await search({ query: all });
  expect([body.tickets.length, body.pages.per_page]).toEqual([20, 20]);
  for (const [asked, given] of [
    [0, 1],
    [-1, 1],
    [150, 150],
    [151, 150],
  ]) {
    const { body: page } = await search({ query: all, pagination: { per_page: asked } });
    expect([page.tickets.length, page.pages.per_page]).toEqual([given, given]);
  }
  for (const per_page of ['20', 'all', 2.5, null]) {
    expect((await search({ query: all, pagination: { per_page } })).status).toBe(400);
  }
});

test('tickets that come between two pages move none of the second', async () => {
  const { body } = await search({ query: all, pagination: { per_page: 5 } });
  const added = await desk.newTicket();
  const starting_after = body.pages.next?.starting_after;
  const second = await search({ query: all, pagination: { per_page: 5, starting_after } });
  expect(idsOf(second)).toEqual(countdown(size - 6, 5));
  expect(idsOf(await search({ query: all }))[0]).toBe(Number(added) - firstId);
});

test('tickets of a company are found by its id and by the id that it was given', async () => {
  const company = await desk.ask<{ id: string }>('POST', '/companies', { body: { company_id: 'oak-1', name: 'Oak' } });
  const { id: ticket_type_id } = await desk.createType();
  const { body } = await desk.createTicket({ ticket_type_id, company_id: 'oak-1' });
  for (const id of [company.body.id, 'oak-1']) {
    const { tickets, total_count } = (await search({ query: is('company_id', '=', id) })).body;
    expect([tickets.map((ticket) => ticket.id), total_count]).toEqual([[body.id], 1]);
  }
  expect((await search({ query: is('company_id', '=', 'oak-2') })).body.total_count).toBe(0);
  expect((await search({ query: is('company_id', '!=', null) })).body.total_count).toBe(1);
});

test('a snooze that is over is none, for searches as for the ticket', async () => {
  const id = await desk.newTicket();
  const end = startOfTime + 60;
  expect((await desk.update(id, { open: true, snoozed_until: end })).body.snoozed_until).toBe(end);
  const isSnoozed = { query: is('snoozed_until', '>', 0) };
  const isNot = { query: { operator: 'AND', value: [is('id', '=', id), is('snoozed_until', '=', null)] } };
  const found = async () => [(await search(isSnoozed)).body.total_count, (await search(isNot)).body.total_count];
  expect(await found()).toEqual([1, 0]);
  desk.time.now = end;
  expect((await desk.read(id)).snoozed_until).toBeUndefined();
  expect(await found()).toEqual([0, 1]);
});
