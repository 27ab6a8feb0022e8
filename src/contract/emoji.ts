// Extended_Pictographic also covers code points reserved for emoji that this runtime's Unicode data does not name yet,
// so an emoji of next year passes. Flags and keycaps are made of characters that are not pictographs by themselves.
const flag = String.raw`\p{Regional_Indicator}{2}`;
const keycap = String.raw`[0-9#*]\u{FE0F}?\u{20E3}`;
const tags = String.raw`[\u{E0020}-\u{E007E}]+\u{E007F}`;
const pictograph = String.raw`\p{Extended_Pictographic}(?:\u{FE0F}|\p{Emoji_Modifier})?(?:${tags})?`;
const oneEmoji = new RegExp(`^(?:${flag}|${keycap}|${pictograph}(?:\\u{200D}${pictograph})*)$`, 'u');
const longest = 64;

/** Whether `value` is exactly one emoji, as Unicode composes them, and nothing around it. */
export function isEmoji(value: string): boolean {
  return value.length <= longest && oneEmoji.test(value);
}
