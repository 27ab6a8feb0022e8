import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { daysOfRange, isFiltered, parseActivitySearch, toActivityFilter, toSearchParams } from './activity-filters.ts';

const parse = (query: string) => parseActivitySearch(new URLSearchParams(query));

// Where clocks change, so that a day has 23 or 25 hours.
const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterEach(() => {
  process.env.TZ = zone;
});
const now = new Date('2026-11-21T09:30:00Z');
const seconds = (time: string) => String(Date.parse(time) / 1_000);

describe('filters in the address', () => {
  test.each([
    '',
    'person=p1',
    'person=p1&operation=updateTicketType&object=%2Fticket_types%2F7&outcome=refused&range=7d',
    'from=2026-11-01&to=2026-11-20',
    'to=2026-11-20',
  ])('"%s" reads and writes alike', (query) => {
    expect(toSearchParams(parse(query)).toString()).toBe(query);
    expect(isFiltered(parse(query))).toBe(query !== '');
  });

  test('the address is the same in whatever order the filters were set', () => {
    expect(toSearchParams(parse('range=7d&outcome=done&person=p1')).toString()).toBe('person=p1&outcome=done&range=7d');
  });

  test('what cannot be read counts as not given', () => {
    expect(isFiltered(parse('outcome=maybe&range=1y&from=yesterday&to=2026-02-30&object=7&operation=a%20b'))).toBe(
      false,
    );
  });

  test('a range goes before days', () => {
    expect(parse('range=today&from=2026-01-01')).toMatchObject({ range: 'today', from: undefined });
  });
});

describe('what is asked for', () => {
  test('nothing where nothing is filtered', () => {
    expect(toActivityFilter(parse(''), now)).toEqual({});
  });

  test('days begin in this zone, and the last one is included', () => {
    expect(toActivityFilter(parse('from=2026-10-24&to=2026-10-25'), now)).toEqual({
      from: seconds('2026-10-24T00:00:00+02:00'),
      to: seconds('2026-10-26T00:00:00+01:00'),
    });
  });

  test('ranges end today, and stay open for what comes', () => {
    expect(daysOfRange('7d', now)).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(daysOfRange('30d', new Date('2026-03-15T12:00:00Z'))).toEqual({ from: '2026-02-14', to: '2026-03-15' });
    expect(toActivityFilter(parse('range=today'), now)).toEqual({ from: seconds('2026-11-21T00:00:00+01:00') });
  });

  test('everything else as it stands', () => {
    expect(toActivityFilter(parse('person=p1&operation=signIn&object=%2Fpeople%2F1&outcome=unknown'), now)).toEqual({
      person: 'p1',
      operation: 'signIn',
      object: '/people/1',
      outcome: 'unknown',
    });
  });
});
