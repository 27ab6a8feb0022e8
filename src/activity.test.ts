import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { startTestServer, TestBrowser, type TestServer, testSettings } from './testing.ts';

let server: TestServer;
let admin: TestBrowser;
beforeAll(async () => {
  server = await startTestServer({ PERSON_RATE_LIMIT: 'off' });
  admin = await server.as('admin');
}, 60_000);
afterAll(() => server.stop(), 60_000);

async function entries(query: string, browser = admin): Promise<ActivityEntry[]> {
  const answer = await browser.ask('GET', `/gateway/activity?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
}

async function createType(name: string): Promise<string> {
  return (await admin.ask('POST', '/api/ticket_types', { name, icon: '📦' })).body.id;
}

describe('a write through the gateway', () => {
  test('leaves an entry: who, from where, what, and field by field what it changed', async () => {
    const id = await createType('Parcel');
    const answer = await admin.ask('PUT', `/api/ticket_types/${id}`, { name: 'Parcel lost', archived: false });
    const [updated, created] = await entries(`object=/ticket_types/${id}`);
    expect(updated).toMatchObject({
      person: { id: 'demo-admin', name: 'Amir Admin' },
      address: '127.0.0.1',
      operation: 'updateTicketType',
      object: `/ticket_types/${id}`,
      object_name: 'Parcel lost',
      status: 200,
      refusal: null,
      changes: [{ field: 'name', before: 'Parcel', after: 'Parcel lost' }],
      can_revert: true,
    });
    expect(answer.status).toBe(200);
    expect(Math.abs((updated?.at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    expect(created).toMatchObject({ operation: 'createTicketType', object: `/ticket_types/${id}`, can_revert: false });
    expect(created?.changes).toEqual([
      { field: 'name', after: 'Parcel' },
      { field: 'icon', after: '📦' },
    ]);
  });

  test('to a part of an object stands in the history of the whole, and not in that of a neighbour', async () => {
    const id = await createType('With parts');
    const body = { name: 'Size', description: '', data_type: 'list', list_items: 'S,M' };
    const made = await admin.ask('POST', `/api/ticket_types/${id}/attributes`, body);
    await admin.ask('PUT', `/api/ticket_types/${id}/attributes/${made.body.id}`, { list_items: 'S,M,L' });
    const [changed, added] = await entries(`object=/ticket_types/${id}`);
    const object = `/ticket_types/${id}/attributes/${made.body.id}`;
    expect(changed).toMatchObject({ object, changes: [{ field: 'list_items', before: 'S,M', after: 'S,M,L' }] });
    expect(added).toMatchObject({ object, operation: 'createTicketTypeAttribute', object_name: 'Size' });
    expect(await entries(`object=/ticket_types/${id.slice(0, -1)}`)).toEqual([]);
  });

  test('that is refused leaves its entry too, and nothing else', async () => {
    const id = await createType('Refused');
    const cases = [
      [await admin.ask('PUT', `/api/ticket_types/${id}`, { name: '' }), 400, 'parameter_not_found'],
      [await (await server.as('agent')).ask('PUT', `/api/ticket_types/${id}`, { name: 'x' }), 403, 'role_required'],
    ] as const;
    for (const [answer, status] of cases) expect(answer.status).toBe(status);
    const logged = await entries(`object=/ticket_types/${id}&outcome=refused`);
    expect(logged.map(({ status, refusal }) => [status, refusal])).toEqual([
      [403, 'role_required'],
      [400, 'parameter_not_found'],
    ]);
    expect((await admin.ask('GET', `/api/ticket_types/${id}`)).body.name).toBe('Refused');
  });

  test('carries the request id of its answer', async () => {
    const ask = async (role: 'agent' | 'admin', name: string) => {
      const answer = await (await server.as(role)).ask('POST', '/api/ticket_types', { name });
      const [entry] = await entries('operation=createTicketType');
      expect([answer.status, entry?.status]).toEqual([entry?.status, answer.status]);
      expect(entry?.request_id).toBe(answer.headers.get('x-request-id'));
    };
    await ask('agent', 'refused by Deskbell');
    await ask('admin', '');
    await ask('admin', 'created');
  });
});

describe('the log', () => {
  test('has the sign-ins, and nobody’s password', async () => {
    await server.browser().ask('POST', '/gateway/sign-in', { email: 'owner@demo.invalid', password: 'tell nobody' });
    const [refused] = await entries('operation=signIn');
    expect(refused).toMatchObject({ person: { id: 'demo-owner' }, status: 401, refusal: 'credentials_wrong' });
    await server.as('agent');
    expect(await entries('operation=signInDemo&person=demo-agent')).not.toEqual([]);
    const everything = await (await server.as('owner')).ask('GET', '/gateway/activity/export');
    expect(everything.text).not.toContain('tell nobody');
  });

  test('comes page by page, each entry once, and as CSV as a whole', async () => {
    const id = await createType('Paged');
    for (let index = 0; index < 60; index += 1) {
      await admin.ask('PUT', `/api/ticket_types/${id}`, { name: `=Paged ${index}` });
    }
    const query = `object=/ticket_types/${id}`;
    const first = (await admin.ask('GET', `/gateway/activity?${query}`)).body;
    const second = (await admin.ask('GET', `/gateway/activity?${query}&before=${first.next}`)).body;
    const ids = [...first.data, ...second.data].map((entry: ActivityEntry) => Number(entry.id));
    expect([first.data.length, second.data.length, second.next]).toEqual([50, 11, null]);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));

    const file = await admin.ask('GET', `/gateway/activity/export?${query}`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const lines = file.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(62);
    expect(lines[1]).toContain(`,'=Paged 59,`);
  });

  test('is filtered by time, and takes no other parameter', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await entries(`from=${now + 60}`)).toEqual([]);
    expect((await entries(`from=${now - 3600}&to=${now + 60}`)).length).toBeGreaterThan(0);
    for (const query of [
      'from=yesterday',
      'object=../people',
      `object=/x'--`,
      'order=asc',
      'before=1;select',
      'to=1&to=2',
    ]) {
      expect((await admin.ask('GET', `/gateway/activity?${query}`)).status).toBe(400);
    }
  });
});

