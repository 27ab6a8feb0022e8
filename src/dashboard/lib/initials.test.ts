import { expect, test } from 'vitest';
import { initials } from './initials.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['Ada King Lovelace', 'AL'],
  ['ada@example.com', 'A'],
  ['  Zoë   “Zed”  Öz ', 'ZÖ'],
  ['李小龙', '李'],
  ['🦊', ''],
])('%s is %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
