import { describe, expect, test } from 'vitest';
import { isSearchGroup, problemOfQuery, type SearchFilter, type SearchQuery } from '#contract/search.ts';
import { amongIds, isTooLarge, toSearchQuery } from './ticket-list-query.ts';
import { everything, parseTicketListSearch, toSearchParams } from './ticket-list-search.ts';

type Facts = Record<string, string | number | boolean>;

/** Whether a ticket with these facts is found. */
function finds(query: SearchQuery | undefined, facts: Facts): boolean {
  if (query === undefined) return true;
  if (isSearchGroup(query)) {
    return query.operator === 'AND'
      ? query.value.every((part) => finds(part, facts))
      : query.value.some((part) => finds(part, facts));
  }
  const { field, operator, value } = query;
  if (operator === '~') return String(facts[field]).includes(String(value));
  if (operator === 'IN') return Array.isArray(value) && value.some((one) => one === facts[field]);
  return facts[field] === value;
}

const is = (field: string, value: string | boolean): SearchFilter => ({ field, operator: '=', value });
const flat = { operator: 'OR', value: [is('open', true), is('type', '7')] } as const satisfies SearchQuery;
const nested: SearchQuery = {
  operator: 'OR',
  value: [is('type', '7'), { operator: 'AND', value: [is('open', true), is('type', '8')] }],
};
const both: SearchQuery = { operator: 'AND', value: [is('type', '7'), flat] };

const ticket: Facts = {
  id: '1',
  title: 'A broken parcel',
  description: 'in the rain',
  type: '7',
  open: true,
  state: 'resolved',
  admin_assignee_id: '801',
  team_assignee_id: '0',
};

describe.each([
  ['no filter', undefined],
  ['one filter', is('type', '7')],
  ['any of some', flat],
  ['any of some and groups', nested],
  ['all of some and groups', both],
])('%s', (_, filter) => {
  const search = { ...everything, filter, q: 'rain', state: 'resolved', who: 'mine' } as const;

  test('is narrowed by text, state and person', () => {
    const query = toSearchQuery(search, '801');
    expect(query && problemOfQuery(query)).toBeUndefined();
    expect(finds(query, ticket)).toBe(true);
    expect(finds(query, { ...ticket, description: '', title: 'rain' })).toBe(true);
    expect(finds(query, { ...ticket, description: '' })).toBe(false);
    expect(finds(query, { ...ticket, state: 'submitted' })).toBe(false);
    expect(finds(query, { ...ticket, admin_assignee_id: '802' })).toBe(false);
    expect(finds(query, { ...ticket, type: '9', open: false })).toBe(filter === undefined);
  });

  test('is narrowed to tickets by their ids', () => {
    const query = amongIds(toSearchQuery({ ...search, q: '' }, '801'), ['1', '2']);
    expect(problemOfQuery(query)).toBeUndefined();
    expect(finds(query, ticket)).toBe(true);
    expect(finds(query, { ...ticket, id: '3' })).toBe(false);
  });
});

test('nobody’s tickets are those without a teammate and without a team', () => {
  const query = toSearchQuery({ ...everything, who: 'nobody' }, '801');
  expect(finds(query, { ...ticket, admin_assignee_id: '0' })).toBe(true);
  expect(finds(query, { ...ticket, admin_assignee_id: '0', team_assignee_id: '5' })).toBe(false);
});

test('as many filters as a group takes leave room for what stands beside them', () => {
  const filter: SearchQuery = { operator: 'AND', value: Array.from({ length: 15 }, () => is('type', '7')) };
  const query = toSearchQuery({ ...everything, filter, q: 'rain', state: 'resolved' }, '801');
  expect(isTooLarge(query)).toBe(false);
  expect(finds(query, ticket)).toBe(true);
  expect(finds(query, { ...ticket, type: '8' })).toBe(false);
});

test('what fits into no query is known before it is asked', () => {
  const filter: SearchQuery = { operator: 'AND', value: [flat, ...Array.from({ length: 14 }, () => is('type', '7'))] };
  expect(isTooLarge(toSearchQuery({ ...everything, filter, state: 'resolved' }, '801'))).toBe(true);
});

describe('the address', () => {
  const again = (text: string) => toSearchParams(parseTicketListSearch(new URLSearchParams(text))).toString();

  test('says nothing of what is as by default', () => {
    expect(toSearchParams(everything).toString()).toBe('');
    expect(again('q=&sort=-updated&rows=comfortable')).toBe('');
  });

  test('keeps what was chosen', () => {
    const text = new URLSearchParams({
      q: 'a & b',
      state: 'in_progress',
      open: 'false',
      who: 'mine',
      f: '["&",["type","=","7"],["|",["open","=",true],["id","IN",["1"]]]]',
      sort: 'created',
      cols: 'state,title',
      rows: 'compact',
      view: '9',
    }).toString();
    expect(again(text)).toBe(text);
  });

  test('that nobody can read asks for everything', () => {
    expect(again('state=lost&open=maybe&who=them&f=[1,2&sort=price&rows=huge')).toBe('');
  });
});
