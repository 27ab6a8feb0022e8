/** The number of an id in a path, or undefined for a text that no row can have as its id. */
export function numericId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
