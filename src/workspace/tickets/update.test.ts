import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ticket } from '#contract/tickets.ts';
import { startOfTime } from '../testing.ts';
import { wakeTickets } from './snooze-store.ts';
import { inVersion, openTestTickets, partTypes, refused, type TestTickets } from './testing.ts';

let desk: TestTickets;
let id: string;
beforeAll(async () => {
  desk = await openTestTickets();
});
beforeEach(async () => {
  desk.time.now = startOfTime;
  id = await desk.newTicket();
});
afterAll(() => desk.close());

const update = (body: object, asked = {}) => desk.update(id, body, asked);
const bot = { author: { type: 'bot', name: 'Operator' } };
const newParts = async () => (await desk.read(id)).ticket_parts?.ticket_parts.slice(1);
const httpDate = (seconds: number) => new Date(seconds * 1000).toUTCString();

describe('PUT /tickets/{id}', () => {
  test('200 with one part for each change, in the order of the examples', async () => {
    desk.time.now += 10;
    const { status, body } = await update({
      snoozed_until: startOfTime + 500,
      open: true,
      assignment: { admin_id: '802', assignee_id: '803' },
      state: 'in_progress',
      ticket_attributes: { _default_description_: 'there is a problem', _default_title_: 'example' },
    });
    expect(status).toBe(200);
    expect(ticket.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      ticket_attributes: { _default_title_: 'example', _default_description_: 'there is a problem' },
      ticket_state: 'in_progress',
      ticket_state_internal_label: 'In progress',
      ticket_state_external_label: 'In progress',
      admin_assignee_id: '803',
      team_assignee_id: '0',
      open: true,
      snoozed_until: startOfTime + 500,
      created_at: startOfTime,
      updated_at: startOfTime + 10,
    });
    const types = type_attributes(body);
    const changed = (name: string, value: string) => ({
      part_type: 'ticket_attribute_updated_by_admin',
      ...bot,
      updated_attribute_data: {
        attribute: { type: 'attribute', id: types.get(name), label: name },
        value: { type: 'value', label: value },
      },
    });
    expect(body.ticket_parts?.ticket_parts.slice(1)).toMatchObject([
      changed('_default_title_', 'example'),
      changed('_default_description_', 'there is a problem'),
      {
        part_type: 'ticket_state_updated_by_admin',
        ticket_state: 'in_progress',
        previous_ticket_state: 'submitted',
        ...bot,
      },
      {
        part_type: 'assignment',
        assigned_to: { type: 'admin', id: '803' },
        author: { type: 'admin', id: '802', name: 'Tomasz Wierzbicki', email: 'tomasz@fennelandoak.example' },
      },
      { part_type: 'snoozed', ...bot },
    ]);
    expect(body.ticket_parts?.total_count).toBe(6);
    expect(await desk.read(id)).toEqual(body);
  });

  test('200 without a part or a new time for what changes nothing', async () => {
    const asked = {
      ticket_attributes: { _default_title_: 'same' },
      state: 'resolved',
      assignment: { admin_id: '801', assignee_id: '61' },
      snoozed_until: startOfTime + 900,
      is_shared: false,
    };
    const { body } = await update(asked);
    desk.time.now += 100;
    for (const again of [asked, {}, { assignment: { admin_id: '805' } }, { ticket_attributes: {} }]) {
      expect((await update(again)).body).toEqual(body);
    }
  });

  test('200 with is_shared changed, of which no part tells', async () => {
    desk.time.now += 5;
    const { body } = await update({ is_shared: false });
    expect(body).toMatchObject({ is_shared: false, updated_at: startOfTime + 5 });
    expect(partTypes(body)).toHaveLength(1);
  });

  test('200 with what a client may not set left alone', async () => {
    const before = await desk.read(id);
    const sent = {
      id: '7',
      workspace_id: 'w0other1',
      contact_id: 'x',
      ticket_type_id: '1202',
      number: 1,
      contacts: [],
    };
    const { body } = await update({
      ...sent,
      created_at: 1,
      updated_at: 1,
      teammate_ids: [5],
      ticket_state: 'resolved',
    });
    expect(body).toEqual(before);
  });

  test.each(['x', '0', '-1', '1', '99999999999999999999', '1.5'])('404 ticket_not_found for %s', async (unknown) => {
    for (const answer of [await desk.update(unknown, {}), await desk.ask('GET', `/tickets/${unknown}`)]) {
      refused(answer, 404, { code: 'ticket_not_found', message: 'Ticket not found' });
    }
  });

  test('another workspace sees, changes and answers nothing', async () => {
    const other = { token: desk.otherToken };
    const mine = await desk.read(id);
    const missing = { code: 'ticket_not_found' };
    refused(await desk.ask('GET', `/tickets/${id}`, other), 404, missing);
    refused(await update({ state: 'resolved' }, other), 404, missing);
    refused(
      await desk.reply(id, { message_type: 'note', type: 'admin', admin_id: '901', body: 'x' }, other),
      404,
      missing,
    );
    refused(
      await desk.ask('POST', `/tickets/${id}/tags`, { body: { id: '1', admin_id: '901' }, ...other }),
      404,
      missing,
    );
    refused(await desk.ask('DELETE', `/tickets/${id}/tags/1`, { body: { admin_id: '901' }, ...other }), 404, missing);
    refused(await update({ assignment: { admin_id: '801', assignee_id: '901' } }), 404, { code: 'assignee_not_found' });
    expect(await desk.read(id)).toEqual(mine);
  });
});

