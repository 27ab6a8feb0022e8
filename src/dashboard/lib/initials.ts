/** One or two letters that stand for a name: "Ada King Lovelace" is "AL", "ada@example.com" is "A". */
export function initials(name: string): string {
  const words = name.split(/\s+/).map((word) => [...word].find((sign) => /[\p{L}\p{N}]/u.test(sign)));
  const signs = words.filter((sign) => sign !== undefined);
  return [signs[0], signs.length > 1 ? signs.at(-1) : undefined].join('').toLocaleUpperCase();
}
