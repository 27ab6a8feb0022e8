import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchFilter, SearchOperator, SearchQuery, SearchScalar } from '#contract/search.ts';
import { ticketStates } from '#contract/ticket-states.ts';
import { searchTickets } from '#contract/tickets.ts';
import { contacts } from '../contacts/tables.ts';
import { type FieldKind, isFound, type Valued } from '../search/testing.ts';
import { tags, ticketTags } from '../tags/tables.ts';
import { type Asked, startOfTime } from '../testing.ts';
import { nameKey } from '../ticket-types/store.ts';
import { ticketTypeAttributes } from '../ticket-types/tables.ts';
import { type StoredFile, tickets, ticketValues } from './tables.ts';
import { openTestTickets, type TestTickets } from './testing.ts';

const workspace_id = 'dk4m2x9q';
const firstId = 200_000;
const attributeIds = {
  string: 90_001,
  list: 90_002,
  integer: 90_003,
  decimal: 90_004,
  boolean: 90_005,
  datetime: 90_006,
  files: 90_007,
};
const contactIds = ['a', 'b', 'c', 'd', 'e', 'f'].map((digit) => digit.repeat(24));
const categories = new Map([
  [1201, 'request'],
  [1210, 'task'],
  [1214, 'tracker'],
]);
const tagIds = [90_101, 90_102, 90_103];

const word = fc.string({ unit: fc.constantFrom(...'abAB É\u0065\u0301İß%_\\\'"🎟'), minLength: 0, maxLength: 8 });
const someWord = word.map((text) => text || 'b');
const time = fc.integer({ min: startOfTime - 20, max: startOfTime });
const row = fc.record({
  ticket_type_id: fc.constantFrom(...categories.keys()),
  contact_id: fc.constantFrom(...contactIds),
  title: word,
  description: word,
  state: fc.constantFrom(...ticketStates),
  open: fc.boolean(),
  is_shared: fc.boolean(),
  snoozed_until: fc.option(fc.integer({ min: startOfTime - 20, max: startOfTime + 20 })),
  admin_assignee_id: fc.constantFrom(0, 801, 802),
  team_assignee_id: fc.constantFrom(0, 61, 62),
  teammate_ids: fc.uniqueArray(fc.constantFrom(801, 802, 803), { maxLength: 2 }),
  created_at: time,
  updated_at: time,
  tags: fc.uniqueArray(fc.constantFrom(...tagIds), { maxLength: 2 }),
  values: fc.record(
    {
      string: someWord,
      list: fc.constantFrom('one', 'two', 'Two'),
      integer: fc.integer({ min: -3, max: 3 }),
      decimal: fc.constantFrom(-1.5, 0, 0.1, 2, 1e10),
      boolean: fc.boolean(),
      datetime: time,
      files: fc.constant<StoredFile[]>([
        { name: 'a.txt', url: 'https://files.example/a.txt', content_type: 'text/plain' },
      ]),
    },
    { requiredKeys: [] },
  ),
});
const rows = fc.sample(row, { numRuns: 200, seed: 4_711 }).map((one, index) => ({ ...one, id: firstId + index }));
type Row = (typeof rows)[number];

const equality: SearchOperator[] = ['=', '!=', 'IN', 'NIN'];
const ordered: SearchOperator[] = [...equality, '<', '<=', '>', '>='];
const pieces: SearchOperator[] = [...equality, '~', '!~', '^', '$'];
const operatorsOf: Record<FieldKind, SearchOperator[]> = {
  text: pieces,
  number: ordered,
  id: equality,
  flag: equality,
  word: equality,
  file: ['=', '!='],
};

const set = <Value>(value: Value | null | undefined | '' | 0) =>
  value === null || value === undefined || value === '' || value === 0 ? [] : [value];
const attribute = (name: keyof typeof attributeIds) => `ticket_attribute.${attributeIds[name]}`;

