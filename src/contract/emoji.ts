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