const type_attributes = (body: { ticket_type?: unknown }) =>
  new Map(
    ticket.shape.ticket_type.parse(body.ticket_type)?.ticket_type_attributes.data.map(({ name, id: of }) => [name, of]),
  );

describe('state', () => {
  test('400 parameter_invalid for submitted, as for what is no state', async () => {
    for (const state of ['submitted', 'nonsense', 5]) {
      refused(await update({ state }), 400, { code: 'parameter_invalid', message: 'state is invalid' });
    }
  });

  test('200 for submitted from within the process', async () => {
    await update({ state: 'resolved' });
    const ask = desk.asking({ inner: { token: 'inner-token', workspaceId: 'dk4m2x9q' } });
    const taken = await ask<{ ticket_state: string }>('PUT', `/tickets/${id}`, {
      body: { state: 'submitted' },
      token: 'inner-token',
    });
    expect(taken.body.ticket_state).toBe('submitted');
    expect(await newParts()).toMatchObject([{}, { ticket_state: 'submitted', previous_ticket_state: 'resolved' }]);
    refused(await ask('PUT', `/tickets/${id}`, { body: { state: 'submitted' } }), 400, { code: 'parameter_invalid' });
  });
});

describe('assignment', () => {
  test('200 for an admin, a team and nobody, one at a time', async () => {
    const assign = async (assignee_id: string | number) => {
      const { body } = await update({ assignment: { admin_id: 801, assignee_id } });
      return [body.admin_assignee_id, body.team_assignee_id];
    };
    expect(await assign(804)).toEqual(['804', '0']);
    expect(await assign('62')).toEqual(['0', '62']);
    expect(await assign('0')).toEqual(['0', '0']);
    const author = { id: '801', type: 'admin' };
    expect(await newParts()).toMatchObject([
      { part_type: 'assignment', assigned_to: { type: 'admin', id: '804' }, author },
      { part_type: 'assignment', assigned_to: { type: 'team', id: '62' }, author },
      { part_type: 'assignment', assigned_to: null, author },
    ]);
  });

  test('200 in the name of the admin of the token where none is named', async () => {
    await update({ assignment: { assignee_id: '803' } });
    expect(await newParts()).toMatchObject([{ author: { id: '801' } }]);
  });

  test.each([
    { admin_id: '123', assignee_id: '803' },
    { admin_id: '801', assignee_id: '456' },
    { admin_id: '61', assignee_id: '803' },
    { admin_id: 'x', assignee_id: '803' },
    { admin_id: '801', assignee_id: '' },
    { admin_id: '801', assignee_id: '00' },
    { admin_id: '123' },
  ])('404 assignee_not_found for %j, and nothing else is changed', async (assignment) => {
    refused(await update({ assignment, state: 'resolved' }), 404, {
      code: 'assignee_not_found',
      message: 'Assignee not found',
    });
    expect(await newParts()).toEqual([]);
  });
});

