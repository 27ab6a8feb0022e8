import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Batch, TicketChange } from '#contract/gateway/batches.ts';
import type { SearchQuery } from '#contract/search.ts';
import { type Jobs, startJobs } from '#database/jobs.ts';
import { people } from '../auth/tables.ts';
import { createIntercomUpstream } from '../intercom-upstream.ts';
import { gatewayOn, testDatabase } from '../testing.gateway.ts';
import { fromOwnPage, json, startTestServer, type TestServer, testToken } from '../testing.ts';
import { type BatchRunner, createBatchRunner } from './runner.ts';

// Against an API elsewhere: what it holds here is told from what Deskbell says that it did.

const log = pino({ level: 'silent' });
const admins = { type: 'admin.list', admins: [] };

interface Held {
  state: string;
  title: string;
}

let intercom: TestServer;
let jobs: Jobs;
let runner: BatchRunner;
let app: ReturnType<typeof gatewayOn>;
/** What is to be answered instead, by method and path. Undefined: what the API would. */
let fault: (call: string) => Parameters<typeof json> | 'drop' | 'hang' | undefined;
let held: Map<string, Held>;
let created: number;
let limit: Record<string, string>;

beforeAll(async () => {
  intercom = await startTestServer();
  const person = { id: 'tester', name: 'Tess Tester', email: 'tess@example.com', roles: ['agent'] as 'agent'[] };
  await testDatabase.db.insert(people).values(person);
});
afterAll(() => intercom.close());

async function startRunner(): Promise<void> {
  const upstream = createIntercomUpstream({
    baseUrl: intercom.url,
    region: 'us',
    token: testToken,
    log,
    timeoutMs: 1_500,
  });
  jobs = await startJobs(testDatabase, log);
  runner = createBatchRunner({ database: testDatabase, upstream, offersDemo: false, log });
  app = gatewayOn(upstream, { wakeBatch: runner.wake });
  await runner.start(jobs);
}

async function stopRunner(): Promise<void> {
  await runner.stop();
  await jobs.stop();
}

beforeEach(async () => {
  held = new Map(
    Array.from({ length: 8 }, (_, index) => [`${index + 1}`, { state: 'submitted', title: `T${index + 1}` }]),
  );
  created = 0;
  limit = {};
  fault = () => undefined;
  intercom.seen.length = 0;
  intercom.answer = (incoming, outgoing, body) => {
    const call = `${incoming.method} ${incoming.url?.split('?')[0]}`;
    const failing = fault(call);
    const apply = () => answerOf(call, body);
    if (failing === 'drop' || failing === 'hang') {
      apply();
      if (failing === 'drop') incoming.socket.destroy();
      return;
    }
    const [value, status, headers] = failing ?? [...apply(), limit];
    json(value, status, headers)(incoming, outgoing, body);
  };
  await startRunner();
});
afterEach(stopRunner);

const ticketOf = (id: string, { state, title }: Held) => ({
  type: 'ticket',
  id,
  ticket_id: id,
  ticket_attributes: { _default_title_: title, _default_description_: null },
  ticket_state: state,
  contacts: { type: 'contact.list', contacts: [] },
  admin_assignee_id: '0',
  team_assignee_id: '0',
  created_at: Number(id),
  updated_at: 1_700_000_000,
  open: state !== 'resolved',
});

/** The API: answers, having done what it was asked. */
function answerOf(call: string, body: string): [unknown, number] {
  const [, id = ''] = /\/tickets\/(\d+)/.exec(call) ?? [];
  const ticket = held.get(id);
  const sent = body === '' ? {} : JSON.parse(body);
  if (call === 'GET /admins') return [admins, 200];
  if (call === 'GET /me') return [{ type: 'admin', id: '9', name: 'Token', email: 'token@example.com' }, 200];
  if (call === 'POST /tickets/search') {
    const after = Number(sent.pagination?.starting_after ?? 0);
    const found = [...held].slice(after, after + 3);
    const more = after + 3 < held.size ? { next: { starting_after: `${after + 3}` } } : {};
    const tickets = found.map(([id, one]) => ticketOf(id, one));
    return [{ type: 'ticket.list', tickets, total_count: held.size, pages: { type: 'pages', ...more } }, 200];
  }
  if (call === 'POST /tickets') {
    created += 1;
    return [ticketOf('100', { state: 'submitted', title: 'Made' }), 200];
  }
  if (ticket === undefined) {
    return [{ type: 'error.list', errors: [{ code: 'ticket_not_found', message: 'Ticket not found' }] }, 404];
  }
  if (call.startsWith('PUT')) ticket.state = sent.state;
  return [ticketOf(id, ticket), 200];
}

