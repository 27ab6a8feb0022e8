import { expect, test } from 'vitest';
import { exactTime, relativeTime } from './time-text.ts';

const now = 1_760_000_000;

test.each([
  [0, 'now'],
  [-59, 'now'],
  [-60, '1 minute ago'],
  [-119, '1 minute ago'],
  [-3_599, '59 minutes ago'],
  [-3_600, '1 hour ago'],
  [-86_400, 'yesterday'],
  [-6 * 86_400, '6 days ago'],
  [-8 * 86_400, 'last week'],
  [-400 * 86_400, 'last year'],
  [3 * 3_600, 'in 3 hours'],
  [86_400, 'tomorrow'],
])('%i seconds from now reads "%s"', (difference, text) => {
  expect(relativeTime(now + difference, now)).toBe(text);
});

test('the exact time names the day, the second and the zone', () => {
  expect(exactTime(now, 'en-GB', 'Asia/Kolkata')).toMatch(/^Thursday,? 9 October 2025 at 14:23:20 GMT\+5:30$/);
});
