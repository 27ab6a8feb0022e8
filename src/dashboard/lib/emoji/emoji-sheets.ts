import { twemojiName } from '#contract/emoji-name.ts';

const mostInOneSheet = 48;
// A longer name is of no graphic, and a list's address is to stay short.
const sheetName = /^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6}){0,15}$/;

/** The address of one emoji's graphic. */
export function emojiUrl(emoji: string): string {
  return `/emoji/${twemojiName(emoji)}.svg`;
}

/**
 * Where each of `emojis` is drawn, by the name of its graphic: an address of a sheet and the place in it. The same set
 * gives the same addresses in whatever order, so that the browser's cache is used. What no graphic can be named like
 * has no place.
 */
export function emojiSheets(emojis: readonly string[]): ReadonlyMap<string, string> {
  const drawable = emojis.map(twemojiName).filter((name) => sheetName.test(name));
  const names = [...new Set(drawable)].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map<string, string>();
  for (let start = 0; start < names.length; start += mostInOneSheet) {
    const sheet = names.slice(start, start + mostInOneSheet);
    for (const name of sheet) places.set(name, `/emoji/sheet.svg?i=${sheet.join(',')}#${name}`);
  }
  return places;
}