/** Every field: what it is compared as, and what a ticket has there. */
const fields: Record<string, [FieldKind, (one: Row) => unknown[]]> = {
  id: ['number', ({ id }) => [id]],
  created_at: ['number', ({ created_at }) => [created_at]],
  updated_at: ['number', ({ updated_at }) => [updated_at]],
  // One that is over is none.
  snoozed_until: ['number', ({ snoozed_until }) => set((snoozed_until ?? 0) > startOfTime ? snoozed_until : null)],
  title: ['text', ({ title }) => set(title)],
  description: ['text', ({ description }) => set(description)],
  category: ['word', ({ ticket_type_id }) => [categories.get(ticket_type_id)]],
  ticket_type_id: ['number', ({ ticket_type_id }) => [ticket_type_id]],
  contact_ids: ['id', ({ contact_id }) => [contact_id]],
  teammate_ids: ['id', ({ teammate_ids }) => teammate_ids],
  admin_assignee_id: ['id', ({ admin_assignee_id }) => [admin_assignee_id]],
  team_assignee_id: ['id', ({ team_assignee_id }) => [team_assignee_id]],
  open: ['flag', ({ open }) => [open]],
  is_shared: ['flag', ({ is_shared }) => [is_shared]],
  state: ['word', ({ state }) => [state]],
  tag_ids: ['id', ({ tags }) => tags],
  [attribute('string')]: ['text', ({ values }) => set(values.string)],
  [attribute('list')]: ['id', ({ values }) => set(values.list)],
  [attribute('integer')]: ['number', ({ values }) => (values.integer === undefined ? [] : [values.integer])],
  [attribute('decimal')]: ['number', ({ values }) => (values.decimal === undefined ? [] : [values.decimal])],
  [attribute('boolean')]: ['flag', ({ values }) => (values.boolean === undefined ? [] : [values.boolean])],
  [attribute('datetime')]: ['number', ({ values }) => set(values.datetime)],
  [attribute('files')]: ['file', ({ values }) => set(values.files)],
};
const valuedOf =
  (one: Row): Valued =>
  (field) => {
    const [kind, read] = fields[field] ?? ['text', () => []];
    return { kind, values: read(one) };
  };

/** Nobody's id stands for "not set" in both directions. */
const isAssignee = (field: string) => field.endsWith('assignee_id');

function valuesOf(field: string, kind: FieldKind): fc.Arbitrary<SearchScalar> {
  const [, read] = fields[field] ?? ['text', () => []];
  const there = rows.flatMap(read).filter((value): value is SearchScalar => typeof value !== 'object');
  const known = fc.constantFrom(...there);
  const written =
    kind === 'number'
      ? known.map((value) => (typeof value === 'number' && Math.abs(value) > 1e9 + 1e10 ? value : String(value)))
      : known;
  if (kind === 'text') {
    const part = fc
      .tuple(known, fc.nat(4), fc.nat(4))
      .map(([value, from, length]) => [...String(value)].slice(from, from + length + 1).join(''));
    return fc.oneof(
      known,
      part.map((text) => text || 'a'),
      someWord,
    );
  }
  return fc.oneof(known, written);
}

const filterOf = (field: string): fc.Arbitrary<SearchFilter> => {
  const [kind] = fields[field] ?? ['text'];
  if (kind === 'file')
    return fc.constantFrom('=' as const, '!=' as const).map((operator) => ({ field, operator, value: null }));
  const value = valuesOf(field, kind);
  return fc.constantFrom(...operatorsOf[kind]).chain((operator): fc.Arbitrary<SearchFilter> => {
    if (operator === 'IN' || operator === 'NIN') {
      return fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => ({ field, operator, value: values }));
    }
    const takesNull = (operator === '=' || operator === '!=') && !isAssignee(field);
    return (takesNull ? fc.option(value, { freq: 6 }) : value).map((one) => ({ field, operator, value: one }));
  });
};

const filter = fc.constantFrom(...Object.keys(fields)).chain((field) => filterOf(field));
const groupOf = (part: fc.Arbitrary<SearchQuery>): fc.Arbitrary<SearchQuery> =>
  fc.record({
    operator: fc.constantFrom('AND' as const, 'OR' as const),
    value: fc.array(part, { minLength: 1, maxLength: 3 }),
  });
const query: fc.Arbitrary<SearchQuery> = fc.oneof(groupOf(filter), groupOf(fc.oneof(filter, groupOf(filter))));
const sort = fc.record({
  field: fc.constantFrom('created_at' as const, 'updated_at' as const),
  order: fc.constantFrom('ascending', 'descending'),
});

