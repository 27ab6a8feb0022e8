import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '#contract/companies.ts';
import type { Contact } from '#contract/contacts.ts';
import { listTags, type Tag } from '#contract/tags.ts';
import { segments } from '../segments/tables.ts';
import { type Asked, openTestWorkspace, type TestWorkspace } from '../testing.ts';
import { companyTags, contactTags } from './tables.ts';

let workspace: TestWorkspace;
let contact: Contact;
let company: Company;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const made = { body: { external_id: 'u-1', email: 'Tagged@example.com' } };
  contact = (await workspace.ask<Contact>('POST', '/contacts', made)).body;
  company = (await workspace.ask<Company>('POST', '/companies', { body: { company_id: 'c-1' } })).body;
});
afterAll(() => workspace.close());

const send = (body: unknown, asked: Asked = {}) => workspace.ask<Tag>('POST', '/tags', { body, ...asked });
const find = (id: string, asked: Asked = {}) => workspace.ask<Tag>('GET', `/tags/${id}`, asked);
const remove = (id: string, asked: Asked = {}) => workspace.ask('DELETE', `/tags/${id}`, asked);
const names = async (asked: Asked = {}) => {
  const { body } = await workspace.ask<{ data: Tag[] }>('GET', '/tags', asked);
  return body.data.map(({ name }) => name);
};
const tagsOfContact = async () =>
  (await workspace.ask<Contact>('GET', `/contacts/${contact.id}`)).body.tags?.data.map(({ id }) => id);
const tagsOfCompany = async () =>
  (await workspace.ask<Company>('GET', `/companies/${company.id}`)).body.tags?.tags.map(({ id }) => id);
const failed = (answer: { status: number; body: unknown }, status: number, error: object) => {
  expect(answer).toMatchObject({ status, body: { type: 'error.list', errors: [error] } });
};
const missing = { code: 'not_found', message: 'Resource Not Found' };
const invalid = { code: 'parameter_invalid', message: 'invalid tag parameters' };

