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