let desk: TestTickets;
beforeAll(async () => {
  desk = await openTestTickets();
  const { db } = desk.database;
  const known = { workspace_id, created_at: startOfTime };
  await db
    .insert(contacts)
    .values(contactIds.map((id) => ({ ...known, id, role: 'user' as const, updated_at: startOfTime })));
  await db.insert(tags).values(tagIds.map((id) => ({ ...known, id, name: `t${id}`, name_key: `t${id}` })));
  await db.insert(ticketTypeAttributes).values(
    Object.entries(attributeIds).map(([name, id], order) => ({
      ...known,
      id,
      ticket_type_id: 1201,
      name,
      name_key: name,
      description: '',
      data_type: name as keyof typeof attributeIds,
      order: order + 50,
      updated_at: startOfTime,
    })),
  );
  await db.insert(tickets).values(
    rows.map(({ tags: _tags, values, ...one }) => ({
      ...one,
      workspace_id,
      title_key: nameKey(one.title),
      description_key: nameKey(one.description),
      attributes: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [attributeIds[name as keyof typeof attributeIds], value]),
      ),
    })),
  );
  await db.insert(ticketValues).values(
    rows.flatMap(({ id, values }) => {
      const place = { workspace_id, ticket_id: id };
      const numbers = (['integer', 'decimal', 'datetime'] as const).flatMap((name) =>
        values[name] === undefined
          ? []
          : [{ ...place, attribute_id: attributeIds[name], number_value: values[name], text_value: null }],
      );
      const texts =
        values.string === undefined
          ? []
          : [{ ...place, attribute_id: attributeIds.string, number_value: null, text_value: nameKey(values.string) }];
      return [...numbers, ...texts];
    }),
  );
  await db
    .insert(ticketTags)
    .values(
      rows.flatMap(({ id, tags: own }) =>
        own.map((tag_id) => ({ workspace_id, tag_id, ticket_id: id, applied_at: startOfTime, applied_by: 801 })),
      ),
    );
});
afterAll(() => desk.close());

interface Found {
  tickets: { id: string }[];
  total_count: number;
  total_count_is_estimate?: boolean;
  pages: { page: number; per_page: number; total_pages: number; next?: { per_page: number; starting_after: string } };
}
const all = { field: 'id', operator: '>=', value: firstId } as const;
const search = (asked: object, more: Asked = {}) =>
  desk.ask<Found>('POST', '/tickets/search', { body: { include_ticket_parts: false, ...asked }, ...more });
const idsOf = ({ body }: { body: Found }) => body.tickets.map(({ id }) => Number(id));

const inOrder = (found: Row[], { field, order }: { field: 'created_at' | 'updated_at'; order: string }) => {
  const sorted = [...found].sort((one, other) => one[field] - other[field] || one.id - other.id);
  return (order === 'ascending' ? sorted : sorted.reverse()).map(({ id }) => id);
};

test('finds what the same question finds in plain JavaScript, in order, with its count', async () => {
  await fc.assert(
    fc.asyncProperty(query, sort, fc.integer({ min: 40, max: 150 }), async (asked, by, per_page) => {
      const answer = await search({ query: asked, sort: by, pagination: { per_page } });
      expect(answer.status, answer.text).toBe(200);
      const expected = inOrder(
        rows.filter((one) => isFound(asked, valuedOf(one))),
        by,
      );
      expect(idsOf(answer)).toEqual(expected.slice(0, per_page));
      expect(answer.body).toMatchObject({
        total_count: expected.length,
        pages: { page: 1, per_page, total_pages: Math.ceil(expected.length / per_page) },
      });
      expect(answer.body.pages.next === undefined).toBe(expected.length <= per_page);
    }),
    { numRuns: 80, endOnFailure: true },
  );
}, 120_000);

const nested = (depth: number): object => (depth === 0 ? all : { operator: 'AND', value: [nested(depth - 1)] });
const refused: [string, object, string, string][] = [
  ['an unknown field', { query: { ...all, field: 'password' } }, 'parameter_invalid', 'query.field'],
  [
    'an attribute by its name',
    { query: { ...all, field: 'ticket_attribute.name' } },
    'field_not_found',
    'not a valid integer',
  ],
  [
    'an attribute that there is none of',
    { query: { ...all, field: 'ticket_attribute.77777' } },
    'parameter_invalid',
    'query.field',
  ],
  [
    'a value that does not fit',
    { query: { operator: 'AND', value: [all, { ...all, value: 'x' }] } },
    'parameter_invalid',
    'query.value.1.value',
  ],
  ['order of text', { query: { field: 'title', operator: '>', value: 'a' } }, 'parameter_invalid', 'query.operator'],
  ['a piece of a number', { query: { field: 'id', operator: '~', value: '1' } }, 'parameter_invalid', 'query.operator'],
  [
    'a state that there is none of',
    { query: { field: 'state', operator: '=', value: 'done' } },
    'parameter_invalid',
    'query.value',
  ],
  ['groups three deep', { query: nested(3) }, 'parameter_invalid', 'nested too deeply'],
  ['16 filters', { query: { operator: 'OR', value: Array(16).fill(all) } }, 'parameter_invalid', 'at most 15'],
  [
    'an unknown order',
    { query: all, sort: { field: 'created_at', order: 'desc' } },
    'invalid_sort_order',
    "Invalid sort order 'desc'. Must be one of: ascending, descending",
  ],
  ['an unknown sort field', { query: all, sort: { field: 'title' } }, 'parameter_invalid', 'sort.field'],
  [
    'a broken cursor',
    { query: all, pagination: { starting_after: 'eyJ4' } },
    'parameter_invalid',
    'pagination.starting_after',
  ],
  [
    'text that cannot be stored',
    { query: { field: 'title', operator: '=', value: 'a\u0000' } },
    'parameter_invalid',
    'query.value',
  ],
];

