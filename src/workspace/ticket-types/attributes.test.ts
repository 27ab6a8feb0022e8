import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  attributeDataTypes,
  type TicketType,
  type TicketTypeAttribute,
  ticketTypeAttribute,
  ticketTypeLimits,
} from '#contract/ticket-types.ts';
import { type Asked, openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';

let workspace: TestWorkspace;
let typeId: string;
beforeAll(async () => {
  workspace = await openTestWorkspace({ seed: 'empty' });
});
beforeEach(async () => {
  typeId = (await workspace.ask<TicketType>('POST', '/ticket_types', { body: { name: 'Type' } })).body.id;
});
afterAll(() => workspace.close());

const path = () => `/ticket_types/${typeId}/attributes`;
const create = (body: object, asked: Asked = {}) =>
  workspace.ask<TicketTypeAttribute>('POST', path(), {
    body: { name: 'Attribute', description: '', data_type: 'string', ...body },
    ...asked,
  });
const update = (id: string | undefined, body: unknown, asked: Asked = {}) =>
  workspace.ask<TicketTypeAttribute>('PUT', `${path()}/${id}`, { body, ...asked });
const readType = async () => (await workspace.ask<TicketType>('GET', `/ticket_types/${typeId}`)).body;
const stored = async (id: string) =>
  (await readType()).ticket_type_attributes.data.find((attribute) => attribute.id === id);
const httpDate = (seconds = 0) => new Date(seconds * 1000).toUTCString();
const failed = (answer: { status: number; body: unknown }, status: number, error: object) => {
  expect(answer).toMatchObject({ status, body: { type: 'error.list', errors: [error] } });
};
const labels = (attribute: TicketTypeAttribute | undefined) =>
  attribute?.input_options?.list_options?.map(({ label }) => label);

describe('POST /ticket_types/{id}/attributes', () => {
  test('200 with the defaults of the API, after the attributes that are there', async () => {
    const { status, body } = await create({ name: 'Attribute title', description: 'Attribute description' });
    expect(status).toBe(200);
    expect(Object.entries(body)).toEqual(
      Object.entries({
        type: 'ticket_type_attribute',
        id: body.id,
        workspace_id: 'dk4m2x9q',
        name: 'Attribute title',
        description: 'Attribute description',
        data_type: 'string',
        input_options: { multiline: false },
        order: 2,
        required_to_create: false,
        required_to_create_for_contacts: false,
        visible_on_create: true,
        visible_to_contacts: true,
        default: false,
        ticket_type_id: Number(typeId),
        archived: false,
        created_at: startOfTime,
        updated_at: startOfTime,
      }),
    );
    expect(await stored(body.id)).toEqual(body);
    expect((await create({ name: 'Next' })).body.order).toBe(3);
  });

  test.each(attributeDataTypes)('200 for the data type %s', async (data_type) => {
    const list_items = data_type === 'list' ? 'Low, High' : undefined;
    const { status, body } = await create({ data_type, list_items });
    expect(status).toBe(200);
    expect(ticketTypeAttribute.parse(body)).toEqual(body);
    expect(Object.keys(body.input_options ?? {})).toEqual(
      { string: ['multiline'], list: ['list_options'], files: ['allow_multiple_values'] }[data_type as string] ?? [],
    );
  });

  test('200 with trimmed list items, each with an id of its own', async () => {
    const { body } = await create({ data_type: 'list', list_items: ' Low Priority,Medium Priority , High Priority' });
    expect(labels(body)).toEqual(['Low Priority', 'Medium Priority', 'High Priority']);
    const ids = body.input_options?.list_options?.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });

  test('200 with every flag as given', async () => {
    const flags = {
      required_to_create: true,
      required_to_create_for_contacts: true,
      visible_on_create: false,
      visible_to_contacts: false,
    };
    const { body } = await create({ ...flags, multiline: true, allow_multiple_values: false, list_items: null });
    expect(body).toMatchObject({ ...flags, input_options: { multiline: true } });
  });

  test('200 with what a client may not set left alone', async () => {
    const sent = { id: '5', workspace_id: 'w0other1', ticket_type_id: 1, created_at: 1, default: true, order: 99 };
    const { body } = await create({ ...sent, archived: true });
    expect(await stored(body.id)).toMatchObject({
      workspace_id: 'dk4m2x9q',
      ticket_type_id: Number(typeId),
      created_at: startOfTime,
      default: false,
      order: 2,
      archived: false,
    });
  });

  test.each([`Robert'); drop table workspaces;--`, '"><img src=x onerror=alert(1)>', '=cmd()', 'name_key'])(
    '200 with %j stored as it is',
    async (text) => {
      const { body } = await create({ name: text, description: text, data_type: 'list', list_items: text });
      expect(await stored(body.id)).toMatchObject({ name: text, description: text });
      expect(labels(await stored(body.id))).toEqual([text]);
    },
  );

  test('200 in a different place for each of many at once', async () => {
    const answers = await Promise.all([...'abcdef'].map((name) => create({ name })));
    expect(answers.map(({ body }) => body.order).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test.each([
    [{ name: undefined }, 'parameter_not_found', 'name is a required parameter', 'name'],
    [{ description: null }, 'parameter_not_found', 'description is a required parameter', 'description'],
    [{ data_type: undefined }, 'parameter_not_found', 'data_type is a required parameter', 'data_type'],
    [{ data_type: 'float' }, 'parameter_invalid', 'data_type is invalid', 'data_type'],
    [{ data_type: 'list' }, 'parameter_not_found', 'list_items is a required parameter', 'list_items'],
    [
      { data_type: 'list', list_items: '' },
      'parameter_invalid',
      'list_items must not contain an empty item',
      'list_items',
    ],
    [
      { data_type: 'list', list_items: 'a,,b' },
      'parameter_invalid',
      'list_items must not contain an empty item',
      'list_items',
    ],
    [
      { data_type: 'list', list_items: 'a, a' },
      'parameter_invalid',
      'list_items must not contain an item twice',
      'list_items',
    ],
    [{ data_type: 'list', list_items: ['a'] }, 'parameter_invalid', 'list_items is invalid', 'list_items'],
    [
      { data_type: 'list', list_items: 'a', multiline: true },
      'parameter_invalid',
      'multiline is only for attributes of type string',
      'multiline',
    ],
    [
      { data_type: 'string', list_items: 'a' },
      'parameter_invalid',
      'list_items is only for attributes of type list',
      'list_items',
    ],
    [{ required_to_create: 'yes' }, 'parameter_invalid', 'required_to_create is invalid', 'required_to_create'],
    [
      { name: '_DEFAULT_title_' },
      'parameter_invalid',
      'name is already used by another attribute of this ticket type',
      'name',
    ],
  ])('400 for %j', async (body, code, message, field) => {
    failed(await create(body), 400, { code, message, field });
    expect((await readType()).ticket_type_attributes.data).toHaveLength(2);
  });

  test('400 when the ticket type has no room left', async () => {
    await workspace.database.executeSql(
      `insert into ticket_type_attributes (workspace_id, ticket_type_id, name, name_key, description, data_type, "order", created_at, updated_at)
       select 'dk4m2x9q', ${typeId}, n::text, n::text, '', 'integer', n, 1, 1 from generate_series(2, ${ticketTypeLimits.attributes - 1}) n`,
    );
    failed(await create({}), 400, { message: 'A ticket type may have at most 200 attributes' });
  });

  test('404 for an unknown type, or one of another workspace', async () => {
    failed(await create({}, { token: workspace.otherToken }), 404, { code: 'not_found' });
    const body = { name: 'x', description: '', data_type: 'string' };
    for (const id of ['1', 'abc']) {
      failed(await workspace.ask('POST', `/ticket_types/${id}/attributes`, { body }), 404, { code: 'not_found' });
    }
    expect((await readType()).ticket_type_attributes.data).toHaveLength(2);
  });
});

describe('PUT /ticket_types/{id}/attributes/{id}', () => {
  test('200 with only the given keys changed, and the type left as it was', async () => {
    const { body: before } = await create({ multiline: true, required_to_create: true });
    const type = await readType();
    const { status, body } = await update(before.id, { description: 'New', visible_to_contacts: false });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      description: 'New',
      visible_to_contacts: false,
      updated_at: startOfTime + 1,
    });
    expect(await stored(before.id)).toEqual(body);
    expect((await readType()).updated_at).toBe(type.updated_at);
  });

  test('200 with the ids of list items that stay', async () => {
    const { body: before } = await create({ data_type: 'list', list_items: 'Low,Medium,High' });
    const { body } = await update(before.id, { list_items: 'High, Urgent,Low' });
    const idOf = (attribute: TicketTypeAttribute, label: string) =>
      attribute.input_options?.list_options?.find((option) => option.label === label)?.id;
    expect(labels(body)).toEqual(['High', 'Urgent', 'Low']);
    expect([idOf(body, 'High'), idOf(body, 'Low')]).toEqual([idOf(before, 'High'), idOf(before, 'Low')]);
    expect(Object.values(before.input_options?.list_options ?? []).map(({ id }) => id)).not.toContain(
      idOf(body, 'Urgent'),
    );
    const renamed = await update(before.id, { name: 'Priority' });
    expect(renamed.body.input_options).toEqual(body.input_options);
  });

  test('200 for files and strings whose option changes', async () => {
    const { body: files } = await create({ name: 'Files', data_type: 'files' });
    expect((await update(files.id, { allow_multiple_values: true })).body.input_options).toEqual({
      allow_multiple_values: true,
    });
    const { body: text } = await create({ name: 'Text' });
    expect((await update(text.id, { multiline: true })).body.input_options).toEqual({ multiline: true });
  });

  test('200 with what a client may not set left alone', async () => {
    const { body: before } = await create({});
    const sent = {
      data_type: 'integer',
      order: 0,
      default: true,
      ticket_type_id: 1,
      id: '1',
      workspace_id: 'w0other1',
    };
    const { body } = await update(before.id, sent);
    expect(body).toEqual({ ...before, updated_at: Number(before.updated_at) + 1 });
  });

  test('200 for a name of which only an archived attribute reminds, 400 when that one comes back', async () => {
    const { body: old } = await create({ name: 'Colour' });
    expect((await update(old.id, { archived: true })).body.archived).toBe(true);
    const { status } = await create({ name: 'colour' });
    expect(status).toBe(200);
    failed(await update(old.id, { archived: false }), 400, { code: 'parameter_invalid', field: 'name' });
    expect((await update(old.id, { archived: false, name: 'Old colour' })).status).toBe(200);
  });

  test('200 for flags and description of a default attribute', async () => {
    const [title] = (await readType()).ticket_type_attributes.data;
    const change = { description: 'What it is about', required_to_create: true, visible_to_contacts: false };
    const answer = await update(title?.id, { ...change, name: '_default_title_', archived: false });
    expect(answer).toMatchObject({ status: 200, body: { ...change, name: '_default_title_', default: true } });
  });

  test.each([
    [{ name: 'Subject' }, 'name'],
    [{ archived: true }, 'archived'],
  ])('400 for %j of a default attribute', async (body, field) => {
    const [title] = (await readType()).ticket_type_attributes.data;
    failed(await update(title?.id, body), 400, { code: 'parameter_invalid', field });
    expect((await readType()).ticket_type_attributes.data[0]).toEqual(title);
  });

  test.each([
    [{ name: '' }, 'parameter_not_found', 'name'],
    [{ name: '_default_title_' }, 'parameter_invalid', 'name'],
    [{ list_items: 'a' }, 'parameter_invalid', 'list_items'],
    [{ allow_multiple_values: true }, 'parameter_invalid', 'allow_multiple_values'],
    [{ multiline: 'no' }, 'parameter_invalid', 'multiline'],
  ])('400 for %j, and nothing is changed', async (body, code, field) => {
    const { body: before } = await create({});
    failed(await update(before.id, body), 400, { code, field });
    expect(await stored(before.id)).toEqual(before);
  });

  test('404 for an unknown attribute, one of another type, one of another workspace', async () => {
    const { body } = await create({});
    for (const id of ['1', 'abc', '0']) failed(await update(id, { name: 'x' }), 404, { code: 'not_found' });
    const other = (await workspace.ask<TicketType>('POST', '/ticket_types', { body: { name: 'Other' } })).body.id;
    const elsewhere = `/ticket_types/${other}/attributes/${body.id}`;
    failed(await workspace.ask('PUT', elsewhere, { body: { name: 'x' } }), 404, { code: 'not_found' });
    failed(await update(body.id, { name: 'x' }, { token: workspace.otherToken }), 404, { code: 'not_found' });
    expect(await stored(body.id)).toEqual(body);
  });

  test('412 for a write after somebody else', async () => {
    const { body } = await create({});
    const headers = { 'If-Unmodified-Since': httpDate(body.updated_at) };
    expect((await update(body.id, { name: 'Mine' }, { headers })).status).toBe(200);
    failed(await update(body.id, { name: 'Late' }, { headers }), 412, { code: 'resource_conflict' });
    expect((await stored(body.id))?.name).toBe('Mine');
    failed(await update('1', { name: 'x' }, { headers }), 404, { code: 'not_found' });
  });
});
