import { desc } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { activity } from '../activity/tables.ts';
import { testDatabase } from '../testing.gateway.ts';
import { found, next, openTickets, ticket, ticketType } from './testing.tickets.ts';

const refund = ticketType('7', 'Refund', [
  {},
  { id: '72', name: 'Due', data_type: 'datetime' },
  { id: '73', name: 'Amount', data_type: 'decimal' },
  { id: '74', name: 'Photos', data_type: 'files' },
  { id: '75', name: 'team', data_type: 'string' },
]);
const parcel = ticketType('8', 'Parcel', [
  { id: '81', name: 'Size', data_type: 'string' },
  { id: '82', name: 'Amount', data_type: 'decimal' },
]);
const types = { '/ticket_types': () => Response.json({ type: 'list', data: [refund, parcel] }) };
const attributes = (values: object) => ({ _default_title_: 'T', _default_description_: 'D', ...values });

/** The cells of a table, without any but the simplest quotes. */
function cellsOf(text: string): Record<string, string>[] {
  const rows = text
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, a, b]) => a?.replaceAll('""', '"') ?? b ?? ''),
    );
  const [header = [], ...others] = rows;
  return others.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

const lastEntry = async () => (await testDatabase.db.select().from(activity).orderBy(desc(activity.id)).limit(1))[0];
const saidOf = (entry: Awaited<ReturnType<typeof lastEntry>>) =>
  Object.fromEntries((entry?.changes ?? []).map(({ field, after }) => [field, after]));

