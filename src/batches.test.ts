import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import type { ImportRow } from '#contract/gateway/batches.ts';
import {
  control,
  itemsOf,
  makeTickets,
  makeType,
  readBatch,
  readTicket,
  startChange,
  startImport,
  takeBack,
  untilIs,
} from './testing.batches.ts';
import { startTestServer, type TestBrowser, type TestServer } from './testing.ts';

let server: TestServer;
let agent: TestBrowser;
let admin: TestBrowser;
let typeId: string;
let high: string;
let vip: string;
beforeAll(async () => {
  server = await startTestServer({ PERSON_RATE_LIMIT: 'off' });
  [agent, admin] = [await server.as('agent'), await server.as('admin')];
  typeId = await makeType(admin);
  const type = (await admin.ask('GET', `/api/ticket_types/${typeId}`)).body;
  const priority = type.ticket_type_attributes.data.find(({ name }: { name: string }) => name === 'Priority');
  high = priority.input_options.list_options[1].id;
  vip = (await admin.ask('POST', '/api/tags', { name: 'Bulk test' })).body.id;
}, 60_000);
afterAll(() => server.stop(), 60_000);

async function logged(path: string): Promise<ActivityEntry[]> {
  return (await admin.ask('GET', `/gateway/activity?object=${path}`)).body.data;
}