describe('taking a change back', () => {
  async function changed(name: string) {
    const id = await createType(name);
    await admin.ask('PUT', `/api/ticket_types/${id}`, { name: `${name} changed`, description: 'New' });
    const [entry] = await entries(`object=/ticket_types/${id}`);
    return { id, address: `/gateway/activity/${entry?.id}/revert`, entry };
  }

  test('compares with what is there now, then writes the old values as a change of its own', async () => {
    const { id, address, entry } = await changed('Back');
    await admin.ask('PUT', `/api/ticket_types/${id}`, { description: 'Newer' });
    const preview = await admin.ask('GET', address);
    expect(preview.body.changes).toEqual([
      { field: 'name', before: 'Back', after: 'Back changed', now: 'Back changed' },
      { field: 'description', before: '', after: 'New', now: 'Newer' },
    ]);
    const { unmodified_since } = preview.body;
    expect((await admin.ask('POST', address, { unmodified_since })).status).toBe(200);
    const { name, description } = (await admin.ask('GET', `/api/ticket_types/${id}`)).body;
    expect([name, description]).toEqual(['Back', '']);
    const [reverting] = await entries(`object=/ticket_types/${id}`);
    expect(reverting).toMatchObject({
      operation: 'updateTicketType',
      reverts: entry?.id,
      person: { id: 'demo-admin' },
    });
  });

  test('is refused when it was changed after the comparison', async () => {
    const { id, address } = await changed('Raced');
    const { unmodified_since } = (await admin.ask('GET', address)).body;
    await admin.ask('PUT', `/api/ticket_types/${id}`, { name: 'By someone else' });
    const answer = await admin.ask('POST', address, { unmodified_since });
    expect([answer.status, answer.code]).toEqual([412, 'resource_conflict']);
    expect((await admin.ask('GET', `/api/ticket_types/${id}`)).body.name).toBe('By someone else');
  });

  test('is for who may make the change, and for changes only', async () => {
    const { address, id } = await changed('Guarded');
    for (const role of ['agent', 'manager'] as const) {
      expect((await (await server.as(role)).ask('POST', address, { unmodified_since: null })).status).toBe(403);
    }
    const [, created] = await entries(`object=/ticket_types/${id}`);
    expect((await admin.ask('GET', `/gateway/activity/${created?.id}/revert`)).code).toBe('not_revertible');
    expect((await admin.ask('GET', '/gateway/activity/999999999/revert')).status).toBe(404);
  });
});

