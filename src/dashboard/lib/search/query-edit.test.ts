import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOfQuery, type SearchFilter, type SearchGroup } from '#contract/search.ts';
import {
  addTo,
  dissolve,
  filtersIn,
  flip,
  fromGroup,
  moveInto,
  refusalToAdd,
  refusalToDissolve,
  removeAt,
  replaceAt,
  toGroup,
  wrapAt,
} from './query-edit.ts';

const is = (value: string): SearchFilter => ({ field: 'state', operator: '=', value });
const and = (...value: SearchGroup['value']): SearchGroup => ({ operator: 'AND', value });
const or = (...value: SearchGroup['value']): SearchGroup => ({ operator: 'OR', value });
const many = (count: number) => Array.from({ length: count }, (_, index) => is(String(index)));

test('on top there is always a group, and without filters no query', () => {
  expect(toGroup(undefined)).toEqual(and());
  expect(toGroup(is('open'))).toEqual(and(is('open')));
  expect(toGroup(or(is('open')))).toEqual(or(is('open')));
  expect(fromGroup(and())).toBeUndefined();
  expect(fromGroup(and(or(), and()))).toBeUndefined();
  expect(fromGroup(or(is('open'), and()))).toEqual(or(is('open')));
});

test('filters are found with the way to them, in the order shown', () => {
  const paths = filtersIn(and(is('a'), or(is('b'), is('c')), is('d'))).map(({ path }) => path);
  expect(paths).toEqual([[0], [1, 0], [1, 1], [2]]);
});

test('a filter in a group is replaced and removed, and the group goes with its last one', () => {
  const root = and(is('a'), or(is('b'), is('c')));
  expect(replaceAt(root, [1, 1], is('x'))).toEqual(and(is('a'), or(is('b'), is('x'))));
  expect(removeAt(root, [1, 0])).toEqual(and(is('a'), or(is('c'))));
  expect(removeAt(removeAt(root, [1, 0]), [1, 0])).toEqual(and(is('a')));
});

test('a filter moves into a group of its own, into another one and out again', () => {
  expect(wrapAt(and(is('a'), is('b')), [1])).toEqual(and(is('a'), or(is('b'))));
  expect(moveInto(and(is('a'), or(is('b'))), [0], [1])).toEqual(and(or(is('b'), is('a'))));
  expect(moveInto(and(is('a'), or(is('b'), is('c'))), [1, 0], [])).toEqual(and(is('a'), or(is('c')), is('b')));
  expect(moveInto(and(or(is('b')), is('a')), [0, 0], [])).toEqual(and(is('a'), is('b')));
});

test('a group within a group takes no further group', () => {
  const root = and(or(is('a')));
  expect(addTo(root, [], or(is('b')))).toEqual(and(or(is('a')), or(is('b'))));
  expect(addTo(root, [0], or(is('b')))).toBe(root);
});

test('a group is dissolved where it stands, and flipped', () => {
  expect(dissolve(and(is('a'), or(is('b'), is('c')), is('d')), [1])).toEqual(and(is('a'), is('b'), is('c'), is('d')));
  expect(flip(and(is('a'), or(is('b'))), [1])).toEqual(and(is('a'), and(is('b'))));
  expect(flip(and(is('a')), [])).toEqual(or(is('a')));
});

test('the sixteenth filter of a group is refused with a reason', () => {
  const full = and(...many(15));
  expect(refusalToAdd(full, [])).toBe('A search has at most 15 filters. Remove one first.');
  expect(addTo(full, [], is('x'))).toBe(full);
  const fullWithin = and(is('a'), or(...many(15)));
  expect(refusalToAdd(fullWithin, [])).toBeUndefined();
  expect(refusalToAdd(fullWithin, [1])).toBe('A group has at most 15 filters. Remove one first.');
  expect(moveInto(fullWithin, [0], [1])).toBe(fullWithin);
});

test('a group that would not fit is not dissolved', () => {
  const root = and(...many(13), or(...many(2)));
  expect(refusalToDissolve(root, [13])).toBeUndefined();
  const tight = and(...many(14), or(...many(2)));
  expect(refusalToDissolve(tight, [14])).toBe('A search has at most 15 filters outside of its groups.');
  expect(dissolve(tight, [14])).toBe(tight);
});

test('no sequence of edits leaves the grammar', () => {
  const path = fc.oneof(fc.tuple(fc.nat(15)), fc.tuple(fc.nat(15), fc.nat(15)), fc.constant([]));
  type Edit = (root: SearchGroup) => SearchGroup;
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    path.map(
      (to): Edit =>
        (root) =>
          addTo(root, to, is('x')),
    ),
    path.map(
      (to): Edit =>
        (root) =>
          addTo(root, to, or(is('y'))),
    ),
    path.map(
      (to): Edit =>
        (root) =>
          wrapAt(root, to),
    ),
    fc.tuple(path, path).map(
      ([from, to]): Edit =>
        (root) =>
          moveInto(root, from, to),
    ),
    path.map(
      (to): Edit =>
        (root) =>
          dissolve(root, to),
    ),
    path.map(
      (to): Edit =>
        (root) =>
          flip(root, to),
    ),
    fc.tuple(fc.nat(15)).map(
      (to): Edit =>
        (root) =>
          removeAt(root, to),
    ),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
      const query = fromGroup(edits.reduce((root, change) => change(root), toGroup(undefined)));
      if (query !== undefined) expect(problemOfQuery(query)).toBeUndefined();
    }),
  );
});
