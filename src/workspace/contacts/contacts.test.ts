import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { type Contact, contactPageSize, listContacts as listOperation } from '#contract/contacts.ts';
import { companies, contactCompanies } from '../companies/tables.ts';
import { contactTags, tags } from '../tags/tables.ts';
import { type Asked, openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

type Page = z.output<typeof listOperation.response>;

const create = (body: unknown, asked: Asked = {}) => workspace.ask<Contact>('POST', '/contacts', { body, ...asked });
const read = (id: string, asked: Asked = {}) => workspace.ask<Contact>('GET', `/contacts/${id}`, asked);
const update = (id: string, body: unknown, asked: Asked = {}) =>
  workspace.ask<Contact>('PUT', `/contacts/${id}`, { body, ...asked });
const list = (query: string, asked: Asked = {}) => workspace.ask<Page>('GET', `/contacts${query}`, asked);
const failed = (answer: { status: number; body: unknown }, status: number, error: object) => {
  expect(answer).toMatchObject({ status, body: { type: 'error.list', errors: [error] } });
};
const unknownId = 'f'.repeat(24);
const nobody = { code: 'not_found', message: 'User Not Found' };

describe('POST /contacts', () => {
  test('200 with every field of the API, in its order', async () => {
    const { status, body } = await create({ email: 'Joe.Bloggs@Example.com', phone: '+31 (0)20-555 0100' });
    expect(status).toBe(200);
    expect(body.id).toMatch(/^[0-9a-f]{24}$/);
    expect(Object.keys(body).slice(0, 12)).toEqual([
      ...['type', 'id', 'workspace_id', 'external_id', 'role', 'email', 'phone', 'formatted_phone', 'name', 'avatar'],
      ...['owner_id', 'social_profiles'],
    ]);
    const emptyList = (name: string) => ({
      type: 'list',
      data: [],
      url: `/contacts/${body.id}/${name}`,
      total_count: 0,
      has_more: false,
    });
    expect(body).toMatchObject({
      workspace_id: 'dk4m2x9q',
      role: 'user',
      email: 'Joe.Bloggs@Example.com',
      formatted_phone: '+310205550100',
      owner_id: null,
      external_id: null,
      created_at: startOfTime,
      updated_at: startOfTime,
      custom_attributes: {},
      tags: emptyList('tags'),
      notes: emptyList('notes'),
      companies: emptyList('companies'),
      opted_in_subscription_types: emptyList('subscriptions'),
      opted_out_subscription_types: emptyList('subscriptions'),
    });
    expect((await read(body.id)).body).toEqual(body);
  });

  test.each(['2.9', '2.10'])('200 in %s, without the formatted phone', async (version) => {
    const { body } = await create({ role: 'lead', phone: '+1 2' }, { headers: { 'Intercom-Version': version } });
    expect([body.phone, 'formatted_phone' in body]).toEqual(['+1 2', false]);
  });

  test('200 with ids that follow each other in time', async () => {
    const before = await create({ role: 'lead' });
    workspace.time.now += 1;
    const after = await create({ role: 'lead' });
    expect(before.body.id < after.body.id).toBe(true);
  });

  test('200 with everything that a client may set, and nothing else', async () => {
    const { body } = await create({
      role: 'lead',
      name: `Robert'); drop table contacts; -- 👩‍🌾`,
      avatar: 'https://example.com/a.png',
      owner_id: '803',
      signed_up_at: 1_700_000_000,
      last_seen_at: 1_700_000_001,
      unsubscribed_from_emails: true,
      custom_attributes: { plan: 'Oak', seats: 3, active: false, gone: null },
      id: unknownId,
      workspace_id: 'w0other1',
      created_at: 1,
      has_hard_bounced: true,
      tags: { data: [{ id: '1' }] },
      ['__proto__']: { role: 'user' },
    });
    expect(body).toMatchObject({
      role: 'lead',
      name: `Robert'); drop table contacts; -- 👩‍🌾`,
      avatar: { type: 'avatar', image_url: 'https://example.com/a.png' },
      owner_id: 803,
      signed_up_at: 1_700_000_000,
      last_seen_at: 1_700_000_001,
      unsubscribed_from_emails: true,
      custom_attributes: { plan: 'Oak', seats: 3, active: false },
      workspace_id: 'dk4m2x9q',
      created_at: workspace.time.now,
      has_hard_bounced: false,
    });
    expect(body.id).not.toBe(unknownId);
    expect((await read(body.id)).body).toEqual(body);
  });

  test.each([
    [{}, 'parameter_not_found'],
    [{ email: '' }, 'parameter_not_found'],
    [{ name: 'Only a name' }, 'parameter_not_found'],
    [{ role: 'admin' }, 'parameter_invalid'],
    [{ email: 'no address' }, 'parameter_invalid'],
    [{ email: `${'x'.repeat(255)}@example.com` }, 'parameter_invalid'],
    [{ external_id: 'a\u0000b' }, 'parameter_invalid'],
    [{ role: 'user', avatar: 'javascript:alert(1)' }, 'parameter_invalid'],
    [{ role: 'user', owner_id: 999 }, 'parameter_invalid'],
    [{ role: 'user', owner_id: 901 }, 'parameter_invalid'],
    [{ role: 'user', signed_up_at: 1.5 }, 'parameter_invalid'],
    [{ role: 'user', custom_attributes: { deep: {} } }, 'parameter_invalid'],
    [
      { role: 'user', custom_attributes: Object.fromEntries([...Array(201).keys()].map((name) => [name, 1])) },
      'parameter_invalid',
    ],
  ])('400 for %j', async (body, code) => {
    failed(await create(body), 400, { code });
  });

  test('409 for an external id, or the email of a user, that another contact has', async () => {
    const { body: one } = await create({ external_id: 'ext-1', email: 'taken@example.com' });
    const conflict = {
      code: 'conflict',
      message: `A contact matching those details already exists with id=${one.id}`,
    };
    failed(await create({ external_id: 'ext-1' }), 409, conflict);
    failed(await create({ role: 'lead', external_id: 'ext-1' }), 409, conflict);
    failed(await create({ email: 'TAKEN@example.com' }), 409, conflict);
    expect((await create({ role: 'lead', email: 'taken@example.com' })).status).toBe(200);
    const elsewhere = await create(
      { external_id: 'ext-1', email: 'taken@example.com' },
      { token: workspace.otherToken },
    );
    expect(elsewhere.status).toBe(200);
  });

  test('200 once and 409 for all others when many send the same contact', async () => {
    const answers = await Promise.all([...Array(5)].map(() => create({ email: 'race@example.com' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });
});

describe('GET /contacts/{contact_id}', () => {
  test('200 with the first ten of each list, and how many there are', async () => {
    const { db } = workspace.database;
    const { body: contact } = await create({ role: 'lead' });
    const applied = { workspace_id: 'dk4m2x9q', applied_at: 1, applied_by: 801, contact_id: contact.id };
    const numbers = [...Array(11).keys()];
    const made = { workspace_id: 'dk4m2x9q', created_at: 1, updated_at: 1 };
    await db
      .insert(tags)
      .values(numbers.map((n) => ({ ...made, id: 7_000 + n, name: `Tag ${n}`, name_key: `tag ${n}` })));
    await db.insert(contactTags).values(numbers.map((n) => ({ ...applied, tag_id: 7_000 + n })));
    await db.insert(companies).values({ ...made, id: 'c'.repeat(24) });
    await db
      .insert(contactCompanies)
      .values({ workspace_id: 'dk4m2x9q', contact_id: contact.id, company_id: 'c'.repeat(24) });
    const { body } = await read(contact.id);
    expect(body.tags).toMatchObject({ total_count: 11, has_more: true, url: `/contacts/${contact.id}/tags` });
    expect(body.tags?.data).toHaveLength(10);
    expect(body.tags?.data[0]).toEqual({ type: 'tag', id: '7000', url: '/tags/7000' });
    expect(body.companies).toMatchObject({
      data: [{ type: 'company', id: 'c'.repeat(24), url: `/companies/${'c'.repeat(24)}` }],
      total_count: 1,
      has_more: false,
    });
  });

  test.each([unknownId, '1', '%00', 'F'.repeat(24), '..%2Fme'])('404 for %s', async (id) => {
    failed(await read(id), 404, nobody);
  });

  test('404 for a contact of another workspace', async () => {
    const { body } = await create({ role: 'lead' }, { token: workspace.otherToken });
    failed(await read(body.id), 404, nobody);
  });
});

describe('PUT /contacts/{contact_id}', () => {
  test('200 with what was sent changed, and what was not left alone', async () => {
    const { body: before } = await create({
      external_id: 'partial',
      email: 'partial@example.com',
      name: 'Before',
      custom_attributes: { kept: 1, changed: 'a', gone: true },
    });
    workspace.time.now += 10;
    const { body: after } = await update(before.id, {
      name: 'After',
      email: null,
      custom_attributes: { changed: 'b', gone: null },
    });
    expect(after).toEqual({
      ...before,
      name: 'After',
      email: null,
      custom_attributes: { kept: 1, changed: 'b' },
      updated_at: workspace.time.now,
    });
    expect((await read(before.id)).body).toEqual(after);
  });

  test('200 with the time of the last change kept where nothing changes', async () => {
    const { body } = await create({ role: 'lead', name: 'Same', custom_attributes: { a: 1 } });
    workspace.time.now += 10;
    for (const sent of [{}, { name: 'Same' }, { custom_attributes: { a: 1, b: null } }, { email: null }]) {
      expect((await update(body.id, sent)).body).toEqual(body);
    }
  });

  test('200 for changes within one second, each with a time of its own', async () => {
    const { body } = await create({ role: 'lead' });
    const one = await update(body.id, { name: 'One' });
    const two = await update(body.id, { name: 'Two' });
    expect([one.body.updated_at, two.body.updated_at]).toEqual([body.updated_at + 1, body.updated_at + 2]);
  });

  test('412 for what somebody changed since, and nothing is changed', async () => {
    const { body } = await create({ role: 'lead', name: 'First' });
    const seen = { 'If-Unmodified-Since': new Date(body.updated_at * 1000).toUTCString() };
    expect((await update(body.id, { name: 'Second' }, { headers: seen })).status).toBe(200);
    failed(await update(body.id, { name: 'Third' }, { headers: seen }), 412, { code: 'resource_conflict' });
    expect((await read(body.id)).body.name).toBe('Second');
  });

  test('409 for what another contact has, and nothing is changed', async () => {
    const { body: one } = await create({ external_id: 'owned', email: 'owned@example.com' });
    const { body: other } = await create({ role: 'lead', email: 'owned@example.com' });
    const conflict = { code: 'conflict', message: expect.stringContaining(`id=${one.id}`) };
    failed(await update(other.id, { external_id: 'owned', name: 'x' }), 409, conflict);
    failed(await update(other.id, { role: 'user' }), 409, conflict);
    expect((await read(other.id)).body).toEqual(other);
  });

  test('400 for a value that no contact can have', async () => {
    const { body } = await create({ role: 'lead' });
    failed(await update(body.id, { owner_id: 4711 }), 400, { code: 'parameter_invalid', field: 'owner_id' });
    failed(await update(body.id, { name: 7 }), 400, { code: 'parameter_invalid', field: 'name' });
    expect((await read(body.id)).body).toEqual(body);
  });

  test('404 for a contact that is not there, or of another workspace', async () => {
    const { body } = await create({ role: 'lead' }, { token: workspace.otherToken });
    for (const id of [unknownId, '1', body.id]) failed(await update(id, { name: 'x' }), 404, nobody);
  });
});

describe('GET /contacts', () => {
  test('200 with each contact once, newest first, page by page', async () => {
    await Promise.all([...Array(60)].map((_, n) => create({ role: 'lead', name: `Of many ${n}` })));
    const first = await list('');
    expect(() => listOperation.response.parse(first.body)).not.toThrow();
    expect(first.body.data).toHaveLength(contactPageSize);
    const seen: Contact[] = [];
    let query = '?per_page=7';
    for (let page = 1; query !== '' && page < 50; page += 1) {
      const { body } = await list(query);
      expect(body.pages).toMatchObject({
        type: 'pages',
        page,
        per_page: 7,
        total_pages: Math.ceil(body.total_count / 7),
      });
      seen.push(...body.data);
      const next = body.pages.next?.starting_after;
      query = next ? `?per_page=7&starting_after=${next}` : '';
    }
    expect(seen).toHaveLength(first.body.total_count);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const times = seen.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  test.each([
    ['?per_page=0', 1],
    ['?per_page=-5', 1],
    ['?per_page=100000', 150],
  ])('200 for %s, which is brought within bounds', async (query, per_page) => {
    expect((await list(query)).body.pages).toMatchObject({ per_page });
  });

  test.each(['?starting_after=x', '?starting_after=WzEsMV0', '?per_page=many', '?starting_after=WzEsIngiLCJ5Il0'])(
    '400 for %s',
    async (query) => {
      failed(await list(query), 400, { code: 'parameter_invalid' });
    },
  );

  test('200 with nothing of another workspace', async () => {
    const own = await create({ role: 'lead' }, { token: workspace.otherToken });
    const { body } = await list('?per_page=150', { token: workspace.otherToken });
    expect(body.data.map(({ id }) => id)).toContain(own.body.id);
    expect(body.data.every(({ workspace_id }) => workspace_id === 'w0other1')).toBe(true);
  });
});
