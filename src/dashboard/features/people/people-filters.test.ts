import { describe, expect, test } from 'vitest';
import { filterPeople, parsePeopleSearch, toSearchParams } from './people-filters.ts';
import { buildPerson } from './testing.ts';

const parse = (query: string) => parsePeopleSearch(new URLSearchParams(query));

describe('filters in the address', () => {
  test.each(['', 'q=ada', 'q=a+b&role=owner&state=invited&person=p1'])('"%s" reads and writes alike', (query) => {
    expect(toSearchParams(parse(query)).toString()).toBe(query);
  });

  test('the address is the same in whatever order the filters were set', () => {
    expect(toSearchParams(parse('person=p1&state=invited&role=owner&q=a')).toString()).toBe(
      'q=a&role=owner&state=invited&person=p1',
    );
  });

  test('what cannot be read counts as not given', () => {
    expect(parse('role=king&state=asleep')).toEqual({ q: '', role: undefined, state: undefined, person: undefined });
  });
});

describe('the people shown', () => {
  const people = [
    buildPerson({ id: '1', name: 'Zoe', email: 'zoe@example.com', roles: ['agent', 'admin'] }),
    buildPerson({ id: '2', name: 'Bo', email: 'bo@example.com', roles: ['agent'], state: 'deactivated' }),
    buildPerson({ id: '3', name: 'Cy', email: 'cy@example.org', roles: ['manager'], state: 'invited' }),
    buildPerson({ id: '4', name: 'Ada', email: 'ada@example.com', roles: ['owner'] }),
  ];
  test.each([
    ['', ['4', '1', '3', '2']],
    ['q=EXAMPLE.ORG', ['3']],
    ['q=zo+example', ['1']],
    ['q=nobody', []],
    ['role=agent', ['1', '2']],
    ['role=agent&state=active', ['1']],
    ['state=invited', ['3']],
  ])('for "%s"', (query, ids) => {
    expect(filterPeople(people, parse(query)).map(({ id }) => id)).toEqual(ids);
  });
});