describe('a bulk change', () => {
  test('writes every ticket under the name of who asked, with an entry for each write', async () => {
    const ids = await makeTickets(agent, typeId, 3);
    const change = { state: 'resolved', ticket_attributes: { Priority: high }, add_tags: [vip] } as const;
    const { id, input } = await startChange(agent, ids, { ...change, add_tags: [vip] });
    expect(input).toEqual({ kind: 'change', change });
    const batch = await untilIs(agent, id, 'done');
    expect(batch).toMatchObject({ total: 3, done: 3, failed: 0, is_listed: true, can_revert: true, problem: null });
    for (const ticketId of ids) {
      const ticket = await readTicket(agent, ticketId);
      expect(ticket).toMatchObject({ ticket_state: 'resolved', ticket_attributes: { Priority: high } });
      expect(ticket.tags?.tags.map((tag) => tag.name)).toEqual(['Bulk test']);
    }
    const [tagged, updated] = await logged(`/tickets/${ids[0]}`);
    expect(tagged).toMatchObject({
      operation: 'attachTagToTicket',
      object_name: 'Bulk test',
      person: { id: 'demo-agent' },
    });
    expect(updated).toMatchObject({ operation: 'updateTicket', object_name: 'Ticket 0', person: { id: 'demo-agent' } });
    expect(updated?.changes).toContainEqual({ field: 'state', before: 'submitted', after: 'resolved' });
    expect(await itemsOf(agent, id)).toMatchObject([{ position: 0, object_id: ids[0], status: 'done' }, {}, {}]);
  });

  test('leaves alone what is as asked already', async () => {
    const [first = '', second = ''] = await makeTickets(agent, typeId, 2);
    await agent.ask('PUT', `/api/tickets/${first}`, { state: 'in_progress' });
    const before = await readTicket(agent, first);
    const { id } = await startChange(agent, [first, second], { state: 'in_progress' });
    expect(await untilIs(agent, id, 'done')).toMatchObject({ done: 2 });
    expect((await itemsOf(agent, id)).map(({ status }) => status)).toEqual(['unchanged', 'done']);
    expect(await readTicket(agent, first)).toEqual(before);
    expect((await logged(`/tickets/${first}`)).map(({ operation }) => operation)).toEqual([
      'updateTicket',
      'createTicket',
    ]);
  });

  test('stops where it is paused, goes on when it is resumed, and ends where it is canceled', async () => {
    const ids = await makeTickets(agent, typeId, 120);
    const { id } = await startChange(agent, ids, { state: 'in_progress' });
    await vi.waitFor(async () => expect((await readBatch(agent, id)).done).toBeGreaterThan(2), {
      timeout: 60_000,
      interval: 5,
    });
    const paused = await control(agent, id, 'pause');
    expect(paused.done).toBeLessThan(120);
    expect(await changedAmong(ids)).toBe(paused.done);
    expect((await agent.ask('PUT', `/gateway/batches/${id}`, { action: 'retry' })).code).toBe('batch_status');
    await control(agent, id, 'resume');
    await vi.waitFor(async () => expect((await readBatch(agent, id)).done).toBeGreaterThan(paused.done), {
      timeout: 60_000,
      interval: 5,
    });
    const canceled = await control(agent, id, 'cancel');
    expect(await changedAmong(ids)).toBe(canceled.done);
    expect((await agent.ask('PUT', `/gateway/batches/${id}`, { action: 'resume' })).status).toBe(409);
    expect(await readBatch(agent, id)).toMatchObject({ status: 'canceled', done: canceled.done, can_revert: true });
  }, 200_000);

  async function changedAmong(ids: string[]): Promise<number> {
    const tickets = await Promise.all(ids.map((id) => readTicket(agent, id)));
    return tickets.filter((ticket) => ticket.ticket_state === 'in_progress').length;
  }

  test('says of each ticket why it failed, and tries those alone again', async () => {
    const [there = ''] = await makeTickets(agent, typeId, 1);
    const { id } = await startChange(agent, [there, '99999999', 'nobody'], { ticket_attributes: { Weight: 3 } });
    expect(await untilIs(agent, id, 'done')).toMatchObject({ total: 3, done: 1, failed: 2, can_retry: 2 });
    const problems = await itemsOf(agent, id, '?only=problems');
    expect(problems).toMatchObject([
      { object_id: '99999999', status: 'failed', error_code: 'not_found' },
      { object_id: 'nobody', status: 'failed', error_code: 'not_found' },
    ]);
    const { text } = await agent.ask('GET', `/gateway/batches/${id}/problems`);
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'ticket,name,code,problem',
      '99999999,,not_found,This ticket is not there any more.',
    ]);
    await control(agent, id, 'retry');
    expect(await untilIs(agent, id, 'done')).toMatchObject({ done: 1, failed: 2 });
    expect(await logged(`/tickets/${there}`)).toHaveLength(2);
  });

  test('of tickets changed together, one that is refused is left as it was, and the others get all of it', async () => {
    const otherType = await makeType(admin, 'Letter');
    const [first = '', ...rest] = await makeTickets(agent, typeId, 5);
    const [other = ''] = await makeTickets(agent, otherType, 1);
    // The same word is another item in each type.
    const values = { ticket_attributes: { Priority: high, Order: null } };
    const change = { state: 'in_progress' as const, add_tags: [vip], ...values };
    const { id } = await startChange(agent, [first, other, ...rest], change);
    expect(await untilIs(agent, id, 'done')).toMatchObject({ total: 6, done: 5, failed: 1 });
    expect(await itemsOf(agent, id, '?only=problems')).toMatchObject([
      { object_id: other, status: 'failed', error_code: 'parameter_invalid' },
    ]);
    expect(await readTicket(agent, other)).toMatchObject({ ticket_state: 'submitted', tags: { tags: [] } });
    for (const each of [first, ...rest]) {
      expect(await readTicket(agent, each)).toMatchObject({
        ticket_state: 'in_progress',
        tags: { tags: [{ id: vip }] },
        ticket_attributes: { Priority: high, Order: null },
      });
      expect((await logged(`/tickets/${each}`)).map(({ operation }) => operation)).toContain('updateTicket');
    }
    expect((await logged(`/tickets/${other}`)).filter(({ status }) => (status ?? 0) < 300)).toHaveLength(1);
  });

  test('refuses an attribute that the ticket’s type does not have', async () => {
    const ids = await makeTickets(agent, typeId, 1);
    const { id } = await startChange(agent, ids, { ticket_attributes: { Colour: 'red' } });
    await untilIs(agent, id, 'done');
    expect(await itemsOf(agent, id)).toMatchObject([{ status: 'failed', error_code: 'attribute_unknown' }]);
  });

  test('stops with a sentence once whoever asked is deactivated', async () => {
    const owner = await server.as('owner');
    const manager = await server.as('manager');
    const ids = await makeTickets(agent, typeId, 120);
    const { id } = await startChange(manager, ids, { state: 'in_progress' });
    await vi.waitFor(async () => expect((await readBatch(owner, id)).done).toBeGreaterThan(1), {
      timeout: 60_000,
      interval: 5,
    });
    const person = await owner.ask('PUT', '/gateway/people/demo-manager', { deactivated: true });
    expect(person.status).toBe(200);
    const batch = await untilIs(owner, id, 'failed');
    expect(batch.problem).toMatch(/was deactivated, so this was stopped\.$/);
    expect(batch.done).toBeLessThan(120);
    expect(await changedAmong(ids)).toBe(batch.done);
  }, 200_000);
});

