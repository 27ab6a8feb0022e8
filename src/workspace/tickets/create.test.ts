import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketType } from '#contract/ticket-types.ts';
import { ticket, ticketLimits } from '#contract/tickets.ts';
import { startOfTime } from '../testing.ts';
import {
  contactId,
  inVersion,
  openTestTickets,
  otherContactId,
  partTypes,
  refused,
  type TestTickets,
} from './testing.ts';

let desk: TestTickets;
let type: TicketType;
beforeAll(async () => {
  desk = await openTestTickets();
  type = await desk.createType();
});
afterAll(() => desk.close());

const create = (body: object, asked = {}) => desk.createTicket({ ticket_type_id: type.id, ...body }, asked);

describe('POST /tickets', () => {
  test('200 with the whole ticket in the order of the examples', async () => {
    const { status, body } = await create({
      ticket_attributes: { _default_title_: 'example', _default_description_: 'there is a problem' },
    });
    expect(status).toBe(200);
    expect(ticket.parse(body)).toEqual(body);
    const [part] = body.ticket_parts?.ticket_parts ?? [];
    expect(Object.entries(body)).toEqual(
      Object.entries({
        type: 'ticket',
        id: body.id,
        ticket_id: body.ticket_id,
        ticket_attributes: { _default_title_: 'example', _default_description_: 'there is a problem' },
        ticket_state: 'submitted',
        ticket_type: type,
        contacts: {
          type: 'contact.list',
          contacts: [{ type: 'contact', id: contactId, external_id: 'customer-70' }],
        },
        admin_assignee_id: '0',
        team_assignee_id: '0',
        created_at: startOfTime,
        updated_at: startOfTime,
        ticket_parts: {
          type: 'ticket_part.list',
          ticket_parts: [
            {
              type: 'ticket_part',
              id: part?.id,
              part_type: 'ticket_state_updated_by_admin',
              ticket_state: 'submitted',
              previous_ticket_state: 'submitted',
              created_at: startOfTime,
              updated_at: startOfTime,
              author: { id: '0', type: 'bot', name: 'Operator', email: 'operator+dk4m2x9q@deskbell.example' },
              attachments: [],
              redacted: false,
            },
          ],
          total_count: 1,
        },
        open: true,
        linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
        category: 'Customer',
        is_shared: true,
        ticket_state_internal_label: 'Submitted',
        ticket_state_external_label: 'Submitted',
        company_id: null,
        tags: { type: 'tag.list', tags: [] },
      }),
    );
    expect(await desk.read(body.id)).toEqual(body);
  });

  test('200 with the type id as a number, and null for what nobody gave', async () => {
    const { status, body } = await create({ ticket_type_id: Number(type.id) });
    expect(status).toBe(200);
    expect(body.ticket_attributes).toEqual({ _default_title_: null, _default_description_: null });
  });

  test('200 with the id for paths and the number that people see being two things', async () => {
    const [first, second] = [(await create({})).body, (await create({})).body];
    expect(Number(second.ticket_id)).toBe(Number(first.ticket_id) + 1);
    expect(second.ticket_id).not.toBe(second.id);
    refused(await desk.ask('GET', `/tickets/${second.ticket_id}`), 404, { code: 'ticket_not_found' });
  });

  test.each([
    ['Customer', true],
    ['Back-office', false],
    ['Tracker', false],
  ] as const)('200 for %s, is_shared %s', async (category, is_shared) => {
    const { id } = await desk.createType({}, category);
    expect((await create({ ticket_type_id: id })).body).toMatchObject({ category, is_shared });
  });

  test.each([
    ['external id', { external_id: 'customer-70' }, contactId],
    ['email in another case', { email: 'ADA@Example.com' }, contactId],
    ["lead's email", { email: 'lead@example.com' }, otherContactId],
    ['id before all else', { id: contactId, email: 'lead@example.com' }, contactId],
  ])('200 for a contact by %s', async (_, reference, id) => {
    const { body } = await create({ contacts: [reference] });
    expect(body.contacts.contacts).toMatchObject([{ id }]);
  });

  test('200 for an email of nobody: it makes a user, and only one', async () => {
    const asked = () => create({ contacts: [{ email: 'new@example.com' }] }, inVersion('2.9'));
    const answers = await Promise.all([asked(), asked(), asked()]);
    const [made] = answers[0]?.body.contacts.contacts ?? [];
    expect(made).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), role: 'user' });
    expect(answers.map(({ body }) => body.contacts.contacts)).toEqual([[made], [made], [made]]);
  });

  test.each([[[]], [[{ id: contactId }, { id: otherContactId }]]])(
    '400 parameter_invalid for contacts %j',
    async (contacts) => {
      refused(await create({ contacts }), 400, {
        code: 'parameter_invalid',
        message: 'contacts must have exactly one contact',
      });
    },
  );

  test.each([
    ['contact that names none', [{}], 400, 'parameter_not_found'],
    ['email that is none', [{ email: 'nobody' }], 400, 'parameter_invalid'],
    ['contact of nobody', [{ id: 'f'.repeat(24) }], 404, 'not_found'],
    ['external id of another workspace', [{ external_id: 'customer-of-others' }], 404, 'not_found'],
    ['contact that cannot be stored', [{ id: '\u0000' }], 400, 'parameter_invalid'],
  ] as const)('refuses a %s', async (_, contacts, status, code) => {
    refused(await create({ contacts }), status, { code });
  });

  test('400 without contacts or a type', async () => {
    refused(await desk.ask('POST', '/tickets', { body: {} }), 400, {
      code: 'parameter_not_found',
      message: 'ticket_type_id is a required parameter',
    });
  });

  test.each(['1', 'x', '0'])('404 not_found for ticket type %s', async (id) => {
    refused(await create({ ticket_type_id: id }), 404, { code: 'not_found' });
  });

  test('400 for an archived ticket type', async () => {
    const { id } = await desk.createType();
    await desk.ask('PUT', `/ticket_types/${id}`, { body: { archived: true } });
    refused(await create({ ticket_type_id: id }), 400, { code: 'parameter_invalid', field: 'ticket_type_id' });
  });

  test('200 with the company, by the id that it was given', async () => {
    await desk.ask('POST', '/companies', { body: { company_id: 'acme-1', name: 'Acme' } });
    const { body } = await create({ company_id: 'acme-1' });
    expect(body.company_id).toBe('acme-1');
    await desk.ask('POST', '/companies', { body: { company_id: 'acme-2' }, token: desk.otherToken });
    refused(await create({ company_id: 'acme-2' }), 404, { code: 'company_not_found' });
  });

  test('404 company_not_found for a company that is not there', async () => {
    refused(await create({ company_id: 'nobody' }), 404, {
      code: 'company_not_found',
      message: 'Company Not Found',
    });
  });

  test('200 at an earlier time in 2.11, and now in versions before', async () => {
    const created_at = startOfTime - 86_400;
    const { body } = await create({ created_at });
    expect(body).toMatchObject({ created_at, updated_at: startOfTime });
    expect(body.ticket_parts?.ticket_parts).toMatchObject([{ created_at }]);
    for (const version of ['2.9', '2.10']) {
      expect((await create({ created_at }, inVersion(version))).body.created_at).toBe(startOfTime);
    }
    refused(await create({ created_at: startOfTime + 1 }), 400, { code: 'parameter_invalid', field: 'created_at' });
    refused(await create({ created_at: -1 }), 400, { code: 'parameter_invalid', field: 'created_at' });
  });

  test('200 with what a client may not set left alone', async () => {
    const sent = { id: '7', ticket_id: '9', workspace_id: 'w0other1', open: false, teammate_ids: [1], updated_at: 1 };
    const { status, body } = await create({ ...sent, state: 'resolved', ticket_state: 'resolved', is_shared: false });
    expect(status).toBe(200);
    expect(await desk.read(body.id)).toMatchObject({
      open: true,
      ticket_state: 'submitted',
      is_shared: true,
      updated_at: startOfTime,
    });
  });

  test('a refused ticket leaves nothing behind', async () => {
    const asked = { contacts: [{ email: 'left@example.com' }], company_id: 'nobody' };
    refused(await create(asked), 404, { code: 'company_not_found' });
    const { body } = await create({ ...asked, company_id: undefined }, inVersion('2.9'));
    expect(body.ticket_parts?.total_count).toBe(1);
    const { rows } = await desk.database.executeSql(
      "select count(*)::int as number from contacts where email like 'left@%'",
    );
    expect(rows).toEqual([{ number: 1 }]);
  });
});

