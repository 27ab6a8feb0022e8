import { expect, test } from 'vitest';
import { pageFlattener } from './flatten-pages.ts';

interface Row {
  id: string;
}
const page = (...ids: string[]) => ({ rows: ids.map((id): Row => ({ id })) });
const flattener = () => pageFlattener<Row>(({ id }) => id);

test('rows of all pages are one list, and the same one until a page arrives', () => {
  const flatten = flattener();
  const [first, second] = [page('a', 'b'), page('c')];
  const one = flatten([first]);
  expect(one.ids).toEqual(['a', 'b']);
  expect(flatten([first]).rows).toBe(one.rows);
  const two = flatten([first, second]);
  expect(two.ids).toEqual(['a', 'b', 'c']);
  expect(two.rows).not.toBe(one.rows);
  expect(one.ids).toEqual(['a', 'b']);
});

test('a row that comes again on a later page stands once', () => {
  const flatten = flattener();
  const first = page('a', 'b');
  flatten([first]);
  expect(flatten([first, page('b', 'c')]).ids).toEqual(['a', 'b', 'c']);
});

test('other pages begin a new list, also when there are fewer', () => {
  const flatten = flattener();
  flatten([page('a', 'b'), page('c')]);
  expect(flatten([page('c', 'a')]).ids).toEqual(['c', 'a']);
  expect(flatten([]).ids).toEqual([]);
});

test('a page that was changed in the cache is read again with those that follow', () => {
  const flatten = flattener();
  const [first, second] = [page('a'), page('b')];
  flatten([first, second]);
  expect(flatten([page('x'), second]).ids).toEqual(['x', 'b']);
});
