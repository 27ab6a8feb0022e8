import { expect, test } from 'vitest';
import { emojiSheets } from './emoji-sheets.ts';

test('a set has one address in whatever order, with each emoji once', () => {
  const one = emojiSheets(['🐛', '🎟️', '🐛', '']);
  expect([...one]).toEqual([
    ['1f39f', '/emoji/sheet.svg?i=1f39f,1f41b#1f39f'],
    ['1f41b', '/emoji/sheet.svg?i=1f39f,1f41b#1f41b'],
  ]);
  expect([...emojiSheets(['🎟', '🐛'])]).toEqual([...one]);
});

test('a large set is spread over sheets of 48', () => {
  const many = Array.from({ length: 60 }, (_, index) => String.fromCodePoint(0x1f400 + index));
  const sizes = new Map<string, number>();
  for (const place of emojiSheets(many).values()) {
    const sheet = place.split('#')[0] ?? '';
    sizes.set(sheet, (sizes.get(sheet) ?? 0) + 1);
  }
  expect([...sizes.values()]).toEqual([48, 12]);
});

test('what can be no name of a graphic is in no sheet', () => {
  const tooLong = '🐛'.repeat(17);
  expect([...emojiSheets(['🐛', tooLong, '\ufe0f']).keys()]).toEqual(['1f41b']);
});
