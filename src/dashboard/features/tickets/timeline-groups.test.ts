import { expect, test } from 'vitest';
import { buildPart } from './testing.ts';
import { groupParts } from './timeline-groups.ts';

const bot = { id: '0', type: 'bot', name: 'Operator' };

const idsOf = (...parameters: Parameters<typeof groupParts>) =>
  groupParts(...parameters).map(({ parts }) => parts.map(({ id }) => id));

const setting = (id: string, author = bot, created_at = Number(id)) =>
  buildPart({ id, part_type: 'ticket_attribute_updated_by_admin', body: null, author, created_at });

test('what one author sets in a row is one group; a message and another author end it', () => {
  const message = buildPart({ id: '3', created_at: 3 });
  const other = { id: '802', type: 'admin', name: 'Grace' };
  expect(idsOf([setting('1'), setting('2'), message, setting('4'), setting('5', other), setting('6', other)])).toEqual([
    ['1', '2'],
    ['3'],
    ['4'],
    ['5', '6'],
  ]);
});

test('messages by one author stay apart', () => {
  expect(idsOf([buildPart({ id: '1' }), buildPart({ id: '2' })])).toEqual([['1'], ['2']]);
});

test('parts are read from the oldest on, those of one second in the order in which they came', () => {
  const other = { id: '802', type: 'admin', name: 'Grace' };
  expect(idsOf([setting('9', bot, 20), setting('7', other, 10), setting('8', bot, 20)])).toEqual([['7'], ['9', '8']]);
});
