import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedWorkspaceId, seedWorkspace } from '../seed.ts';
import { workspaces } from '../tables.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing.ts';
import { ticketTypes } from '../ticket-types/tables.ts';
import { hashToken } from './authentication.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const nameOf = async (ask: TestWorkspace['ask'], version = '2.11') =>
  (await ask<{ name: string }>('GET', '/ticket_types/1201', { headers: { 'Intercom-Version': version } })).body.name;

test('a change is seen at once, by another process too and whoever made it', async () => {
  const other = workspace.asking({});
  expect(await nameOf(workspace.ask)).toBe(await nameOf(other));
  await other('PUT', '/ticket_types/1201', { body: { name: 'Changed elsewhere' } });
  expect(await nameOf(workspace.ask)).toBe('Changed elsewhere');
  await workspace.database.db.update(ticketTypes).set({ name: 'By hand' }).where(eq(ticketTypes.id, 1201));
  expect(await nameOf(workspace.ask)).toBe('By hand');
  expect(await nameOf(other)).toBe('By hand');
});

test('answers of one version, query or workspace are not those of another', async () => {
  const get = (path: string, headers = {}, token = workspace.token) =>
    workspace.ask<{ category?: string; admins?: object[] }>('GET', path, { headers, token });
  await get('/ticket_types/1201');
  expect((await get('/ticket_types/1201', { 'Intercom-Version': '2.9' })).body.category).toBeUndefined();
  await get('/admins');
  expect((await get('/admins?display_avatar=true')).body.admins?.[0]).toHaveProperty('avatar');
  expect((await get('/ticket_types/1201', {}, workspace.otherToken)).status).toBe(404);
  expect((await get('/admins', {}, workspace.otherToken)).body.admins).toHaveLength(1);
});

test('a replaced token opens nothing from then on; the inner one stays', async () => {
  const { db } = workspace.database;
  const inner = { token: 'known-to-this-process-only', workspaceId: embeddedWorkspaceId };
  const ask = workspace.asking({ inner });
  expect((await ask('GET', '/me')).status).toBe(200);
  await db
    .update(workspaces)
    .set({ token_hash: hashToken('next') })
    .where(eq(workspaces.id, embeddedWorkspaceId));
  expect((await ask('GET', '/me')).status).toBe(401);
  expect((await ask('GET', '/me', { token: 'next' })).status).toBe(200);
  expect((await ask('GET', '/me', { token: inner.token })).status).toBe(200);
  expect((await workspace.ask('GET', '/me', { token: inner.token })).status).toBe(401);
});

test('a process that joins others leaves their token, unless it was told to replace it', async () => {
  const { db } = workspace.database;
  const clock = () => workspace.time.now;
  const status = async (token: string) => (await workspace.ask('GET', '/me', { token })).status;
  await seedWorkspace(db, { seed: 'demo', token: 'of the first', clock });
  await seedWorkspace(db, { seed: 'demo', token: 'of-the-second', replacesToken: false, clock });
  expect(await status('of-the-second')).toBe(401);
  await seedWorkspace(db, { seed: 'demo', token: 'of-the-third', clock });
  expect(await status('of-the-third')).toBe(200);
});
