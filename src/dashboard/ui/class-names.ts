/** The given class names joined by spaces; whatever is no text is left out, so that `condition && 'name'` works. */
export function cx(...names: (string | number | bigint | boolean | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
