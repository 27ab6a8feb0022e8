import { expect, test } from 'vitest';
import { fromTyped, toTyped } from './properties-attribute-form.ts';
import { testAttribute } from './testing.ts';

const weight = testAttribute({ id: '7', name: 'Weight', data_type: 'integer' });

test('what is no value is told by the name of the attribute, and nothing empties it unless it is required', () => {
  expect(fromTyped(weight, ' 12 ')).toEqual({ value: 12 });
  expect(fromTyped(weight, '1.5')).toEqual({ problem: 'Weight is not a whole number.' });
  expect(fromTyped(weight, ' ')).toEqual({ value: null });
  expect(fromTyped({ ...weight, required_to_create: true }, ' ')).toEqual({ problem: 'Weight is required.' });
});

test('a moment is typed in the person’s zone, in whatever form it came', () => {
  const due = testAttribute({ id: '8', name: 'Due', data_type: 'datetime' });
  const time = Math.floor(new Date(2026, 10, 21, 14, 20).getTime() / 1_000);
  expect(toTyped(due, time)).toBe('2026-11-21T14:20');
  expect(toTyped(due, new Date(time * 1_000).toISOString())).toBe('2026-11-21T14:20');
  expect(fromTyped(due, toTyped(due, time))).toEqual({ value: time });
});

test('files are typed as their addresses, a line each', () => {
  const photos = testAttribute({ id: '9', name: 'Photos', data_type: 'files' });
  const files = [{ name: 'a.png', url: 'https://example.com/a.png' }, 'http://example.com/b'];
  expect(toTyped(photos, files)).toBe('https://example.com/a.png\nhttp://example.com/b');
});
