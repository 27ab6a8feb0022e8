import { expect, test } from 'vitest';
import type { BatchTask } from '#contract/gateway/batches.ts';
import { createRate } from './batch-rate.ts';
import { batchTitle, progressOf, progressText, rateText, timeLeftText } from './batch-words.ts';

const titled = (input: BatchTask, total = 5_000) => batchTitle({ input, total, is_listed: true });

test('a title says what is done to how many', () => {
  const change = {
    state: 'resolved' as const,
    assignee_id: '0',
    ticket_attributes: { Priority: 'x', _default_title_: 'y' },
    add_tags: ['1', '2'],
    remove_tags: ['3'],
  };
  expect(titled({ kind: 'change', change })).toBe(
    'Change 5,000 tickets: state to Resolved, assigned to nobody, Priority set, title set, 2 tags added, 1 tag removed',
  );
  expect(titled({ kind: 'change', change: { open: false } }, 1)).toBe('Change 1 ticket: closed');
  expect(titled({ kind: 'import', ticket_type_id: '7', file_name: 'a.csv' }, 2)).toBe('Import 2 tickets from a.csv');
  expect(titled({ kind: 'revert', batch: 'x', of: 'import' }, 3)).toBe('Revert an import of 3 tickets');
  const unlisted = { input: { kind: 'change' as const, change: { open: true } }, total: 0, is_listed: false };
  expect(batchTitle(unlisted)).toBe('Change tickets: opened');
});

test('progress is never said to be whole before it is', () => {
  expect(progressOf({ done: 996, failed: 3, total: 1_000 })).toEqual({ settled: 999, percent: 99 });
  expect(progressOf({ done: 0, failed: 0, total: 0 })).toEqual({ settled: 0, percent: 0 });
  expect(progressText({ done: 1_197, failed: 3, total: 5_000 })).toBe('1,200 of 5,000 · 3 failed');
});

test('rate and time left are said in units that fit', () => {
  expect([0.005, 0.2, 1, 41.6].map(rateText)).toEqual(['1 a minute', '12 a minute', '1 a second', '42 a second']);
  expect([5, 60, 179, 7_500].map(timeLeftText)).toEqual([
    'less than a minute left',
    '1 min left',
    '3 min left',
    '2 h 5 min left',
  ]);
});

test('a rate is that of the last ten seconds, and begins anew where something is tried again', () => {
  const rate = createRate();
  rate.note('a', 0, 0);
  expect(rate.of('a')).toBeUndefined();
  rate.note('a', 10, 1_000);
  expect(rate.of('a')).toBe(10);
  rate.note('a', 10, 11_500);
  rate.note('a', 30, 12_500);
  expect(rate.of('a')).toBe(20);
  rate.note('a', 5, 13_500);
  expect(rate.of('a')).toBeUndefined();
  expect(rate.of('b')).toBeUndefined();
});