describe('ticket_attributes', () => {
  const files = [
    { name: 'Screen.png', url: 'https://files.example/a/Screen.png', content_type: 'image/png' },
    { name: 'log', url: 'http://files.example/log', content_type: 'text/x-log' },
  ];
  const asUploads = files.map((file) => ({ type: 'upload', ...file }));
  let rich: TicketType;
  let listItem: string;
  beforeAll(async () => {
    rich = await desk.createType({
      Text: { data_type: 'string' },
      Priority: { data_type: 'list', list_items: 'Low,High' },
      Count: { data_type: 'integer' },
      Price: { data_type: 'decimal' },
      Urgent: { data_type: 'boolean' },
      Due: { data_type: 'datetime' },
      Files: { data_type: 'files', allow_multiple_values: true },
      File: { data_type: 'files' },
    });
    const { data } = rich.ticket_type_attributes;
    listItem = data.find(({ name }) => name === 'Priority')?.input_options?.list_options?.[1]?.id ?? '';
  });
  const createRich = (ticket_attributes: object) => desk.createTicket({ ticket_type_id: rich.id, ticket_attributes });

  test('200 with every kind of value', async () => {
    const values = { Text: 'two\nlines', Priority: listItem, Count: -3, Price: 0.1, Urgent: false, Due: 1_700_000_000 };
    const { body } = await createRich({ ...values, Files: files, File: ['https://files.example/b%20c.pdf'] });
    expect(Object.entries(body.ticket_attributes)).toEqual(
      Object.entries({
        _default_title_: null,
        _default_description_: null,
        ...values,
        Files: asUploads,
        File: [
          { type: 'upload', name: 'b c.pdf', url: 'https://files.example/b%20c.pdf', content_type: 'application/pdf' },
        ],
      }),
    );
  });

  test.each([
    ['2026-11-21T14:00:00Z', 1_795_269_600],
    ['2026-11-21T15:00+01:00', 1_795_269_600],
    [0, 0],
    [-86_400, -86_400],
  ])('200 for the time %j', async (Due, seconds) => {
    expect((await createRich({ Due })).body.ticket_attributes.Due).toBe(seconds);
  });

  test.each([
    ['Text', 5],
    ['Text', ['https://files.example/a']],
    ['Text', 'x'.repeat(ticketLimits.text + 1)],
    ['Text', 'null \u0000'],
    ['Priority', 'High'],
    ['Priority', 1],
    ['Count', 1.5],
    ['Count', '1'],
    ['Count', 2 ** 53],
    ['Price', '1.5'],
    ['Urgent', 'true'],
    ['Urgent', 1],
    ['Due', '2026-11-21'],
    ['Due', '2026-11-21T14:00:00'],
    ['Due', '2026-02-31T14:00:00Z'],
    ['Due', '2026-01-01T25:00:00Z'],
    ['Due', 1.5],
    ['Due', 1e15],
    ['Due', 'tomorrow'],
    ['Files', 'https://files.example/a'],
    ['Files', ['javascript:alert(1)']],
    ['Files', ['/etc/passwd']],
    ['Files', [{ name: 'x' }]],
    ['Files', [{ name: 'x', url: 'data:text/html,<script>' }]],
    ['Files', Array(11).fill('https://files.example/a')],
    ['File', ['https://files.example/a', 'https://files.example/b']],
  ])('400 parameter_invalid for %s %.40j', async (name, value) => {
    refused(await createRich({ [name]: value }), 400, { code: 'parameter_invalid' });
  });

  test('400 that says what is wrong with which attribute', async () => {
    refused(await createRich({ Priority: 'High' }), 400, {
      field: 'ticket_attributes.Priority',
      message: 'ticket_attributes.Priority must be the id of one of its list items',
    });
  });

  test('400 for a name that no attribute can have', async () => {
    const name = 'x'.repeat(256);
    refused(await createRich({ [name]: 'x' }), 400, {
      field: `ticket_attributes.${name}`,
      message: `ticket_attributes.${name} may have at most 255 characters`,
    });
  });

  test('400 for a name that the type does not have', async () => {
    refused(await createRich({ Nonsense: 'x' }), 400, {
      code: 'parameter_invalid',
      message: 'Extra attributes provided that are not found on ticket type: Nonsense',
    });
  });

  test('200 for a name in another case, 400 for one attribute twice', async () => {
    expect((await createRich({ tExT: 'x' })).body.ticket_attributes.Text).toBe('x');
    refused(await createRich({ Text: 'x', text: 'y' }), 400, { code: 'parameter_invalid' });
  });

  test('400 Missing required ticket attributes, whatever stands for nothing', async () => {
    const { id } = await desk.createType({
      Needed: { data_type: 'string', required_to_create: true },
      Flag: { data_type: 'boolean', required_to_create: true },
    });
    const asked = (ticket_attributes: object) => desk.createTicket({ ticket_type_id: id, ticket_attributes });
    const missing = { code: 'parameter_invalid', message: 'Missing required ticket attributes' };
    for (const given of [{}, { Needed: 'x' }, { Needed: '', Flag: true }, { Needed: null, Flag: true }]) {
      refused(await asked(given), 400, missing);
    }
    expect((await asked({ Needed: 'x', Flag: false })).status).toBe(200);
  });

  test('an archived attribute is not accepted, nor required, and its name may be another one’s', async () => {
    const { id, ticket_type_attributes } = await desk.createType({
      Old: { data_type: 'string', required_to_create: true },
    });
    const old = ticket_type_attributes.data.find(({ name }) => name === 'Old');
    const asked = (ticket_attributes: object) => desk.createTicket({ ticket_type_id: id, ticket_attributes });
    const before = (await asked({ Old: 'kept' })).body;
    await desk.ask('PUT', `/ticket_types/${id}/attributes/${old?.id}`, { body: { archived: true } });
    refused(await asked({ Old: 'x' }), 400, { code: 'parameter_invalid' });
    const created = (await asked({})).body;
    expect(created.ticket_attributes).toEqual({ _default_title_: null, _default_description_: null });
    expect((await desk.read(before.id)).ticket_attributes.Old).toBe('kept');
    const body = { name: 'old', description: '', data_type: 'integer' };
    await desk.ask('POST', `/ticket_types/${id}/attributes`, { body });
    expect((await asked({ Old: 3 })).body.ticket_attributes.old).toBe(3);
    expect((await desk.read(before.id)).ticket_attributes).not.toHaveProperty('Old');
  });

  test.each([`Robert'); drop table tickets;--`, '"><img src=x onerror=alert(1)>', '__proto__', '🎟️'])(
    '200 with the text %j stored as it is',
    async (text) => {
      const { body } = await createRich({ _default_title_: text, _default_description_: text, Text: text });
      const read = await desk.read(body.id);
      expect(read.ticket_attributes).toMatchObject({ _default_title_: text, _default_description_: text, Text: text });
    },
  );
});

test('a new ticket is told of by no part but its first', async () => {
  const { body } = await create({ ticket_attributes: { _default_title_: 'x' } });
  expect(partTypes(body)).toEqual(['ticket_state_updated_by_admin']);
});
