import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOfQuery, type SearchFilter, type SearchGroup, searchOperators } from '#contract/search.ts';
import { formatQuery, parseQuery } from './query-text.ts';

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());

const filter: fc.Arbitrary<SearchFilter> = fc
  .record({
    field: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('&', '|', 'AND', 'custom_attributes.Größe')),
    operator: fc.constantFrom(...searchOperators),
    one: fc.oneof(scalar, fc.constant(null)),
    many: fc.array(scalar, { minLength: 1, maxLength: 5 }),
  })
  .map(({ field, operator, one, many }) => {
    if (operator === 'IN' || operator === 'NIN') return { field, operator, value: many };
    return { field, operator, value: operator === '=' || operator === '!=' ? one : (one ?? '') };
  });

const group = (parts: fc.Arbitrary<SearchFilter | SearchGroup>): fc.Arbitrary<SearchGroup> =>
  fc.record({ operator: fc.constantFrom('AND', 'OR'), value: fc.array(parts, { minLength: 1, maxLength: 15 }) });

test('every query comes back from an address as it was', () => {
  const queries = fc.oneof(filter, group(fc.oneof(filter, group(filter))));
  fc.assert(
    fc.property(queries, (query) => {
      const address = new URLSearchParams({ filter: formatQuery(query) }).toString();
      expect(parseQuery(new URLSearchParams(address).get('filter') ?? '')).toEqual(query);
    }),
  );
});

test('what comes from any text at all is a good query or nothing', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(fc.jsonValue()).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const query = parseQuery(text);
      if (query !== undefined) expect(problemOfQuery(query)).toBeUndefined();
    }),
  );
});

test.each([
  ['nothing', ''],
  ['cut off', '["state","="'],
  ['a filter without an operator', '["state","open"]'],
  ['a filter with something after its value', '["state","=","open","more"]'],
  ['an unknown operator', '["state","==","open"]'],
  ['a group of no kind', '["AND",["state","=","open"]]'],
  ['a group too deep', '["&",["&",["&",["state","=","open"]]]]'],
  ['sixteen filters', JSON.stringify(['&', ...Array.from({ length: 16 }, () => ['state', '=', 'open'])])],
  ['501 values', JSON.stringify(['id', 'IN', Array.from({ length: 501 }, (_, index) => index)])],
  ['null where it says nothing', '["created_at",">",null]'],
  ['a hundred thousand brackets', '['.repeat(100_000)],
  ['a hundred thousand lists in lists', `${'["&",'.repeat(100_000)}1${']'.repeat(100_000)}`],
  ['a name of every object', '["&",{"__proto__":[]}]'],
])('%s is no query', (_what, text) => {
  expect(parseQuery(text)).toBeUndefined();
});

test('the text is short', () => {
  expect(
    formatQuery({
      operator: 'AND',
      value: [
        { field: 'state', operator: '=', value: 'open' },
        { field: 'created_at', operator: '>=', value: 1_760_000_000 },
      ],
    }),
  ).toBe('["&",["state","=","open"],["created_at",">=",1760000000]]');
});