test.each(refused)('400 for %s', async (_, body, code, message) => {
  expect(await desk.ask('POST', '/tickets/search', { body })).toMatchObject({
    status: 400,
    body: { errors: [{ code, message: expect.stringContaining(message) }] },
  });
});

test('400 in 2.9, where there is no such search', async () => {
  const headers = { 'Intercom-Version': '2.9' };
  expect(await desk.ask('POST', '/tickets/search', { body: { query: all }, headers })).toMatchObject({
    status: 400,
    body: {
      errors: [
        { code: 'intercom_version_invalid', message: 'Requested resource is not available in current API version' },
      ],
    },
  });
});

test('SQL in any place of a query is a text like others', async () => {
  for (const text of ["'; select pg_sleep(5); --", '1); select pg_sleep(5) --', 't.id) or (1=1', '\\', '$1']) {
    const bodies = [
      { query: { ...all, field: text } },
      { query: { ...all, field: `ticket_attribute.1${text}` } },
      { query: { ...all, operator: text } },
      { query: { ...all, value: text } },
      { query: all, sort: { field: text } },
      { query: all, sort: { field: 'created_at', order: text } },
      { query: all, pagination: { starting_after: text } },
    ];
    for (const body of bodies) {
      const started = performance.now();
      const answer = await desk.ask('POST', '/tickets/search', { body });
      expect([answer.status, performance.now() - started < 1_000], JSON.stringify(body)).toEqual([400, true]);
      expect(answer.text).not.toMatch(/workspace_id|syntax/);
    }
    expect((await search({ query: { field: 'title', operator: '~', value: text } })).body.total_count).toBe(
      rows.filter(({ title }) => title.includes(text)).length,
    );
  }
});

test('pages hold each ticket once, also while others change', async () => {
  const seen: number[] = [];
  let starting_after: string | undefined;
  for (let page = 1; page <= 10; page += 1) {
    const answer = await search({
      query: all,
      pagination: { per_page: 30, ...(starting_after && { starting_after }) },
    });
    expect(answer.body.pages.page).toBe(page);
    seen.push(...idsOf(answer));
    if (page === 2) await desk.update(String(seen[0]), { open: false });
    starting_after = answer.body.pages.next?.starting_after;
    if (starting_after === undefined) break;
  }
  expect(seen).toEqual(inOrder(rows, { field: 'created_at', order: 'descending' }));
});

test('400 for the cursor of another search', async () => {
  const first = await search({ query: all, pagination: { per_page: 5 } });
  const starting_after = first.body.pages.next?.starting_after;
  const other = { query: { ...all, value: firstId + 1 }, pagination: { per_page: 5, starting_after } };
  expect((await search(other)).status).toBe(400);
  expect((await search({ query: all, pagination: { per_page: 7, starting_after } })).status).toBe(200);
});

test('another workspace sees nothing', async () => {
  const { body } = await search({ query: all }, { token: desk.otherToken });
  expect(body).toMatchObject({ tickets: [], total_count: 0, pages: { total_pages: 0 } });
});

test('an answer is what the contract says, with parts unless they are not wanted', async () => {
  const one = { query: { field: 'id', operator: '=', value: String(firstId + 7) } };
  const answer = await desk.ask('POST', '/tickets/search', { body: one });
  expect(searchTickets.response.parse(answer.body).tickets[0]?.ticket_parts).toBeDefined();
  expect(searchTickets.response.parse((await search(one)).body).tickets[0]?.ticket_parts).toBeUndefined();
});