describe('an export', () => {
  test('has one line a ticket, in words, with a column for each attribute of each data type', async () => {
    const tickets = [
      ticket(1, {
        ticket_type: refund,
        ticket_attributes: attributes({
          Size: 'i-1',
          Due: 1_700_000_000,
          Amount: -12.5,
          Photos: [{ type: 'upload', url: 'https://x.example/1.png' }, { url: 'https://x.example/2.png' }],
          team: 'Red, "hot"',
        }),
        admin_assignee_id: '5',
        team_assignee_id: '6',
        ticket_state: 'waiting_on_customer',
        snoozed_until: 1_700_003_600,
      }),
      ticket(2, { ticket_type: parcel, ticket_attributes: attributes({ Size: 'Huge' }), admin_assignee_id: '404' }),
    ];
    const { get, searches } = openTickets(() => found(tickets, { total_count: 2 }), types);
    const response = await get('/export', { format: 'csv' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="deskbell-tickets.csv"');
    expect(response.headers.get('x-rows-expected')).toBe('2');
    const [first, second] = cellsOf(await response.text());
    expect(first).toEqual({
      id: '1001',
      number: '1',
      title: 'T',
      description: 'D',
      state: 'Waiting on customer',
      type: 'Refund',
      contact_id: 'c1',
      contact_name: 'Name of c1',
      contact_email: 'c1@example.com',
      assignee: 'Ada',
      team: 'Night',
      open: '',
      snoozed_until: '2023-11-14T23:13:20.000Z',
      is_shared: '',
      tags: '',
      created_at: '2023-11-14T22:13:20.000Z',
      updated_at: '2023-11-14T22:14:20.000Z',
      'Size (list)': 'Small',
      Due: '2023-11-14T22:13:20.000Z',
      Amount: '-12.5',
      Photos: 'https://x.example/1.png, https://x.example/2.png',
      'team (string)': 'Red, "hot"',
      'Size (string)': '',
    });
    expect(second).toMatchObject({
      type: 'Parcel',
      'Size (string)': 'Huge',
      'Size (list)': '',
      assignee: '404',
      team: '',
    });
    expect(searches()[0]).toMatchObject({ count: 'exact', pagination: { per_page: 150 }, include_ticket_parts: false });
  });

  test('has one JSON object a line on request, whatever is in it', async () => {
    const hostile = '</script><script>alert(1)</script>\u2028\n=1+1';
    const one = ticket(1, {
      ticket_type: refund,
      ticket_attributes: attributes({ _default_title_: hostile, Amount: 3 }),
    });
    const { get } = openTickets(() => found([one, ticket(2)]), types);
    const response = await get('/export', { format: 'jsonl' });
    expect(response.headers.get('content-disposition')).toContain('deskbell-tickets.jsonl');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: '1001', title: hostile, state: 'In progress', attributes: { Amount: 3 } },
      { id: '1002', attributes: {} },
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t1', "'\t1"],
    ['＝1', "'＝1"],
    ['\u200b=1', "'\u200b=1"],
    ['1+1=2', '1+1=2'],
  ])('lets no spreadsheet compute %j, and gives it unchanged when asked to', async (value, safe) => {
    const one = ticket(1, {
      ticket_type: refund,
      ticket_attributes: attributes({ _default_title_: value, team: value }),
      tags: { type: 'list', tags: [{ type: 'tag', id: '3', name: value }] },
    });
    const { get } = openTickets(() => found([one]), {
      ...types,
      '/contacts/search': () =>
        Response.json({
          type: 'list',
          data: [{ type: 'contact', id: 'c1', role: 'user', name: value, created_at: 1, updated_at: 1 }],
          total_count: 1,
          pages: { type: 'pages' },
        }),
    });
    for (const [exact, expected] of [
      ['false', safe],
      ['true', value],
    ] as const) {
      const [cells] = cellsOf(await (await get('/export', { format: 'csv', exact })).text());
      expect([cells?.title, cells?.['team (string)'], cells?.tags, cells?.contact_name]).toEqual(
        Array(4).fill(expected),
      );
    }
  });

  test('is of all pages, one call after another, and its entry in the log says how many rows there were', async () => {
    let running = 0;
    const { get, searches } = openTickets(({ pagination }) => {
      running += 1;
      expect(running).toBe(1);
      const page = Number(pagination.starting_after ?? 0);
      const answer = found([ticket(page * 2 + 1), ticket(page * 2 + 2)], {
        total_count: 6,
        ...(page < 2 && next(String(page + 1))),
      });
      running -= 1;
      return answer;
    });
    const query = { field: 'title', operator: '~', value: 'Ticket' };
    const response = await get('/export', { format: 'csv', query: JSON.stringify(query), sort: 'updated_at' });
    expect(cellsOf(await response.text()).map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(searches().map((asked) => asked.pagination.starting_after)).toEqual([undefined, '1', '2']);
    expect(searches()[2]).toMatchObject({ query, sort: { field: 'updated_at', order: 'descending' } });
    const entry = await lastEntry();
    expect(entry).toMatchObject({ operation: 'exportTickets', object: '/tickets', status: 200, person_id: 'tester' });
    expect(saidOf(entry)).toEqual({ format: 'csv', query, rows_expected: 6, rows_written: 6 });
  });

  test('that the workspace breaks off breaks off too, and never ends as if it were complete', async () => {
    const { get } = openTickets(({ pagination }) =>
      pagination.starting_after === undefined
        ? found([ticket(1)], { total_count: 300, ...next('2') })
        : Response.json({ type: 'error.list', errors: [{ code: 'server_error' }] }, { status: 500 }),
    );
    const response = await get('/export', { format: 'csv' });
    expect([response.status, response.headers.get('x-rows-expected')]).toEqual([200, '300']);
    await expect(response.text()).rejects.toThrow();
    const entry = await lastEntry();
    expect(entry).toMatchObject({ operation: 'exportTickets', status: 500, refusal: 'server_error' });
    expect(saidOf(entry)).toMatchObject({ rows_expected: 300, rows_written: 1 });
  });

  test('that nobody waits for any more asks for no further page', async () => {
    const { get, searches } = openTickets(({ pagination }) => {
      const page = Number(pagination.starting_after ?? 0);
      return found([ticket(page)], { total_count: 100, ...next(String(page + 1)) });
    });
    const response = await get('/export', { format: 'jsonl' });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(lastEntry).toMatchObject({ operation: 'exportTickets', status: 499, refusal: 'canceled' });
    expect(searches().length).toBeLessThan(5);
  });
});
