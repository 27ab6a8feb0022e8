import { expect, test } from 'vitest';
import { fuzzyRank, fuzzyScore } from './fuzzy.ts';

const rank = (query: string, texts: string[]) => fuzzyRank(texts, query, (text) => [text]);

test('a whole text comes before a start, a word start, a part and letters apart', () => {
  const texts = ['Retagger', 'Type a good name', 'Edit tags', 'Tags', 'Tag'];
  expect(rank('tag', texts)).toEqual(['Tag', 'Tags', 'Edit tags', 'Retagger', 'Type a good name']);
});

test('letters apart fit when they start words or stand together', () => {
  expect(rank('ctt', ['Create ticket type', 'Archive ticket type'])).toEqual(['Create ticket type']);
  expect(fuzzyScore('aeo', 'Create a phone number or a location')).toBe(0);
});

test('words fit in any order, and all of them must', () => {
  expect(fuzzyScore('type new', 'New ticket type')).toBeGreaterThan(0);
  expect(fuzzyScore('type old', 'New ticket type')).toBe(0);
});

test('case and accents do not matter', () => {
  expect(fuzzyScore('RESUME', 'Résumé')).toBe(fuzzyScore('résumé', 'RESUME'));
  expect(fuzzyScore('resume', 'Résumé')).toBeGreaterThan(0.9);
});

test('of equals the shorter comes first, then the given order', () => {
  expect(rank('ticket', ['Ticket types in use', 'Tickets', 'Tickety'])).toEqual([
    'Tickets',
    'Tickety',
    'Ticket types in use',
  ]);
});

test('an empty query keeps all in their order', () => {
  expect(rank('  ', ['b', 'a'])).toEqual(['b', 'a']);
});

test('a later text of an item counts less than an earlier one', () => {
  const items = [
    { label: 'Theme', keyword: 'dark' },
    { label: 'Dark', keyword: 'theme' },
  ];
  expect(fuzzyRank(items, 'dark', ({ label, keyword }) => [label, keyword]).map(({ label }) => label)).toEqual([
    'Dark',
    'Theme',
  ]);
});
