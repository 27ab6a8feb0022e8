import { describe, expect, test } from 'vitest';
import { buildAttribute, buildTicketType } from './testing.ts';
import {
  filterTicketTypes,
  lastChange,
  parseTicketTypeSearch,
  type TicketTypeSearch,
  toSearchParams,
} from './ticket-type-filters.ts';

const bug = buildTicketType({
  id: '1',
  name: 'Bug report',
  updated_at: 300,
  ticket_type_attributes: {
    type: 'list',
    data: [
      buildAttribute({ id: '11', name: 'Browser', updated_at: 900 }),
      buildAttribute({ id: '12', name: 'Retired', archived: true, updated_at: 100 }),
    ],
  },
});
const refund = buildTicketType({ id: '2', name: 'Änderung 10', category: 'Back-office', updated_at: 400 });
const outage = buildTicketType({ id: '3', name: 'Änderung 9', category: 'Tracker', updated_at: 500, archived: true });
const all = [bug, refund, outage];

function found(search: string): string[] {
  return filterTicketTypes(all, parseTicketTypeSearch(new URLSearchParams(search))).map(({ id }) => id);
}

describe('the list of ticket types', () => {
  test('shows what is in use, by name, as a person would order it', () => {
    expect(found('')).toEqual(['2', '1']);
    expect(found('archived=all')).toEqual(['3', '2', '1']);
  });
  test('finds every word in name, description, id, icon and the attributes in use', () => {
    expect(found('q=browser bug')).toEqual(['1']);
    expect(found('q=🐞 browser')).toEqual(['1']);
    expect(found('q=retired')).toEqual([]);
    expect(found('q=ÄNDERUNG')).toEqual(['2']);
  });
  test('filters by category and by archived', () => {
    expect(found('category=Back-office')).toEqual(['2']);
    expect(found('archived=true')).toEqual(['3']);
  });
  test.each([
    ['sort=-name&archived=all', ['1', '2', '3']],
    ['sort=updated&archived=all', ['2', '3', '1']],
    ['sort=-attributes', ['1', '2']],
    ['sort=category&archived=all', ['2', '1', '3']],
  ])('is sorted by %s', (search, ids) => {
    expect(found(search)).toEqual(ids);
  });
  test('counts a change of an attribute as a change', () => {
    expect(lastChange(bug)).toBe(900);
  });
});

describe('the address', () => {
  test.each(['q=a%26b&category=Tracker&archived=all&sort=-updated', ''])('keeps the whole state: %s', (search) => {
    expect(toSearchParams(parseTicketTypeSearch(new URLSearchParams(search))).toString()).toBe(search);
  });
  test('that cannot be read is as by default', () => {
    const broken = new URLSearchParams('category=Nope&archived=maybe&sort=drop table');
    const byDefault: TicketTypeSearch = { q: '', category: undefined, archived: 'false', sort: 'name' };
    expect(parseTicketTypeSearch(broken)).toEqual(byDefault);
  });
});