describe('a create', () => {
  const body = { name: 'Once' };
  const countOf = async (name: string) => {
    const { data } = (await admin.ask('GET', '/api/ticket_types')).body;
    return data.filter((each: { name: string }) => each.name === name).length;
  };

  test('with one key is made once, however often and at whatever moment it is sent', async () => {
    const key = { 'Idempotency-Key': 'key-of-the-first-test' };
    const send = () => admin.ask('POST', '/api/ticket_types', body, key);
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await countOf('Once')).toBe(1);
    const id = answers[0]?.body.id;
    expect(await entries(`object=/ticket_types/${id}`)).toHaveLength(1);
  });

  test('that was refused may be sent again under its key, and is judged anew', async () => {
    const key = { 'Idempotency-Key': 'key-of-the-refused-one' };
    const id = await createType('Judged anew');
    const attribute = { name: 'Size', description: '', data_type: 'string' };
    const address = `/api/ticket_types/${id}/attributes`;
    const first = await admin.ask('POST', address, attribute);
    expect((await admin.ask('POST', address, attribute, key)).status).toBe(400);
    await admin.ask('PUT', `${address}/${first.body.id}`, { archived: true });
    expect((await admin.ask('POST', address, attribute, key)).status).toBe(200);
  });

  test('needs a key, which stands for one create of one person', async () => {
    const without = await admin.ask('POST', '/api/ticket_types', body, { 'Idempotency-Key': '' });
    expect([without.status, without.code]).toEqual([400, 'idempotency_key_missing']);
    const key = { 'Idempotency-Key': 'key-of-the-second-test' };
    await admin.ask('POST', '/api/ticket_types', { name: 'Keyed' }, key);
    const reused = await admin.ask('POST', '/api/ticket_types', { name: 'Other' }, key);
    expect([reused.status, reused.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await countOf('Other')).toBe(0);
    const others = await (await server.as('owner')).ask('POST', '/api/ticket_types', { name: 'Keyed' }, key);
    expect(others.status).toBe(200);
    expect(await countOf('Keyed')).toBe(2);
  });
});

test('kill -9 leaves no write without its entry and no entry without its write', async () => {
  const folder = path.join(tmpdir(), `deskbell-killed-${process.pid}-${process.env.TEST_DATABASE}`);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const settings = await testSettings(folder);
  const program = path.join(import.meta.dirname, 'server.ts');
  const start = async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      env: { PATH: process.env.PATH, ...settings, PERSON_RATE_LIMIT: 'off' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = await once(child.stdout, 'data');
    return { child, url: /http:\/\/[\d.:]+\d/.exec(String(said))?.[0] ?? '' };
  };
  const signedIn = async (url: string) => {
    const browser = new TestBrowser(url);
    await browser.ask('POST', '/gateway/sign-in/demo', { role: 'admin' });
    return browser;
  };

  const { child, url } = await start();
  const writers = await Promise.all([1, 2, 3].map(() => signedIn(url)));
  let acknowledged = 0;
  let sent = 0;
  const over = new AbortController();
  const write = async (browser: TestBrowser) => {
    while (!over.signal.aborted && sent < 5_000) {
      sent += 1;
      const answer = await browser.ask('PUT', '/api/ticket_types/1201', { name: `Number ${sent}` });
      if (answer.status === 200) acknowledged += 1;
    }
  };
  const writing = Promise.allSettled(writers.map(write));
  await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(100), { timeout: 40_000, interval: 1 });
  child.kill('SIGKILL');
  over.abort();
  await writing;

  const again = await start();
  const browser = await signedIn(again.url);
  const { name } = (await browser.ask('GET', '/api/ticket_types/1201')).body;
  const logged: ActivityEntry[] = [];
  for (let before = ''; ; ) {
    const { data, next } = (await browser.ask('GET', `/gateway/activity?operation=updateTicketType${before}`)).body;
    logged.push(...data);
    if (next === null) break;
    before = `&before=${next}`;
  }
  expect(logged.length).toBeGreaterThanOrEqual(acknowledged);
  // Each change began with what the one before it left, and the last one left what is there: none is missing.
  const steps = logged.map(({ changes }) => changes[0]);
  expect(steps.every((step) => step?.field === 'name')).toBe(true);
  expect(steps[0]?.after).toBe(name);
  expect(steps.slice(0, -1).map((step) => step?.before)).toEqual(steps.slice(1).map((step) => step?.after));
}, 120_000);
