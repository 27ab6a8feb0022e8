import { expect, test } from 'vitest';
import { completeFilter, draftOf, newDraft, typedValues, withCondition } from './filter-draft.ts';
import { filterWords } from './filter-words.ts';
import { fromLocalInput, momentPresets, momentText, toLocalInput } from './moments.ts';
import { conditionsOf, conditionWords, type SearchField } from './search-field.ts';

const state: SearchField = {
  name: 'state',
  label: 'State',
  kind: 'choice',
  choices: [
    { value: 'a', label: 'Submitted' },
    { value: 'b', label: 'In progress' },
    { value: 'c', label: 'Waiting' },
    { value: 'd', label: 'Resolved' },
  ],
};
const assignee: SearchField = {
  name: 'admin_assignee_id',
  label: 'Assignee',
  kind: 'choice',
  canBeUnset: true,
  choices: [{ value: 991267, label: 'Ada Verne' }],
};

const text = (...[filter, field]: Parameters<typeof filterWords>) => {
  const { field: name, condition, value } = filterWords(filter, field);
  return [name, condition, value].filter(Boolean).join(' ');
};

test('a chip reads as a sentence', () => {
  expect(text({ field: 'state', operator: '=', value: 'b' }, state)).toBe('State is In progress');
  expect(text({ field: 'state', operator: 'NIN', value: ['a', 'b', 'c'] }, state)).toBe(
    'State is none of Submitted, In progress, Waiting',
  );
  expect(text({ field: 'state', operator: 'IN', value: ['a', 'b', 'c', 'd'] }, state)).toBe(
    'State is any of Submitted, In progress and 2 more',
  );
  expect(text({ field: 'admin_assignee_id', operator: '=', value: null }, assignee)).toBe('Assignee is not set');
  expect(text({ field: 'admin_assignee_id', operator: '!=', value: null }, assignee)).toBe('Assignee is set');
});

test('an id that came as text finds its label all the same', () => {
  expect(text({ field: 'admin_assignee_id', operator: '=', value: '991267' }, assignee)).toBe('Assignee is Ada Verne');
});

test('a field that is gone is named as it stands in the query', () => {
  expect(text({ field: 'ticket_attribute.8', operator: '<=', value: 3 }, undefined)).toBe(
    'ticket_attribute.8 is at most 3',
  );
});

test('a field offers what its kind can be compared by, or what it says itself', () => {
  const words = (field: SearchField) => conditionsOf(field).map((condition) => conditionWords(condition, field.kind));
  expect(words({ name: 'created_at', label: 'Created', kind: 'date' })).toEqual([
    'is on or after',
    'is before',
    'is after',
    'is on or before',
  ]);
  expect(words({ name: 'tag_id', label: 'Tag', kind: 'choice', operators: ['=', '!='], canBeUnset: true })).toEqual([
    'is',
    'is not',
    'is set',
    'is not set',
  ]);
});

test('a draft is a filter once it has all that its condition takes', () => {
  const draft = newDraft(state);
  expect(completeFilter(draft)).toBeUndefined();
  expect(completeFilter({ ...draft, values: ['a'] })).toEqual({ field: 'state', operator: '=', value: 'a' });
  expect(completeFilter({ ...draft, condition: 'IN', values: ['a'] })).toEqual({
    field: 'state',
    operator: 'IN',
    value: ['a'],
  });
  expect(completeFilter(withCondition(newDraft(assignee), 'unset'))).toEqual({
    field: 'admin_assignee_id',
    operator: '=',
    value: null,
  });
});

test('false and 0 are values', () => {
  expect(completeFilter({ field: 'open', condition: '=', values: [false] })).toMatchObject({ value: false });
  expect(completeFilter({ field: 'size', condition: '=', values: [0] })).toMatchObject({ value: 0 });
});

test('from many values to one keeps the first', () => {
  const draft = draftOf({ field: 'state', operator: 'IN', value: ['b', 'c'] });
  expect(completeFilter(withCondition(draft, '!='))).toEqual({ field: 'state', operator: '!=', value: 'b' });
});

test('five hundred and one values are no filter', () => {
  const values = Array.from({ length: 501 }, (_, index) => index);
  expect(completeFilter({ field: 'id', condition: 'IN', values })).toBeUndefined();
  expect(completeFilter({ field: 'id', condition: 'IN', values: values.slice(1) })).toBeDefined();
});

test('what is typed is one value a line, each once', () => {
  expect(typedValues(' 12 \n\n 7\n12', 'text')).toEqual(['12', '7']);
  expect(typedValues('12\n7.5', 'number')).toEqual([12, 7.5]);
  expect(typedValues('12\nseven', 'number')).toBeUndefined();
});

test('a preset is the midnight at which it begins here', () => {
  const now = new Date(2026, 2, 1, 15, 30);
  const midnights = momentPresets.map(({ at }) => new Date(at(now) * 1_000));
  expect(midnights).toEqual([
    new Date(2026, 2, 1),
    new Date(2026, 1, 28),
    new Date(2026, 1, 23),
    new Date(2026, 0, 31),
    new Date(2026, 2, 1),
  ]);
});

test('a time goes into its input and comes back', () => {
  const time = Math.floor(new Date(2026, 10, 21, 9, 5).getTime() / 1_000);
  expect(toLocalInput(time)).toBe('2026-11-21T09:05');
  expect(fromLocalInput('2026-11-21T09:05')).toBe(time);
  expect(fromLocalInput('')).toBeUndefined();
  expect(toLocalInput(Number.NaN)).toBe('');
  expect(momentText(Number.POSITIVE_INFINITY)).toBeUndefined();
});
