import { expect, test } from 'vitest';
import { snoozeTimes } from './properties-snooze-times.ts';

const at = (now: Date) =>
  Object.fromEntries(
    snoozeTimes(now).map(({ label, time }) => [label, new Date(time * 1_000).toString().slice(0, 21)]),
  );

test('a ticket comes back in the morning, or three hours from now while there is day left', () => {
  expect(at(new Date(2026, 10, 21, 13, 40))).toEqual({
    'Later today': 'Sat Nov 21 2026 16:00',
    Tomorrow: 'Sun Nov 22 2026 09:00',
    'Next Monday': 'Mon Nov 23 2026 09:00',
    'In a week': 'Sat Nov 28 2026 09:00',
  });
  expect(at(new Date(2026, 10, 21, 16, 0))).not.toHaveProperty('Later today');
});

test('on a Monday, next Monday is a week away', () => {
  expect(at(new Date(2026, 10, 23, 8, 0))['Next Monday']).toBe('Mon Nov 30 2026 09:00');
});