describe('open and snoozed_until', () => {
  test('200 closed and opened again, each told once', async () => {
    expect((await update({ open: false })).body.open).toBe(false);
    await update({ open: false });
    expect((await update({ open: true })).body.open).toBe(true);
    expect(await newParts()).toMatchObject([
      { part_type: 'close', ...bot },
      { part_type: 'open', ...bot },
    ]);
  });

  test('closing removes the snooze', async () => {
    await update({ snoozed_until: startOfTime + 100 });
    const { body } = await update({ open: false });
    expect(body).not.toHaveProperty('snoozed_until');
    expect((await update({ open: true })).body).not.toHaveProperty('snoozed_until');
    expect(partTypes(await desk.read(id))?.slice(1)).toEqual(['snoozed', 'close', 'open']);
  });

  test('snoozing opens, and opening ends the snooze', async () => {
    await update({ open: false });
    expect((await update({ snoozed_until: startOfTime + 100 })).body.open).toBe(true);
    expect((await update({ open: true })).body).not.toHaveProperty('snoozed_until');
    expect(partTypes(await desk.read(id))?.slice(1)).toEqual(['close', 'open', 'snoozed', 'unsnoozed']);
  });

  test('a snooze that is over is ended once, and the ticket says so', async () => {
    const other = await desk.newTicket();
    await desk.update(other, { snoozed_until: startOfTime + 500 });
    await update({ snoozed_until: startOfTime + 100 });
    const { updated_at: before } = await desk.read(id);
    for (const now of [startOfTime + 99, startOfTime + 100, startOfTime + 101])
      await wakeTickets(desk.database.db, now);
    const woken = await desk.read(id);
    expect(partTypes(woken)?.slice(-2)).toEqual(['snoozed', 'unsnoozed']);
    expect(woken.ticket_parts?.ticket_parts.at(-1)).toMatchObject({
      author: { type: 'bot' },
      created_at: startOfTime + 100,
    });
    expect(woken.updated_at).toBeGreaterThan(before);
    expect(woken).not.toHaveProperty('snoozed_until');
    expect((await desk.read(other)).snoozed_until).toBe(startOfTime + 500);
  });

  test('a snooze is over when its time has come', async () => {
    await update({ snoozed_until: startOfTime + 100 });
    desk.time.now = startOfTime + 99;
    expect((await desk.read(id)).snoozed_until).toBe(startOfTime + 100);
    desk.time.now = startOfTime + 100;
    expect(await desk.read(id)).not.toHaveProperty('snoozed_until');
  });

  // The demo workspace is in Amsterdam, whose clocks went back on 25 October 2026 and forward on 28 March 2027.
  test.each([
    ['2026-09-21T14:13:20Z', '2026-09-22T07:00:00Z'],
    ['2026-10-24T12:00:00Z', '2026-10-25T08:00:00Z'],
    ['2026-10-24T21:59:59Z', '2026-10-25T08:00:00Z'],
    ['2026-10-24T22:00:00Z', '2026-10-26T08:00:00Z'],
    ['2027-03-27T12:00:00Z', '2027-03-28T07:00:00Z'],
    ['2026-12-31T23:30:00Z', '2027-01-02T08:00:00Z'],
  ])('a time in the past at %s becomes %s', async (now, morning) => {
    desk.time.now = Date.parse(now) / 1000;
    for (const snoozed_until of [1_673_609_604, desk.time.now, -5]) {
      expect((await update({ snoozed_until })).body.snoozed_until).toBe(Date.parse(morning) / 1000);
    }
    expect(await newParts()).toMatchObject([{ part_type: 'snoozed' }]);
  });

  test('are ignored in 2.9', async () => {
    const { status, body } = await update({ open: false, snoozed_until: startOfTime + 9 }, inVersion('2.9'));
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('open');
    expect(await desk.read(id)).toMatchObject({ open: true, ticket_parts: { total_count: 1 } });
  });
});

