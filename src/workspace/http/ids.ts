/** The number of an id in a path, or undefined for a text that no row can have as its id. */
export function numericId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** `text` where it can be an id of 24 hex digits, else undefined. */
export function hexId(text: string): string | undefined {
  return /^[0-9a-f]{24}$/.test(text) ? text : undefined;
}

/**
 * A new id of 24 lower-case hex digits: the seconds of `now`, so that ids follow each other in an index, and then what
 * `uuid` has that is random.
 */
export function newHexId(now: number, uuid: string): string {
  return Math.max(now, 0).toString(16).padStart(8, '0').slice(-8) + uuid.replaceAll('-', '').slice(-16);
}
