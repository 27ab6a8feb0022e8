import { expect, test } from 'vitest';
import { moveColumn, noLayout, orderedColumns, shownColumns, toggleColumn } from './columns.ts';

const title = { id: 'title', isLink: true };
const state = { id: 'state' };
const assignee = { id: 'assignee' };
const created = { id: 'created', isExtra: true };
const columns = [title, state, assignee, created];
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('without a layout, all are shown but the extra ones', () => {
  expect(ids(shownColumns(columns, noLayout))).toEqual(['title', 'state', 'assignee']);
});

test('columns are hidden and asked for, but the link always stays', () => {
  const layout = [state, created, title].reduce(toggleColumn, noLayout);
  expect(ids(shownColumns(columns, layout))).toEqual(['title', 'assignee', 'created']);
  expect(ids(shownColumns(columns, toggleColumn(layout, state)))).toEqual(['title', 'state', 'assignee', 'created']);
});

test('a column moves a place at a time and stops at the ends', () => {
  const once = moveColumn(columns, noLayout, 'assignee', -1);
  expect(ids(orderedColumns(columns, once))).toEqual(['title', 'assignee', 'state', 'created']);
  expect(moveColumn(columns, once, 'title', -1)).toBe(once);
  expect(moveColumn(columns, once, 'created', 1)).toBe(once);
});

test('a column that came after the layout was kept stands where it belongs, one that is gone is left out', () => {
  const layout = { ...noLayout, order: ['gone', 'assignee', 'title', 'created'] };
  expect(ids(orderedColumns(columns, layout))).toEqual(['assignee', 'title', 'state', 'created']);
});
