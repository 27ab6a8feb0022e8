import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isEmoji } from '#contract/emoji.ts';
import { operations } from '#contract/operations.ts';
import { attributeDataTypes, type TicketType, ticketTypeCategories } from '#contract/ticket-types.ts';
import { type Ticket, ticketAssignee, ticketTitle } from '#contract/tickets.ts';
import type { Database } from '#database/database.ts';
import { emptyTables, openTestDatabase } from '#database/testing.ts';
import { seedWorkspace } from './seed.ts';
import { tickets } from './tickets/tables.ts';
import { createWorkspace } from './workspace.ts';

const now = 1_790_000_000;
const clock = () => now;
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(() => emptyTables(database));
afterAll(() => database.close());

function workspaceApp() {
  return createWorkspace({
    db: database.db,
    clock,
    newId: () => crypto.randomUUID(),
    log: pino({ level: 'silent' }),
    rateLimit: 'off',
  });
}

async function read(path: string, token = 'secret') {
  const response = await workspaceApp().request(path, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

const readTypes = async (): Promise<TicketType[]> =>
  operations.listTicketTypes.response.parse((await read('/ticket_types')).body).data;

/** The file name that Twemoji gives to an emoji. */
function twemojiFile(emoji: string): string {
  const plain = emoji.includes('\u200d') ? emoji : emoji.replaceAll('\ufe0f', '');
  const code = [...plain].map((character) => character.codePointAt(0)?.toString(16)).join('-');
  return fileURLToPath(import.meta.resolve(`@twemoji/svg/${code}.svg`));
}

describe('the demo', () => {
  test('has types of each category, and every data type many times', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    const types = await readTypes();
    const attributes = types.flatMap((type) => type.ticket_type_attributes.data);
    for (const category of ticketTypeCategories) {
      expect(types.filter((type) => type.category === category).length).toBeGreaterThanOrEqual(3);
    }
    for (const dataType of attributeDataTypes) {
      expect(attributes.filter(({ data_type }) => data_type === dataType).length).toBeGreaterThanOrEqual(6);
    }
    for (const type of types) {
      const own = type.ticket_type_attributes.data.filter((attribute) => !attribute.default);
      expect(own.length).toBeGreaterThanOrEqual(2);
      expect(own.length).toBeLessThanOrEqual(8);
      expect(type.ticket_type_attributes.data.map(({ order }) => order)).toEqual(
        [...own.keys(), -2, -1].map((n) => n + 2).sort((a, b) => a - b),
      );
    }
    expect(types.filter(({ archived }) => archived)).toHaveLength(1);
    expect(attributes.filter(({ archived }) => archived).length).toBeGreaterThan(1);
  });

  test('has icons that Twemoji draws, and times in the year before', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    const types = await readTypes();
    expect(new Set(types.map(({ icon }) => icon)).size).toBe(types.length);
    for (const type of types) {
      expect(isEmoji(type.icon)).toBe(true);
      await access(twemojiFile(type.icon));
      for (const row of [type, ...type.ticket_type_attributes.data]) {
        expect(row.created_at).toBeGreaterThan(now - 366 * 86_400);
        expect(row.updated_at).toBeGreaterThanOrEqual(row.created_at);
        expect(row.updated_at).toBeLessThanOrEqual(now);
      }
    }
  });

  test('is the same every time', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    const once = [await read('/ticket_types'), await read('/admins'), await read('/teams')];
    await emptyTables(database);
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    expect([await read('/ticket_types'), await read('/admins'), await read('/teams')]).toEqual(once);
    expect(once.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('changes nothing but the token where the workspace exists', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'first', clock });
    const before = await read('/ticket_types', 'first');
    await seedWorkspace(database.db, { seed: 'empty', token: 'second', clock: () => now + 9 });
    expect(await read('/ticket_types', 'second')).toEqual(before);
    expect((await read('/ticket_types', 'first')).status).toBe(401);
  });

  test('is made once by two processes that start together', async () => {
    const seed = () => seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    await Promise.all([seed(), seed()]);
    expect(await readTypes()).toHaveLength(16);
  });
});

describe('the records of the demo', () => {
  const counted = async (path: string) => {
    const { status, body } = await read(path);
    expect(status).toBe(200);
    return (body as { total_count: number }).total_count;
  };

  test('are people, companies, tags and tickets, which all read through the API', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    expect(await counted('/contacts')).toBe(300);
    expect(await counted('/companies')).toBe(40);
    const { body: contacts } = await read('/contacts?per_page=150');
    expect(operations.listContacts.response.parse(contacts)).toEqual(contacts);
    const { body: companies } = await read('/companies?per_page=150');
    expect(operations.retrieveCompany.response.parse(companies)).toEqual(companies);
    const tags = operations.listTags.response.parse((await read('/tags')).body).data;
    expect(tags).toHaveLength(15);
    const rows = await database.db.select({ id: tickets.id }).from(tickets).orderBy(tickets.id);
    expect(rows).toHaveLength(400);
    const found: Ticket[] = [];
    for (const { id } of rows) found.push(operations.getTicket.response.parse((await read(`/tickets/${id}`)).body));
    expect(new Set(found.map(({ ticket_state }) => ticket_state)).size).toBe(4);
    expect(new Set(found.map(({ ticket_type }) => ticket_type?.id)).size).toBeGreaterThan(12);
    expect(Math.max(...found.map(({ ticket_parts }) => ticket_parts?.total_count ?? 0))).toBeGreaterThanOrEqual(500);
    expect(found.filter(({ snoozed_until }) => snoozed_until).length).toBeGreaterThan(3);
    expect(found.some(({ category }) => category === 'Back-office')).toBe(true);
    expect(found.some((ticket) => ticketAssignee(ticket) === '0')).toBe(true);
    const titles = found.map(ticketTitle).join('\n');
    expect(titles).toMatch(/\p{Script=Arabic}/u);
    expect(titles).toMatch(/\p{Script=Hebrew}/u);
    expect(titles).toMatch(/\p{Extended_Pictographic}/u);
    for (const { created_at, updated_at } of found) {
      expect(created_at).toBeGreaterThan(now - 61 * 86_400);
      expect(updated_at).toBeGreaterThanOrEqual(created_at);
      expect(updated_at).toBeLessThanOrEqual(now);
    }
  }, 60_000);

  test('have a tag that a segment depends on', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    const app = workspaceApp();
    const answer = await app.request('/tags/7001', { method: 'DELETE', headers: { Authorization: 'Bearer secret' } });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { errors: [{ message: 'Unable to delete Tag with dependent objects. Segments: VIP customers.' }] },
    ]);
  });

  test('leave the numbers and ids that come next to others', async () => {
    await seedWorkspace(database.db, { seed: 'demo', token: 'secret', clock });
    const asked = {
      ticket_type_id: '1216',
      contacts: [{ email: 'new@example.com' }],
      ticket_attributes: { _default_title_: 'New' },
    };
    const answer = await workspaceApp().request('/tickets', {
      method: 'POST',
      headers: { Authorization: 'Bearer secret' },
      body: JSON.stringify(asked),
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { ticket_id: '401' }]);
  });
});

test('empty is a workspace with one admin', async () => {
  await seedWorkspace(database.db, { seed: 'empty', token: 'secret', clock });
  expect((await read('/me')).body).toMatchObject({ name: 'Workspace owner', app: { created_at: now } });
  expect((await read('/admins')).body).toMatchObject({ admins: [{ id: '801' }] });
  expect((await read('/teams')).body).toEqual({ type: 'team.list', teams: [] });
  expect(await readTypes()).toEqual([]);
});
