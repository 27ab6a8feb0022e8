import { describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { countTickets, listTickets } from '#contract/gateway/tickets.ts';
import { isSearchGroup, problemOfQuery, type SearchGroup, type SearchQuery } from '#contract/search.ts';
import { contact, found, next, openTickets, ticket } from './testing.tickets.ts';

const refusalOf = async (response: Response) => {
  const [error] = errorList.parse(await response.json()).errors;
  return { status: response.status, ...error };
};
const filter = (value: string): SearchQuery => ({ field: 'title', operator: '~', value });
const and = (...value: SearchQuery[]): SearchGroup => ({ operator: 'AND', value });
const or = (...value: SearchQuery[]): SearchGroup => ({ operator: 'OR', value });
const many = (count: number, make: (index: number) => SearchQuery = (index) => filter(`w${index}`)) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('a list of tickets', () => {
  test('is one search without parts, and shows of each ticket what a list needs', async () => {
    const attributes = { _default_title_: '<b>Late</b>', _default_description_: 'long', Size: 'i-1' };
    const tickets = [
      ticket(1, {
        ticket_attributes: attributes,
        open: true,
        tags: { type: 'list', tags: [{ type: 'tag', id: '3', name: 'VIP' }] },
      }),
      ticket(2, { contacts: { type: 'contact.list', contacts: [] }, ticket_id: undefined, ticket_type: null }),
    ];
    const { get, searches } = openTickets(() =>
      found(tickets, { total_count: 70, total_count_is_estimate: true, ...next('c+/=') }),
    );
    const response = await get('');
    const body = listTickets.response.parse(await response.json());
    expect(response.headers.get('content-type')).toMatch('application/json');
    expect(searches()).toEqual([
      {
        query: { field: 'created_at', operator: '>', value: 0 },
        pagination: { per_page: 50 },
        sort: { field: 'updated_at', order: 'descending' },
        include_ticket_parts: false,
      },
    ]);
    expect(body).toMatchObject({ next: 'c+/=', total_count: 70, total_count_is_estimate: true });
    expect(body.data).toEqual([
      {
        id: '1001',
        number: '1',
        title: '<b>Late</b>',
        state: 'in_progress',
        ticket_type_id: '7',
        contact: { id: 'c1', name: 'Name of c1', email: 'c1@example.com' },
        admin_assignee_id: '0',
        team_assignee_id: '0',
        open: true,
        snoozed_until: null,
        is_shared: null,
        created_at: 1_700_000_000,
        updated_at: 1_700_000_060,
        attributes: { Size: 'i-1' },
        tags: [{ id: '3', name: 'VIP' }],
      },
      expect.objectContaining({ id: '1002', number: '1002', ticket_type_id: null, contact: null }),
    ]);
  });

  test('goes on after a cursor, sorted and searched as asked', async () => {
    const { get, searches } = openTickets(() => found([]));
    const query = or(filter('parcel'), and(filter('a'), filter('b')));
    await get('', { query: JSON.stringify(query), sort: 'created_at', order: 'ascending', after: 'c+/=' });
    expect(searches()).toMatchObject([
      {
        query,
        sort: { field: 'created_at', order: 'ascending' },
        pagination: { per_page: 150, starting_after: 'c+/=' },
      },
    ]);
  });

  test('asks for the names of contacts once', async () => {
    const { get, asked } = openTickets(() => found([ticket(1), ticket(2), ticket(4)]));
    for (const _ of [1, 2]) await get('');
    const names = asked.filter(({ path }) => path === '/contacts/search');
    expect(names.map(({ body }) => body)).toEqual([
      { query: { field: 'id', operator: 'IN', value: ['c1', 'c2'] }, pagination: { per_page: 2 } },
    ]);
  });

  test('comes without names where those cannot be read, and has them once they can', async () => {
    const failures = [500];
    const answer = () =>
      failures.pop()
        ? Response.json({ type: 'error.list', errors: [{ code: 'server_error' }] }, { status: 500 })
        : Response.json({ type: 'list', data: [contact('c1')], total_count: 1, pages: { type: 'pages' } });
    const { get } = openTickets(() => found([ticket(1)]), { '/contacts/search': answer });
    const contactOf = async () => listTickets.response.parse(await (await get('')).json()).data[0]?.contact;
    expect(await contactOf()).toEqual({ id: 'c1', name: null, email: null });
    expect(await contactOf()).toEqual({ id: 'c1', name: 'Name of c1', email: 'c1@example.com' });
  });
});

describe('a refusal of the workspace is passed on', () => {
  test.each([
    ['a version without search', 400, { code: 'intercom_version_invalid', message: 'Not in this version' }],
    ['a search that it does not understand', 400, { code: 'field_not_found', message: 'No such field', field: 'x' }],
    ['too many requests', 429, { code: 'rate_limit_exceeded', message: 'Slowly' }],
  ])('as it is: %s', async (_, status, error) => {
    const headers = { 'Retry-After': '7', 'X-RateLimit-Reset': '1700000000', 'Set-Cookie': 'a=b' };
    const refusal = () => Response.json({ type: 'error.list', request_id: 'r', errors: [error] }, { status, headers });
    for (const [path, query] of [
      ['', {}],
      ['/counts', {}],
      ['/export', { format: 'csv' }],
    ] as const) {
      const response = await openTickets(refusal).get(path, query);
      expect(response.headers.get('retry-after')).toBe('7');
      expect(response.headers.get('x-ratelimit-reset')).toBe('1700000000');
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(await refusalOf(response)).toEqual({ status, ...error });
    }
  });

  test.each([
    ['nothing at all', () => new Response(null, { status: 500 })],
    ['something else', () => Response.json({ type: 'list', data: [] })],
  ])('and of an answer with %s is said that it cannot be used', async (_, answer) => {
    expect(await refusalOf(await openTickets(answer).get(''))).toMatchObject({ status: 502, code: 'unusable_answer' });
  });
});

describe('a query is refused before anybody is asked', () => {
  test.each([
    ['no JSON', '{"field":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['text', '"title"'],
    ['no field', '{"operator":"=","value":1}'],
    ['SQL for an operator', `{"field":"id","operator":"= 1; drop table tickets","value":1}`],
    ['an object for a value', '{"field":"id","operator":"=","value":{"$gt":""}}'],
    ['three groups deep', JSON.stringify(and(or(and(filter('x')))))],
    ['sixteen parts', JSON.stringify(and(...many(16)))],
    ['an empty group', '{"operator":"AND","value":[]}'],
    ['a thousand groups', `${'{"operator":"AND","value":['.repeat(300)}${']}'.repeat(300)}`],
  ])('400 for %s', async (_, query) => {
    const { get, asked } = openTickets(() => found([]));
    for (const [path, more] of [
      ['', {}],
      ['/counts', {}],
      ['/export', { format: 'csv' }],
    ] as const) {
      const refusal = await refusalOf(await get(path, { query, ...more }));
      expect(refusal).toMatchObject({ status: 400, code: 'parameter_invalid', field: expect.stringMatching(/^query/) });
    }
    expect(asked).toEqual([]);
  });

  test.each([
    ['a sort that there is not', '', { sort: 'title; drop table tickets' }],
    ['an order that there is not', '', { order: 'up' }],
    ['a format that there is not', '/export', { format: 'xml' }],
    ['more than is known', '', { per_page: '5000' }],
  ])('400 for %s', async (_, path, query) => {
    const { get, asked } = openTickets(() => found([]));
    expect(await refusalOf(await get(path, query))).toMatchObject({ status: 400, code: 'parameter_invalid' });
    expect(asked).toEqual([]);
  });
});

/** Whether a ticket of the state, with those words in its title, is found by the query. */
function finds(query: SearchQuery, state: string, words: ReadonlySet<string>): boolean {
  if (isSearchGroup(query)) {
    const each = query.value.map((part) => finds(part, state, words));
    return query.operator === 'AND' ? each.every(Boolean) : each.some(Boolean);
  }
  return query.field === 'state' ? query.value === state : words.has(String(query.value));
}

describe('counts by state', () => {
  const states = ['submitted', 'in_progress', 'waiting_on_customer', 'resolved'];

  test('are one search each for one ticket, and their sum', async () => {
    const { get, searches } = openTickets(({ query }) => {
      const index = states.indexOf(String(query.value));
      return found([ticket(1)], { total_count: 10 ** index, total_count_is_estimate: index === 3 });
    });
    const body = countTickets.response.parse(await (await get('/counts')).json());
    expect(body).toEqual({
      type: 'counts',
      all: { count: 1_111, is_estimate: true },
      submitted: { count: 1, is_estimate: false },
      in_progress: { count: 10, is_estimate: false },
      waiting_on_customer: { count: 100, is_estimate: false },
      resolved: { count: 1_000, is_estimate: true },
    });
    expect(searches()).toHaveLength(4);
    expect(searches()).toMatchObject(
      states.map((value) => ({
        query: { field: 'state', operator: '=', value },
        pagination: { per_page: 1 },
      })),
    );
  });

  test.each<[string, SearchQuery]>([
    ['a condition', filter('w0')],
    ['all of some', and(...many(3))],
    ['all of fifteen', and(...many(15))],
    ['any of some', or(...many(3))],
    ['any of fifteen', or(...many(15))],
    ['all of some groups', and(or(...many(2)), filter('w2'))],
    ['any of some groups', or(and(...many(2)), filter('w2'), or(filter('w3'), filter('w4')))],
    [
      'any of fifteen, one a group',
      or(and(filter('w0'), filter('w1')), ...many(14, (index) => filter(`w${index + 2}`))),
    ],
    [
      'all of fifteen, one a group',
      and(or(filter('w0'), filter('w1')), ...many(14, (index) => filter(`w${index + 2}`))),
    ],
    [
      'all of fifteen groups, one of which has room',
      and(...many(14, (index) => or(filter(`w${index}`))), and(filter('w14'))),
    ],
  ])('are of the tickets that the query finds, in no deeper groups: %s', async (_, query) => {
    const { get, searches } = openTickets(() => found([]));
    expect((await get('/counts', { query: JSON.stringify(query) })).status).toBe(200);
    const subsets = [many(15), [], ...many(15).map((part) => [part]), many(2), many(3).slice(1), many(4).slice(2)].map(
      (parts) => new Set(parts.map((part) => String(part.value))),
    );
    for (const [index, narrowed] of searches().entries()) {
      expect(problemOfQuery(narrowed.query)).toBeUndefined();
      for (const words of subsets) {
        for (const state of states) {
          const expected = state === states[index] && finds(query, state, words);
          expect(finds(narrowed.query, state, words)).toBe(expected);
        }
      }
    }
  });

  test.each([
    ['fifteen groups without room', and(...many(15, () => or(filter('a'), filter('b'))))],
    ['a full group among alternatives', or(and(...many(15)), filter('x'))],
    ['too many alternatives', or(or(...many(15)), filter('x'), and(filter('y'), filter('z')))],
  ])('are refused for %s', async (_, query) => {
    const { get, asked } = openTickets(() => found([]));
    const refusal = await refusalOf(await get('/counts', { query: JSON.stringify(query) }));
    expect(refusal).toMatchObject({ status: 400, code: 'parameter_invalid', field: 'query' });
    expect(asked).toEqual([]);
  });
});
