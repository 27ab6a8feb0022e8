import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listTicketTypes, type TicketType, ticketType } from '#contract/ticket-types.ts';
import { type Asked, openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const create = (body: unknown, asked: Asked = {}) =>
  workspace.ask<TicketType>('POST', '/ticket_types', { body, ...asked });
const read = (id: string, asked: Asked = {}) => workspace.ask<TicketType>('GET', `/ticket_types/${id}`, asked);
const update = (id: string, body: unknown, asked: Asked = {}) =>
  workspace.ask<TicketType>('PUT', `/ticket_types/${id}`, { body, ...asked });
const httpDate = (seconds = 0) => new Date(seconds * 1000).toUTCString();
const failed = (answer: { status: number; body: unknown }, status: number, error: object) => {
  expect(answer).toMatchObject({ status, body: { type: 'error.list', errors: [error] } });
};

const keys = [
  'type',
  'id',
  'name',
  'description',
  'icon',
  'workspace_id',
  'archived',
  'created_at',
  'updated_at',
  'is_internal',
  'ticket_type_attributes',
  'category',
];
const hostile = [
  `'; drop table ticket_types; --`,
  `" or 1=1 --`,
  `$1 \${name} %s \\' \\u0000`,
  '<script>alert(1)</script>',
  '‮ ﷽ 👨‍👩‍👧‍👦 \t\n',
];

describe('GET /ticket_types', () => {
  test('200 with every type in order of id, archived ones too', async () => {
    const answer = await workspace.ask<{ type: string; data: TicketType[] }>('GET', '/ticket_types');
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['type', 'data']);
    expect(answer.body.type).toBe('list');
    expect(() => listTicketTypes.response.parse(answer.body)).not.toThrow();
    const ids = answer.body.data.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    expect(answer.body.data.some(({ archived }) => archived)).toBe(true);
    for (const type of answer.body.data) {
      const orders = type.ticket_type_attributes.data.map(({ order }) => order);
      expect(orders).toEqual([...orders].sort((one, other) => one - other));
    }
  });

  test('200 with nothing of another workspace', async () => {
    const answer = await workspace.ask('GET', '/ticket_types', { token: workspace.otherToken });
    expect(answer.body).toEqual({ type: 'list', data: [] });
  });
});

