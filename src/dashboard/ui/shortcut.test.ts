import { expect, test } from 'vitest';
import { ariaShortcut, shortcutStrokes } from './shortcut.ts';

test('a shortcut reads as the machine names its keys', () => {
  expect(shortcutStrokes('mod+shift+k', true)).toEqual(['⌘⇧K']);
  expect(shortcutStrokes('mod+shift+k', false)).toEqual(['Ctrl+Shift+K']);
});

test('a sequence reads as one text a stroke', () => {
  expect(shortcutStrokes('g t', false)).toEqual(['G', 'T']);
});

test('a chord has an ARIA form, a sequence has none', () => {
  expect(ariaShortcut('mod+enter')).toBe('Control+Enter Meta+Enter');
  expect(ariaShortcut('shift+c')).toBe('Shift+c');
  expect(ariaShortcut('g t')).toBeUndefined();
});
