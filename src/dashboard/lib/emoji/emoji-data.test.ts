import { expect, test } from 'vitest';
import { type EmojiData, findEmoji, findEmojis, fitsQuery, readQuery } from './emoji-data.ts';
import { withRecent } from './emoji-recents.ts';

const tones = { light: '👍🏻', 'medium-light': '👍🏼', medium: '👍🏽', 'medium-dark': '👍🏾', dark: '👍🏿' };
const data: EmojiData = {
  locale: 'en',
  emojis: [
    { emoji: '🎟️', category: 0, label: 'Admission tickets', version: 0.7, tags: ['ticket', 'event'], aliases: ['🎫'] },
    { emoji: '👍️', category: 1, label: 'Thumbs up', version: 0.6, tags: ['yes'], skins: tones },
  ],
  categories: [
    { index: 0, label: 'Activities' },
    { index: 1, label: 'People' },
  ],
  skinTones: tones,
};

test('an emoji is found in whatever spelling and tone', () => {
  expect(findEmoji(data, '🎟')).toEqual({ emoji: '🎟️', label: 'Admission tickets' });
  expect(findEmoji(data, '👍🏽')).toEqual({ emoji: '👍🏽', label: 'Thumbs up' });
  expect(findEmoji(data, '🎫')).toEqual({ emoji: '🎫', label: 'Admission tickets' });
  expect(findEmoji(data, '🐛')).toBeUndefined();
});

test('text is words, an emoji that is offered, or one that is not', () => {
  expect(readQuery(data, 'ticket')).toEqual({ kind: 'words' });
  expect(readQuery(data, '🎟️🎟️')).toEqual({ kind: 'words' });
  expect(readQuery(data, ' 🎟️ ')).toEqual({ kind: 'emoji', found: { emoji: '🎟️', label: 'Admission tickets' } });
  expect(readQuery(data, '🐛')).toEqual({ kind: 'emoji' });
});

test('an emoji fits a query by its name or its keywords, in any tone', () => {
  expect(fitsQuery(data, '👍🏿', 'THUMB')).toBe(true);
  expect(fitsQuery(data, '🎟️', 'event')).toBe(true);
  expect(fitsQuery(data, '🎟️', 'yes')).toBe(false);
});

test('what a query finds comes in one group: the name itself, names that begin so, words in names, keywords', () => {
  const found = (query: string, names: [label: string, ...tags: string[]][]) => {
    const emojis = names.map(([label, ...tags], category) => ({ emoji: '🎟️', category, label, tags, version: 1 }));
    const result = findEmojis({ ...data, emojis }, query);
    const shown = new Set(result.categories.map(({ index }) => index));
    expect(result.emojis.filter(({ category }) => !shown.has(category))).toEqual([]);
    expect(result.categories.length).toBeLessThanOrEqual(1);
    return result.emojis.map(({ label }) => label);
  };
  const names: [string, ...string[]][] = [
    ['Astronaut', 'rocket', 'rockets'],
    ['Sprocket', 'rocket'],
    ['Red rocket', 'rocket', 'rocket engine'],
    ['Rocket launch'],
    ['Ticket', 'event'],
    ['Rocket', 'launch'],
  ];
  const ranked = ['Rocket', 'Rocket launch', 'Red rocket', 'Sprocket', 'Astronaut'];
  expect(found(' ROCKET ', names)).toEqual(ranked);
  expect(found('no such word', names)).toEqual([]);
  expect(findEmojis(data, '  ')).toBe(data);
});

test('recents keep 24, each once, the newest first', () => {
  const full = Array.from({ length: 24 }, (_, index) => String.fromCodePoint(0x1f400 + index));
  expect(withRecent(full, '🎟️')).toEqual(['🎟️', ...full.slice(0, 23)]);
  expect(withRecent(['🐛', '🎟️'], '🎟️')).toEqual(['🎟️', '🐛']);
});
