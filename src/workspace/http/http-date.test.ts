import { expect, test } from 'vitest';
import { parseHttpDate } from './http-date.ts';

test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  'reads %s',
  (text) => {
    expect(parseHttpDate(text)).toBe(784_111_777);
  },
);

test.each(['', 'yesterday', '784111777', '1994-11-06T08:49:37Z', 'Sun, 66 Nov 1994 08:49:37 GMT'])(
  'ignores %j',
  (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  },
);