describe('POST /tags', () => {
  test('200 with a new tag, and with the same one for its name in another case', async () => {
    const { status, body } = await send({ name: 'Éclair', tag_or_untag: 'tag' });
    expect([status, body]).toEqual([200, { type: 'tag', id: expect.stringMatching(/^\d+$/), name: 'Éclair' }]);
    expect((await send({ name: 'E\u0301CLAIR' })).body).toEqual(body);
    expect((await find(body.id)).body).toEqual(body);
  });

  test('200 with one tag when many send its name', async () => {
    const answers = await Promise.all([...Array(5)].map(() => send({ name: 'Race' })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('200 with a tag renamed, also to its own name in another case', async () => {
    const { body } = await send({ name: 'old name' });
    expect((await send({ id: Number(body.id), name: 'Old Name' })).body).toEqual({ ...body, name: 'Old Name' });
    expect((await find(body.id)).body.name).toBe('Old Name');
    expect(await names()).toContain('Old Name');
  });

  test('400 for a name that another tag has, and nothing is renamed', async () => {
    const { body } = await send({ name: 'Mine' });
    await send({ name: 'Yours' });
    failed(await send({ id: body.id, name: 'YOURS' }), 400, { code: 'parameter_invalid', field: 'name' });
    expect((await find(body.id)).body.name).toBe('Mine');
  });

  test.each([[{ id: contact?.id }], [{ user_id: 'u-1' }], [{ email: 'tagged@EXAMPLE.com' }]])(
    '200 with contacts tagged and untagged, found by %j',
    async (item) => {
      const by = 'id' in item ? { id: contact.id } : item;
      const { body } = await send({ name: 'People', users: [by] });
      expect(await tagsOfContact()).toContain(body.id);
      expect((await send({ name: 'people', users: [by, by] })).body).toEqual(body);
      expect((await send({ name: 'PEOPLE', users: [{ ...by, untag: true }] })).body).toEqual(body);
      expect(await tagsOfContact()).not.toContain(body.id);
    },
  );

  test.each([[{ id: 'Intercom' }], [{ company_id: 'c-1' }]])(
    '200 with companies tagged and untagged, found by %j, by the name or the id of the tag',
    async (item) => {
      const by = 'id' in item ? { id: company.id } : item;
      const { body } = await send({ name: 'Firms', companies: [by] });
      expect(await tagsOfCompany()).toContain(body.id);
      await send({ name: 'Firms', companies: [{ ...by, untag: true }] });
      expect(await tagsOfCompany()).not.toContain(body.id);
      await send({ id: body.id, companies: [by] });
      expect(await tagsOfCompany()).toContain(body.id);
      await send({ id: body.id, companies: [{ ...by, untag: true }] });
      expect(await tagsOfCompany()).not.toContain(body.id);
    },
  );

  test('200 keeps when, and by whom, a tag was put there first', async () => {
    const { body } = await send({ name: 'Kept', users: [{ id: contact.id }] });
    const first = workspace.time.now;
    workspace.time.now += 60;
    await send({ name: 'Kept', users: [{ id: contact.id }] });
    const rows = await workspace.database.db
      .select()
      .from(contactTags)
      .where(and(eq(contactTags.contact_id, contact.id), eq(contactTags.tag_id, Number(body.id))));
    expect(rows).toMatchObject([{ applied_at: first, applied_by: 801 }]);
  });

  test('404 for one missing item of several, and neither tag nor tagging is made', async () => {
    const unknown = 'f'.repeat(24);
    const company404 = { code: 'company_not_found', message: 'Company Not Found' };
    failed(await send({ name: 'Half', companies: [{ company_id: 'c-1' }, { id: unknown }] }), 404, company404);
    failed(await send({ name: 'Half', users: [{ id: contact.id }, { user_id: 'nobody' }] }), 404, {
      code: 'not_found',
      message: 'User Not Found',
    });
    expect(await names()).not.toContain('Half');
  });

  test('404 for a tag that is not there', async () => {
    failed(await send({ id: '4711', name: 'x' }), 404, missing);
    failed(await send({ id: 'x', name: 'x' }), 404, missing);
    failed(await send({ id: '4711', users: [{ id: contact.id }] }), 404, missing);
    failed(await send({ name: 'Never was', users: [{ id: contact.id, untag: true }] }), 404, missing);
    expect(await names()).not.toContain('Never was');
  });

  test.each([
    [{}],
    [{ test: 'invalid' }],
    [{ id: '5' }],
    [{ name: 'x', users: [] }],
    [{ name: 'x', users: [{}] }],
    [{ users: [{ id: '1' }] }],
    [{ name: 'x', users: [{ id: '1' }], companies: [{ id: '1' }] }],
  ])('400 for %j', async (body) => {
    failed(await send(body), 400, invalid);
  });

  test.each([
    [{ name: 'x', users: 'all' }, 'parameter_invalid'],
    [{ name: 'x', users: Array(51).fill({ id: '1' }) }, 'parameter_invalid'],
    [{ name: 'x', users: [{ user_id: 'a\u0000' }] }, 'parameter_invalid'],
    [{ name: 'x'.repeat(256) }, 'parameter_invalid'],
    [{ name: ' \u200b ' }, 'parameter_not_found'],
  ])('400 for %j', async (body, code) => {
    failed(await send(body), 400, { code });
  });
});

describe('GET /tags', () => {
  test('200 with every tag in order of id, and nothing else', async () => {
    const { body } = await workspace.ask<{ data: Tag[] }>('GET', '/tags');
    expect(Object.keys(body)).toEqual(['type', 'data']);
    expect(listTags.response.parse(body)).toEqual(body);
    const ids = body.data.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
  });

  test('200 with nothing of another workspace, whose tags may have the same names', async () => {
    const { body } = await send({ name: 'Race' }, { token: workspace.otherToken });
    expect(await names({ token: workspace.otherToken })).toEqual(['Race']);
    failed(await find(body.id), 404, missing);
    failed(await remove(body.id), 404, missing);
    failed(await send({ name: 'x', users: [{ id: contact.id }] }, { token: workspace.otherToken }), 404, {
      message: 'User Not Found',
    });
  });
});

describe('DELETE /tags/{tag_id}', () => {
  test('200 with an empty body, and the tag is taken off everything', async () => {
    const { body } = await send({ name: 'Short-lived', users: [{ id: contact.id }] });
    await send({ id: body.id, companies: [{ id: company.id }] });
    const answer = await remove(body.id);
    expect([answer.status, answer.text]).toEqual([200, '']);
    failed(await find(body.id), 404, missing);
    expect(await names()).not.toContain('Short-lived');
    expect([await tagsOfContact(), await tagsOfCompany()].flat()).not.toContain(body.id);
    const { db } = workspace.database;
    expect(
      await db
        .select()
        .from(companyTags)
        .where(eq(companyTags.tag_id, Number(body.id))),
    ).toEqual([]);
  });

  test('400 for a tag that segments are made of, which are named', async () => {
    const { body } = await send({ name: 'In use' });
    const filter = (value: string) => ({ field: 'tag_id', operator: '=' as const, value });
    const row = { workspace_id: 'dk4m2x9q', person_type: 'user' as const, created_at: 1, updated_at: 1 };
    await workspace.database.db.insert(segments).values([
      { ...row, id: '1'.repeat(24), name: 'Seg 1', rules: filter(body.id) },
      { ...row, id: '2'.repeat(24), name: 'Seg 2', rules: { operator: 'OR', value: [filter('1'), filter(body.id)] } },
      { ...row, id: '3'.repeat(24), name: 'Seg 3', rules: filter(`${body.id}0`) },
    ]);
    failed(await remove(body.id), 400, {
      code: 'tag_has_dependent_objects',
      message: 'Unable to delete Tag with dependent objects. Segments: Seg 1, Seg 2.',
    });
    expect((await find(body.id)).status).toBe(200);
  });

  test.each(['0', '4711', 'x', '%00', '9223372036854775808'])('404 for %s', async (id) => {
    failed(await remove(id), 404, missing);
    failed(await find(id), 404, missing);
  });
});