describe('ticket_attributes', () => {
  test('200 with the others left as they are, and null empties one', async () => {
    const type = await desk.createType({
      Text: { data_type: 'string', required_to_create: true },
      Priority: { data_type: 'list', list_items: 'Low,High' },
      Files: { data_type: 'files' },
    });
    const [low] = type.ticket_type_attributes.data[3]?.input_options?.list_options ?? [];
    const created = await desk.createTicket({ ticket_type_id: type.id, ticket_attributes: { Text: 'x' } });
    id = created.body.id;
    await update({ ticket_attributes: { Priority: low?.id, Files: ['https://files.example/a.png'] } });
    const { body } = await update({ ticket_attributes: { Text: null, Files: ['https://files.example/a.png'] } });
    expect(body.ticket_attributes).toMatchObject({ Text: null, Priority: low?.id, Files: [{ name: 'a.png' }] });
    expect(await newParts()).toMatchObject([
      { updated_attribute_data: { attribute: { label: 'Priority' }, value: { id: low?.id, label: 'Low' } } },
      { updated_attribute_data: { attribute: { label: 'Files' }, value: { label: ['a.png'] } } },
      { updated_attribute_data: { attribute: { label: 'Text' }, value: { label: null } } },
    ]);
    refused(await update({ ticket_attributes: { Priority: 'Low' } }), 400, { code: 'parameter_invalid' });
    refused(await update({ ticket_attributes: { None: 'x' } }), 400, { code: 'parameter_invalid' });
  });

  test('what searches compare is kept in step', async () => {
    const type = await desk.createType({
      Text: { data_type: 'string' },
      Count: { data_type: 'integer' },
      Due: { data_type: 'datetime' },
      Flag: { data_type: 'boolean' },
    });
    const ticket_attributes = { Text: 'ÉTÉ', Count: 7, Due: '1970-01-01T00:01:00Z', Flag: true, _default_title_: 'ÀB' };
    id = (await desk.createTicket({ ticket_type_id: type.id, ticket_attributes })).body.id;
    const stored = async () => {
      const { rows } = await desk.database.executeSql(
        'select text_value, number_value from ticket_values where ticket_id = $1 order by attribute_id',
        [Number(id)],
      );
      return rows;
    };
    expect(await stored()).toEqual([
      { text_value: 'été', number_value: null },
      { text_value: null, number_value: 7 },
      { text_value: null, number_value: 60 },
    ]);
    await update({ ticket_attributes: { Text: null, Count: 8, _default_title_: null } });
    expect(await stored()).toEqual([
      { text_value: null, number_value: 8 },
      { text_value: null, number_value: 60 },
    ]);
    const { rows } = await desk.database.executeSql('select title_key from tickets where id = $1', [Number(id)]);
    expect(rows).toEqual([{ title_key: '' }]);
  });
});

describe('at the same time', () => {
  test('changes of different things are all there afterwards', async () => {
    const names = [...'abcdefgh'];
    const type = await desk.createType(
      Object.fromEntries(names.map((name) => [name, { data_type: 'integer' as const }])),
    );
    id = (await desk.createTicket({ ticket_type_id: type.id })).body.id;
    const answers = await Promise.all([
      ...names.map((name, value) => update({ ticket_attributes: { [name]: value } })),
      update({ state: 'resolved' }),
      update({ assignment: { admin_id: '801', assignee_id: '803' } }),
      ...names.map((name) => desk.reply(id, { message_type: 'note', type: 'admin', admin_id: '802', body: name })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const read = await desk.read(id);
    expect(read.ticket_attributes).toMatchObject(Object.fromEntries(names.map((name, value) => [name, value])));
    expect(read).toMatchObject({ ticket_state: 'resolved', admin_assignee_id: '803' });
    expect(read.ticket_parts?.total_count).toBe(1 + names.length * 2 + 2);
    expect(read.updated_at).toBe(startOfTime + answers.length);
  });

  test('412 for a change to what somebody else changed since', async () => {
    const since = { headers: { 'If-Unmodified-Since': httpDate(startOfTime) } };
    expect((await update({ state: 'in_progress' }, since)).status).toBe(200);
    refused(await update({ state: 'resolved' }, since), 412, { code: 'resource_conflict' });
    expect((await desk.read(id)).ticket_state).toBe('in_progress');
  });
});
