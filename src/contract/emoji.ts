// Extended_Pictographic also covers code points reserved for emoji that this runtime's Unicode data does not name yet,
// so an emoji of next year passes. Flags and keycaps are made of characters that are not pictographs by themselves.
const pictograph = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}$|[0-9#*]\u{FE0F}?\u{20E3}$)/u;
const longest = 64;

/** Whether `value` is exactly one emoji: one grapheme, drawn as a picture. */
export function isEmoji(value: string): boolean {
  if (value.length > longest || !pictograph.test(value)) return false;
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...graphemes.segment(value)].length === 1;
}

/**
 * The name of an emoji's graphic, as in `/emoji/<name>.svg`: its code points in hexadecimal, joined by "-". Variation
 * selectors are left out, so every spelling of one emoji has one name.
 */
export function twemojiName(emoji: string): string {
  return [...emoji]
    .map((character) => character.codePointAt(0)?.toString(16))
    .filter((code) => code !== 'fe0e' && code !== 'fe0f')
    .join('-');
}
