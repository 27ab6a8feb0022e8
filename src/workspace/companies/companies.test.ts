import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, retrieveCompany } from '#contract/companies.ts';
import type { Tag } from '#contract/tags.ts';
import { type Asked, openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';
import { companies } from './tables.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

interface Page {
  type: 'list';
  data: Company[];
  total_count: number;
  pages: { page: number; per_page: number; total_pages: number; next: string | null };
}

const upsert = (body: unknown, asked: Asked = {}) => workspace.ask<Company>('POST', '/companies', { body, ...asked });
const read = (id: string, asked: Asked = {}) => workspace.ask<Company>('GET', `/companies/${id}`, asked);
const find = (query: string, asked: Asked = {}) => workspace.ask<Company>('GET', `/companies?${query}`, asked);
const list = (query: string, asked: Asked = {}) => workspace.ask<Page>('GET', `/companies${query}`, asked);
const failed = (answer: { status: number; body: unknown }, status: number, error: object) => {
  expect(answer).toMatchObject({ status, body: { type: 'error.list', errors: [error] } });
};
const missing = { code: 'company_not_found', message: 'Company Not Found' };

describe('POST /companies', () => {
  test('200 with a new company', async () => {
    const { status, body } = await upsert({
      company_id: 'fjord',
      name: 'Fjord Hotels',
      remote_created_at: 1_600_000_000,
      plan: 'Trade',
      size: 85,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      type: 'company',
      company_id: 'fjord',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      app_id: 'dk4m2x9q',
      name: 'Fjord Hotels',
      remote_created_at: 1_600_000_000,
      created_at: startOfTime,
      updated_at: startOfTime,
      monthly_spend: 0,
      session_count: 0,
      user_count: 0,
      size: 85,
      tags: { type: 'tag.list', tags: [] },
      segments: { type: 'segment.list', segments: [] },
      plan: { type: 'plan', id: expect.stringMatching(/^\d+$/), name: 'Trade' },
      custom_attributes: {},
    });
    expect((await read(body.id)).body).toEqual(body);
    expect((await upsert({ company_id: 'no plan' })).body.plan).toEqual({});
  });

  test('200 with the company of that id changed, and its own ids kept', async () => {
    const { body: before } = await upsert({ company_id: 'twice', name: 'Once', custom_attributes: { a: 1, b: 2 } });
    workspace.time.now += 5;
    const { body: after } = await upsert({
      company_id: 'twice',
      website: 'https://x.example',
      custom_attributes: { b: null },
    });
    expect(after).toEqual({
      ...before,
      website: 'https://x.example',
      custom_attributes: { a: 1 },
      updated_at: workspace.time.now,
    });
    expect((await upsert({ company_id: 'twice', name: 'Once' })).body).toEqual(after);
  });

  test('200 with one company when many send the same', async () => {
    const answers = await Promise.all([...Array(5)].map(() => upsert({ company_id: 'race', name: 'Race' })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('412 for what somebody changed since', async () => {
    const { body } = await upsert({ company_id: 'guarded', name: 'One' });
    const headers = { 'If-Unmodified-Since': new Date((body.updated_at ?? 0) * 1000).toUTCString() };
    expect((await upsert({ company_id: 'guarded', name: 'Two' }, { headers })).status).toBe(200);
    failed(await upsert({ company_id: 'guarded', name: 'Three' }, { headers }), 412, { code: 'resource_conflict' });
  });

  test.each([
    [{ test: 'invalid' }, "bad 'test' parameter"],
    [{ name: 'x', id: 'f'.repeat(24) }, "bad 'id' parameter"],
    [{ name: 'x', workspace_id: null }, "bad 'workspace_id' parameter"],
  ])('400 for %j, which has a key that no company has', async (body, message) => {
    const answer = await upsert(body);
    failed(answer, 400, { code: 'bad_request', message });
    expect(answer.body).toMatchObject({ request_id: null });
  });

  test.each([
    [{}, 'parameter_not_found'],
    [{ company_id: '', name: null }, 'parameter_not_found'],
    [{ name: 'x', size: 2_147_483_648 }, 'parameter_invalid'],
    [{ name: 'x', size: -1 }, 'parameter_invalid'],
    [{ name: 'x', monthly_spend: 1.5 }, 'parameter_invalid'],
    [{ name: 'x', plan: { name: 'Oak' } }, 'parameter_invalid'],
    [{ name: 'x\u0000' }, 'parameter_invalid'],
  ])('400 for %j', async (body, code) => {
    failed(await upsert(body), 400, { code });
  });
});

describe('GET /companies', () => {
  test('200 with a single company for a name or a company id, whatever the case of the name', async () => {
    const { body } = await upsert({ company_id: 'by-name', name: 'Ørsted Kök' });
    for (const query of ['name=%C3%98RSTED%20K%C3%B6k', 'company_id=by-name', 'name=Ørsted Kök&company_id=by-name']) {
      expect((await find(query)).body).toEqual(body);
    }
  });

  test.each(['name=nobody', 'company_id=BY-NAME', 'name=Ørsted Kök&company_id=fjord'])('404 for %s', async (query) => {
    failed(await find(query), 404, missing);
  });

  test('200 with every company once, those that were there last first; each page names the next by the host called', async () => {
    const row = { workspace_id: 'dk4m2x9q', created_at: 1, updated_at: 1 };
    await workspace.database.db
      .insert(companies)
      .values([...Array(20).keys()].map((n) => ({ ...row, id: String(n).padStart(24, '0'), last_request_at: n })));
    const seen: Company[] = [];
    let next: string | null = 'http://desk.example:8081/companies?per_page=6';
    for (let page = 1; next !== null && page < 30; page += 1) {
      const answer: { body: Page } = await workspace.ask<Page>('GET', next);
      expect(() => retrieveCompany.response.parse(answer.body)).not.toThrow();
      expect(answer.body.pages).toMatchObject({
        page,
        per_page: 6,
        total_pages: Math.ceil(answer.body.total_count / 6),
      });
      expect(answer.body.pages.next ?? 'http://desk.example:8081/').toMatch(/^http:\/\/desk\.example:8081\//);
      seen.push(...answer.body.data);
      next = answer.body.pages.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.slice(0, 20).map(({ last_request_at }) => last_request_at)).toEqual([...Array(20).keys()].reverse());
    expect((await list('')).body.total_count).toBe(seen.length);
  });

  test('200 without data past the end, as endless clients need it', async () => {
    const { body } = await list('?page=999999999&per_page=150');
    expect(body).toMatchObject({ data: [], pages: { next: null } });
  });

  test('200 with the companies of a tag', async () => {
    const { body: company } = await upsert({ company_id: 'tagged' });
    const { body: tag } = await workspace.ask<Tag>('POST', '/tags', {
      body: { name: 'Key account', companies: [{ company_id: 'tagged' }] },
    });
    const tagged = await list(`?tag_id=${tag.id}&per_page=1`);
    expect(tagged.body).toMatchObject({ total_count: 1, data: [{ id: company.id, tags: { tags: [{ id: tag.id }] } }] });
    for (const query of ['?tag_id=1', '?tag_id=%00', `?segment_id=${'a'.repeat(24)}`]) {
      expect((await list(query)).body).toMatchObject({ total_count: 0, data: [] });
    }
  });

  test('200 with nothing of another workspace', async () => {
    const { body } = await upsert({ company_id: 'fjord', name: 'Theirs' }, { token: workspace.otherToken });
    expect((await list('', { token: workspace.otherToken })).body.data).toEqual([body]);
    failed(await read(body.id), 404, missing);
    failed(await find('name=Theirs'), 404, missing);
  });
});

describe('GET /companies/{company_id}', () => {
  test.each(['fjord', '1', 'e'.repeat(24), '%00'])('404 for %s', async (id) => {
    failed(await read(id), 404, missing);
  });
});