describe('POST /ticket_types', () => {
  test('200 with the two default attributes and the defaults of the API', async () => {
    const { status, body } = await create({ name: 'Customer issue' });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(keys);
    expect(body).toMatchObject({
      type: 'ticket_type',
      name: 'Customer issue',
      description: '',
      icon: '🎟️',
      workspace_id: 'dk4m2x9q',
      archived: false,
      is_internal: false,
      category: 'Customer',
      created_at: startOfTime,
      updated_at: startOfTime,
    });
    const base = { data_type: 'string', default: true, description: '', archived: false, visible_on_create: true };
    expect(body.ticket_type_attributes).toMatchObject({
      type: 'list',
      data: [
        { ...base, name: '_default_title_', order: 0, input_options: { multiline: false } },
        { ...base, name: '_default_description_', order: 1, input_options: { multiline: true } },
      ],
    });
    expect(body.ticket_type_attributes.data[0]?.ticket_type_id).toBe(Number(body.id));
    expect((await read(body.id)).body).toEqual(body);
  });

  test.each([
    [{ is_internal: true }, 'Back-office', true],
    [{ is_internal: false }, 'Customer', false],
    [{ category: 'Back-office' }, 'Back-office', true],
    [{ category: 'Tracker' }, 'Tracker', false],
    [{ category: 'Tracker', is_internal: false }, 'Tracker', false],
    [{ category: null, is_internal: null, icon: null, description: null }, 'Customer', false],
  ])('200 for %j: %s', async (body, category, is_internal) => {
    expect(await create({ name: 'x', ...body })).toMatchObject({ status: 200, body: { category, is_internal } });
  });

  test('200 in 2.9, where a category is no parameter', async () => {
    const headers = { 'Intercom-Version': '2.9' };
    const { status, body } = await create({ name: 'Old client', category: 'nonsense' }, { headers });
    expect([status, body.category]).toEqual([200, undefined]);
    expect((await read(body.id)).body.category).toBe('Customer');
  });

  test.each(hostile)('200 with %j stored as it is', async (text) => {
    const { body } = await create({ name: text, description: text });
    expect((await read(body.id)).body).toMatchObject({ name: text, description: text });
  });

  test('200 for a second type of the same name', async () => {
    const [one, other] = [await create({ name: 'Twin' }), await create({ name: 'Twin' })];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body.id).not.toBe(other.body.id);
  });

  test('200 with what a client may not set left alone', async () => {
    const { body } = await create({
      name: 'Sneaky',
      id: '7',
      type: 'admin',
      workspace_id: 'w0other1',
      created_at: 1,
      updated_at: 1,
      archived: true,
      admin_id: 1,
      role: 'owner',
      ticket_type_attributes: { data: [] },
      ['__proto__']: { archived: true },
      constructor: null,
    });
    const { body: stored } = await read(body.id);
    expect(stored).toMatchObject({ workspace_id: 'dk4m2x9q', created_at: startOfTime, archived: false });
    expect(stored.id).not.toBe('7');
    expect(stored.ticket_type_attributes.data).toHaveLength(2);
  });

  test.each([
    [{}, 'parameter_not_found', 'name is a required parameter', 'name'],
    [{ name: null }, 'parameter_not_found', 'name is a required parameter', 'name'],
    [{ name: ' \n' }, 'parameter_not_found', 'name is a required parameter', 'name'],
    [{ name: 12 }, 'parameter_invalid', 'name is invalid', 'name'],
    [{ name: ['x'] }, 'parameter_invalid', 'name is invalid', 'name'],
    [{ name: 'x'.repeat(256) }, 'parameter_invalid', 'name may have at most 255 characters', 'name'],
    [{ name: 'a\u0000b' }, 'parameter_invalid', 'name has characters that cannot be stored', 'name'],
    [{ name: 'a\ud800b' }, 'parameter_invalid', 'name has characters that cannot be stored', 'name'],
    [{ name: 'x', icon: 'ab' }, 'parameter_invalid', 'icon must be one emoji', 'icon'],
    [{ name: 'x', icon: '' }, 'parameter_invalid', 'icon must be one emoji', 'icon'],
    [{ name: 'x', category: 'customer' }, 'parameter_invalid', 'category is invalid', 'category'],
    [{ name: 'x', is_internal: 'true' }, 'parameter_invalid', 'is_internal is invalid', 'is_internal'],
    [
      { name: 'x', category: 'Customer', is_internal: true },
      'parameter_invalid',
      'is_internal must be false in the category Customer',
      'is_internal',
    ],
    [
      { name: 'x', category: 'Back-office', is_internal: false },
      'parameter_invalid',
      'is_internal must be true in the category Back-office',
      'is_internal',
    ],
  ])('400 for %j', async (body, code, message, field) => {
    failed(await create(body), 400, { code, message, field });
  });

  test('400 naming every parameter in error', async () => {
    const { body } = await workspace.ask('POST', '/ticket_types', { body: { icon: 'x', is_internal: 3 } });
    expect(body.errors.map(({ field }) => field)).toEqual(['name', 'icon', 'is_internal']);
  });
});

describe('GET /ticket_types/{id}', () => {
  test('200 with the type', async () => {
    const { status, body } = await read('1201');
    expect([status, body.name]).toEqual([200, 'Order problem']);
    expect(ticketType.parse(body)).toEqual(body);
  });

  test.each(['1', '0', '-1', '01201', '1201.0', 'abc', '9'.repeat(40), '1e3', '%00', '%F0%9F%90%9B', "1'--"])(
    '404 for the id %s',
    async (id) => {
      failed(await read(id), 404, { code: 'not_found', message: 'Resource Not Found' });
    },
  );

  test('404 for a type of another workspace', async () => {
    failed(await read('1201', { token: workspace.otherToken }), 404, { code: 'not_found' });
  });
});