describe('taking a batch back', () => {
  test('writes the old values where they are still what it wrote, from the last to the first', async () => {
    const ids = await makeTickets(agent, typeId, 3);
    const change = { state: 'resolved', ticket_attributes: { Priority: high }, add_tags: [vip] } as const;
    const before = await Promise.all(ids.map((id) => readTicket(agent, id)));
    const { id } = await startChange(agent, ids, { ...change, add_tags: [vip] });
    await untilIs(agent, id, 'done');
    await agent.ask('PUT', `/api/tickets/${ids[1]}`, { state: 'in_progress' });
    const revert = await takeBack(agent, id);
    expect(revert).toMatchObject({ reverts: id, input: { kind: 'revert', batch: id, of: 'change' } });
    expect(await untilIs(agent, revert.id, 'done')).toMatchObject({ total: 3, done: 2, failed: 1 });
    expect(await itemsOf(agent, revert.id)).toMatchObject([
      { object_id: ids[2], status: 'done' },
      {
        object_id: ids[1],
        status: 'failed',
        error_code: 'changed_since',
        error_message: 'Changed since by someone: state.',
      },
      { object_id: ids[0], status: 'done' },
    ]);
    for (const index of [0, 2]) {
      const now = await readTicket(agent, ids[index] ?? '');
      expect(now).toMatchObject({ ticket_state: 'submitted', tags: { tags: [] } });
      expect(now.ticket_attributes).toEqual(before[index]?.ticket_attributes);
    }
    expect((await readTicket(agent, ids[1] ?? '')).tags?.tags).toHaveLength(1);
    expect(await readBatch(agent, id)).toMatchObject({ reverted_by: revert.id, can_revert: false });
    expect((await agent.ask('POST', `/gateway/batches/${id}/revert`, {})).status).toBe(409);
  });
});

describe('an import', () => {
  const row = (
    line: number,
    values: object = {},
    contact: object = { email: `row${line}@example.com` },
  ): ImportRow => ({
    line,
    ticket_attributes: { _default_title_: `Row ${line}`, Order: `B-${line}`, ...values },
    contact,
  });

  test('is checked before anything is written, and writes each valid row once', async () => {
    const rows = [
      row(2, { Weight: 7, Priority: high }),
      row(3, { Weight: 'heavy' }),
      row(4, {}, { id: 'nobody' }),
      row(5, { Order: '' }),
      row(6, { Colour: '=1+1' }),
      { ...row(7), company_id: 'no-such-company' },
      row(8),
    ];
    const { id, status } = await startImport(agent, typeId, rows);
    expect(status).toBe('collecting');
    expect((await agent.ask('PUT', `/gateway/batches/${id}`, { action: 'start' })).status).toBe(409);
    await control(agent, id, 'check');
    expect(await untilIs(agent, id, 'checked')).toMatchObject({ total: 7, failed: 5, done: 0, is_listed: true });
    expect(await itemsOf(agent, id, '?only=problems')).toMatchObject([
      { line: 3, error_message: 'Weight must be a whole number.' },
      { line: 4, error_code: 'contact_unknown' },
      { line: 5, error_code: 'value_missing' },
      { line: 6, error_code: 'attribute_unknown' },
      { line: 7, error_code: 'company_unknown' },
    ]);
    const { text } = await agent.ask('GET', `/gateway/batches/${id}/problems`);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      'line,contact_email,contact_external_id,contact_id,company_id,Colour,Order,Weight,_default_title_,problem',
    );
    expect(lines[4]).toBe("6,row6@example.com,,,,'=1+1,B-6,,Row 6,Colour is no attribute of the type.");

    await control(agent, id, 'start');
    expect(await untilIs(agent, id, 'done')).toMatchObject({ done: 2, failed: 5, can_retry: 0 });
    const written = (await itemsOf(agent, id)).filter((item) => item.status === 'done');
    expect(written.map(({ line, object_name }) => [line, object_name])).toEqual([
      [2, 'Row 2'],
      [8, 'Row 8'],
    ]);
    const made = await readTicket(agent, written[0]?.object_id ?? '');
    expect(made.ticket_attributes).toMatchObject({ Weight: 7, Priority: high });
    expect((await logged(`/tickets/${made.id}`)).map(({ operation }) => operation)).toEqual(['createTicket']);

    const revert = await takeBack(agent, id);
    await untilIs(agent, revert.id, 'done');
    expect(await readTicket(agent, made.id)).toMatchObject({ ticket_state: 'resolved', open: false });
  });

  test('takes rows sent twice once, and none after its check', async () => {
    const { id } = await startImport(agent, typeId, [row(2), row(3)]);
    const again = await agent.ask('PUT', `/gateway/batches/${id}/rows`, { first: 1, rows: [row(9)] });
    expect(again.body.total).toBe(2);
    expect((await agent.ask('PUT', `/gateway/batches/${id}/rows`, { first: 5, rows: [row(9)] })).status).toBe(200);
    expect((await agent.ask('PUT', `/gateway/batches/${id}`, { action: 'check' })).status).toBe(409);
    await agent.ask('PUT', `/gateway/batches/${id}/rows`, { first: 2, rows: [row(4), row(5), row(6)] });
    await control(agent, id, 'check');
    expect(await untilIs(agent, id, 'checked')).toMatchObject({ total: 6 });
    expect((await itemsOf(agent, id)).map(({ line }) => line)).toEqual([2, 9, 4, 5, 6, 9]);
    expect((await agent.ask('PUT', `/gateway/batches/${id}/rows`, { first: 0, rows: [row(2)] })).status).toBe(409);
  });
});

