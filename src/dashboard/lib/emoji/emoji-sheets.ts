import { twemojiName } from '#contract/emoji.ts';

const mostInOneSheet = 48;

/** The address of one emoji's graphic. */
export function emojiUrl(emoji: string): string {
  return `/emoji/${twemojiName(emoji)}.svg`;
}

/**
 * Where each of `emojis` is drawn, by the name of its graphic: an address of a sheet and the place in it. The same set
 * gives the same addresses in whatever order, so that the browser's cache is used.
 */
export function emojiSheets(emojis: readonly string[]): ReadonlyMap<string, string> {
  const names = [...new Set(emojis.filter(Boolean).map(twemojiName))].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map<string, string>();
  for (let start = 0; start < names.length; start += mostInOneSheet) {
    const sheet = names.slice(start, start + mostInOneSheet);
    for (const name of sheet) places.set(name, `/emoji/sheet.svg?i=${sheet.join(',')}#${name}`);
  }
  return places;
}