async function ask(method: string, path: string, body?: unknown): Promise<Batch> {
  const init = { method, headers: fromOwnPage, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await app.request(`http://127.0.0.1/gateway/batches${path}`, init);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return JSON.parse(text);
}

function start(tickets: { ids: string[] } | { query: SearchQuery | null }, change: TicketChange): Promise<Batch> {
  return ask('POST', '', { key: `key-${randomUUID()}`, input: { kind: 'change', tickets, change } });
}

const until = (id: string, expected: Partial<Batch>, timeout = 12_000) =>
  vi.waitFor(
    async () => {
      const batch = await ask('GET', `/${id}`);
      expect(batch).toMatchObject(expected);
      return batch;
    },
    { timeout, interval: 25 },
  );

const problems = async (id: string) =>
  JSON.parse(await (await app.request(`http://127.0.0.1/gateway/batches/${id}/items?only=problems`)).text()).data;

const writes = () => intercom.seen.filter((line) => line.startsWith('PUT'));

test('a search is listed page by page, in the order in which tickets were made, and all that it finds is written', async () => {
  const query = { field: 'state', operator: '=', value: 'submitted' } as const;
  const { id, input } = await start({ query }, { state: 'resolved' });
  expect(input).toMatchObject({ kind: 'change', query });
  expect(await until(id, { status: 'done' })).toMatchObject({ total: 8, done: 8, failed: 0 });
  expect([...held.values()].map(({ state }) => state)).toEqual(Array.from(held, () => 'resolved'));
  const searches = intercom.seen.filter((line) => line.startsWith('POST /tickets/search'));
  expect(searches).toHaveLength(3);
  expect(searches.every((line) => line.includes('"sort":{"field":"created_at","order":"ascending"}'))).toBe(true);
  expect(writes()).toHaveLength(8);
});

describe('an upstream that', () => {
  test('asks to wait is waited for, and nothing fails of it', async () => {
    let refusals = 1;
    fault = (call) =>
      call === 'PUT /tickets/2' && refusals-- > 0
        ? [{ type: 'error.list', errors: [] }, 429, { 'retry-after': '1' }]
        : undefined;
    const { id } = await start({ ids: ['1', '2', '3'] }, { state: 'resolved' });
    const waiting = await until(id, { waits_until: expect.any(Number), done: 1, failed: 0 });
    expect(waiting.status).toBe('running');
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 3, failed: 0, waits_until: null });
  });

  test('says that its limit is nearly used up is left to people until it is renewed', async () => {
    limit = {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '5',
      'x-ratelimit-reset': `${Math.ceil(Date.now() / 1000) + 2}`,
    };
    const { id } = await start({ ids: ['1', '2'] }, { state: 'resolved' });
    await until(id, { waits_until: Number(limit['x-ratelimit-reset']), done: 1 });
    limit = {};
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 2 });
  });

  test('fails at one item fails at that alone, which can be tried again', async () => {
    fault = (call) =>
      call === 'PUT /tickets/2'
        ? [{ type: 'error.list', errors: [{ code: 'server_error', message: 'Broken' }] }, 500]
        : undefined;
    const { id } = await start({ ids: ['1', '2', '3'] }, { state: 'resolved' });
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 2, failed: 1 });
    expect(await problems(id)).toMatchObject([{ object_id: '2', status: 'failed', error_message: 'Broken' }]);
    fault = () => undefined;
    const before = writes().length;
    await ask('PUT', `/${id}`, { action: 'retry' });
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 3, failed: 0 });
    expect(writes().slice(before)).toEqual([expect.stringContaining('PUT /tickets/2')]);
  });

  test.each(['drop', 'hang'] as const)(
    'does a write and then lets its answer %s is read to see what came of it',
    async (how) => {
      let left = 1;
      fault = (call) => (call === 'PUT /tickets/2' && left-- > 0 ? how : undefined);
      const { id } = await start({ ids: ['1', '2', '3'] }, { state: 'resolved' });
      expect(await until(id, { status: 'done' })).toMatchObject({ done: 3, failed: 0 });
      expect(writes()).toHaveLength(3);
    },
  );

  test('does not take the token any more stops everything with a sentence', async () => {
    fault = (call) =>
      call.includes('/tickets')
        ? [{ type: 'error.list', errors: [{ code: 'unauthorized', message: 'No' }] }, 401]
        : undefined;
    const { id } = await start({ ids: ['1', '2'] }, { state: 'resolved' });
    const { problem } = await until(id, { status: 'failed' });
    expect(problem).toMatch(/^The workspace does not accept Deskbell’s access token any more\./);
    fault = () => undefined;
    await ask('PUT', `/${id}`, { action: 'resume' });
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 2, failed: 0, problem: null });
  });

  test('lets the answer to a create drop is not asked for that ticket again', async () => {
    const { id } = await ask('POST', '', {
      key: `key-${randomUUID()}`,
      input: { kind: 'import', ticket_type_id: '7', file_name: 'a.csv' },
    });
    const rows = [2, 3].map((line) => ({ line, ticket_attributes: {}, contact: { email: `c${line}@example.com` } }));
    await ask('PUT', `/${id}/rows`, { first: 0, rows });
    const attributes = { type: 'list', data: [] };
    const type = {
      type: 'ticket_type',
      id: '7',
      name: 'T',
      archived: false,
      ticket_type_attributes: attributes,
      created_at: 1,
      updated_at: 1,
      icon: '🎟️',
      category: 'Customer',
      description: null,
      is_internal: false,
      workspace_id: 'w',
    };
    fault = (call) => (call === 'GET /ticket_types/7' ? [type, 200] : undefined);
    await ask('PUT', `/${id}`, { action: 'check' });
    await until(id, { status: 'checked', failed: 0 });
    let left = 1;
    fault = (call) => (call === 'POST /tickets' && left-- > 0 ? 'drop' : undefined);
    await ask('PUT', `/${id}`, { action: 'start' });
    expect(await until(id, { status: 'done' })).toMatchObject({ done: 1, failed: 1 });
    expect(await problems(id)).toMatchObject([{ line: 2, status: 'unknown', error_code: 'outcome_unknown' }]);
    const refused = await app.request(`http://127.0.0.1/gateway/batches/${id}`, {
      method: 'PUT',
      headers: fromOwnPage,
      body: '{"action":"retry"}',
    });
    expect(refused.status).toBe(409);
    expect(created).toBe(2);
  });
});

test('stopping waits for the item that is being written, and the next start goes on with the others', async () => {
  const { answer } = intercom;
  let release = () => {};
  const isAtThird = new Promise<void>((resolve) => {
    intercom.answer = (incoming, outgoing, body) => {
      if (incoming.method !== 'PUT' || writes().length !== 3) return answer(incoming, outgoing, body);
      release = () => answer(incoming, outgoing, body);
      resolve();
    };
  });
  const { id } = await start({ query: null }, { state: 'resolved' });
  await isAtThird;
  const stopping = stopRunner();
  release();
  await stopping;
  const stopped = await ask('GET', `/${id}`);
  expect(stopped).toMatchObject({ status: 'running', failed: 0 });
  expect(writes()).toHaveLength(stopped.done);
  await startRunner();
  expect(await until(id, { status: 'done' })).toMatchObject({ done: 8 });
  expect(writes()).toHaveLength(8);
});