describe('whose it is', () => {
  test('an agent sees and controls their own, an admin everyone’s', async () => {
    const [ticket = ''] = await makeTickets(agent, typeId, 1);
    const { id } = await startChange(admin, [ticket], { open: false });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/items', undefined],
      ['GET', '/problems', undefined],
      ['PUT', '', { action: 'cancel' }],
      ['POST', '/revert', {}],
    ] as const) {
      expect((await agent.ask(method, `/gateway/batches/${id}${path}`, body)).status).toBe(404);
    }
    const own = await startChange(agent, [ticket], { open: true });
    const idsOf = async (browser: TestBrowser) =>
      (await browser.ask('GET', '/gateway/batches')).body.data.map((batch: { id: string }) => batch.id);
    expect(await idsOf(agent)).toContain(own.id);
    expect(await idsOf(agent)).not.toContain(id);
    expect(await idsOf(admin)).toEqual(expect.arrayContaining([own.id, id]));
  });

  test('the same key makes it once', async () => {
    const ids = await makeTickets(agent, typeId, 1);
    const body = { key: `key-${randomUUID()}`, input: { kind: 'change', tickets: { ids }, change: { open: false } } };
    const answers = await Promise.all([1, 2, 3].map(() => agent.ask('POST', '/gateway/batches', body)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await admin.ask('POST', '/gateway/batches', body)).body.id).not.toBe(answers[0]?.body.id);
  });
});

test.each([
  ['no change', { tickets: { ids: ['1'] }, change: {} }],
  ['no tickets', { tickets: { ids: [] }, change: { open: true } }],
  ['an id that is a path', { tickets: { ids: ['../1'] }, change: { open: true } }],
  ['a state that is none', { tickets: { ids: ['1'] }, change: { state: 'gone' } }],
  ['a tag to add and to remove', { tickets: { ids: ['1'] }, change: { add_tags: ['1'], remove_tags: ['1'] } }],
  [
    'too many tickets',
    { tickets: { ids: Array.from({ length: 10_001 }, (_, id) => `${id}`) }, change: { open: true } },
  ],
  ['a query that is none', { tickets: { query: { field: 'state' } }, change: { open: true } }],
])('a change with %s is refused', async (_, input) => {
  const body = { key: `key-${randomUUID()}`, input: { kind: 'change', ...input } };
  expect((await agent.ask('POST', '/gateway/batches', body)).status).toBe(400);
});
