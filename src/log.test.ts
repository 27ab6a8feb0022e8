import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('no line holds a secret, wherever it came from', () => {
  const secrets = new Set(['first-secret']);
  const lines: string[] = [];
  const log = createLog('info', secrets, { write: (line) => void lines.push(line) });
  log.info({ headers: { authorization: 'Bearer first-secret' } }, 'sent');
  secrets.add('later-secret');
  log.error({ err: new Error('could not open postgresql://me:later-secret@host') }, 'first-secret');
  log.debug('later-secret');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('Bearer [secret]');
  expect(lines.filter((line) => /(first|later)-secret/.test(line))).toEqual([]);
});
