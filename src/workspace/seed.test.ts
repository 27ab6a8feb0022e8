import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isEmoji } from '#contract/emoji.ts';
import { operations } from '#contract/operations.ts';
import { attributeDataTypes, type TicketType, ticketTypeCategories } from '#contract/ticket-types.ts';
import type { Database } from '#database/database.ts';
import { emptyTables, openTestDatabase } from '#database/testing.ts';
import { seedWorkspace } from './seed.ts';
import { createWorkspace } from './workspace.ts';

const now = 1_790_000_000;
const clock = () => now;
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(() => emptyTables(database));
afterAll(() => database.close());

async function read(path: string, token = 'secret') {
  const app = createWorkspace({
    db: database.db,
    clock,
    newId: () => crypto.randomUUID(),
    log: pino({ level: 'silent' }),
    rateLimit: 'off',
  });
  const response = await app.request(path, { headers: { Authorization: `Bearer ${token}` } });
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

test('empty is a workspace with one admin', async () => {
  await seedWorkspace(database.db, { seed: 'empty', token: 'secret', clock });
  expect((await read('/me')).body).toMatchObject({ name: 'Workspace owner', app: { created_at: now } });
  expect((await read('/admins')).body).toMatchObject({ admins: [{ id: '801' }] });
  expect((await read('/teams')).body).toEqual({ type: 'team.list', teams: [] });
  expect(await readTypes()).toEqual([]);
});