describe('PUT /ticket_types/{id}', () => {
  test('200 with only the given keys changed', async () => {
    const { body: before } = await create({ name: 'Before', icon: '🐛', category: 'Back-office', description: 'd' });
    const { status, body } = await update(before.id, { name: 'After' });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, name: 'After', updated_at: Number(before.updated_at) + 1 });
    expect((await read(before.id)).body).toEqual(body);
  });

  test('200 for archiving and restoring, attributes kept', async () => {
    const { body: before } = await create({ name: 'Archive me' });
    expect((await update(before.id, { archived: true })).body.archived).toBe(true);
    const { body } = await update(before.id, { archived: false });
    expect(body).toMatchObject({ archived: false, ticket_type_attributes: before.ticket_type_attributes });
  });

  test.each([
    ['Customer', { is_internal: true }, 'Back-office'],
    ['Tracker', { is_internal: false }, 'Tracker'],
    ['Back-office', { is_internal: false }, 'Customer'],
    ['Back-office', { category: 'Tracker' }, 'Tracker'],
  ])('200 from %s by %j to %s', async (category, change, expected) => {
    const { body } = await create({ name: 'x', category });
    const is_internal = expected === 'Back-office';
    expect((await update(body.id, change)).body).toMatchObject({ category: expected, is_internal });
  });

  test('200 with updated_at later than before, by every write', async () => {
    const { body } = await create({ name: 'Busy' });
    const times = [];
    for (const name of ['one', 'two', 'three']) times.push((await update(body.id, { name })).body.updated_at);
    expect(times).toEqual([startOfTime + 1, startOfTime + 2, startOfTime + 3]);
  });

  test('200 with updated_at as it was, by a write that changes nothing', async () => {
    const { body } = await create({ name: 'Untouched' });
    expect((await update(body.id, {})).body).toEqual(body);
  });

  test('400 for what does not fit, and nothing is changed', async () => {
    const { body: before } = await create({ name: 'Steady' });
    failed(await update(before.id, { name: '' }), 400, { code: 'parameter_not_found', field: 'name' });
    failed(await update(before.id, { archived: 'yes' }), 400, { code: 'parameter_invalid', field: 'archived' });
    failed(await update(before.id, { category: 'Customer', is_internal: true }), 400, { field: 'is_internal' });
    expect((await read(before.id)).body).toEqual(before);
  });

  test('404 for an unknown type, or one of another workspace', async () => {
    failed(await update('1', { name: 'x' }), 404, { code: 'not_found' });
    failed(await update('1201', { name: 'x' }, { token: workspace.otherToken }), 404, { code: 'not_found' });
    expect((await read('1201')).body.name).toBe('Order problem');
  });

  test('412 for a write after somebody else, 200 for one that saw the last state', async () => {
    const { body } = await create({ name: 'Shared' });
    const seen = { 'If-Unmodified-Since': httpDate(body.updated_at) };
    const mine = await update(body.id, { name: 'Mine' }, { headers: seen });
    expect(mine.status).toBe(200);
    failed(await update(body.id, { name: 'Late' }, { headers: seen }), 412, { code: 'resource_conflict' });
    expect((await read(body.id)).body.name).toBe('Mine');
    failed(await update('1', { name: 'x' }, { headers: seen }), 404, { code: 'not_found' });
  });

  test('200 where the time of the writer is no date', async () => {
    const { body } = await create({ name: 'Vague' });
    const headers = { 'If-Unmodified-Since': 'some time ago' };
    expect((await update(body.id, { name: 'Sure' }, { headers })).status).toBe(200);
  });

  test('200 for one of two simultaneous conditional writes', async () => {
    const { body } = await create({ name: 'Raced' });
    const headers = { 'If-Unmodified-Since': httpDate(body.updated_at) };
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => update(body.id, { name }, { headers })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});
