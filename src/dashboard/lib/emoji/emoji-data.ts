import * as z from 'zod/mini';
import { isEmoji } from '#contract/emoji.ts';
import { twemojiName } from '#contract/emoji-name.ts';

export const skinTones = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

const toned = z.object({
  light: z.string(),
  'medium-light': z.string(),
  medium: z.string(),
  'medium-dark': z.string(),
  dark: z.string(),
});

const emojiData = z.object({
  locale: z.string(),
  emojis: z.array(
    z.object({
      emoji: z.string(),
      category: z.number(),
      label: z.string(),
      version: z.number(),
      tags: z.array(z.string()),
      skins: z.optional(toned),
      /** Further spellings and mixes of tones that have a graphic of their own. */
      aliases: z.exactOptional(z.array(z.string())),
    }),
  ),
  categories: z.array(z.object({ index: z.number(), label: z.string() })),
  skinTones: toned,
});
export type EmojiData = z.output<typeof emojiData>;
type Entry = EmojiData['emojis'][number];

let loaded: Promise<EmojiData> | undefined;
let current: EmojiData | undefined;

/** The data, where it has been fetched already. */
export function loadedEmojiData(): EmojiData | undefined {
  return current;
}

/** The emojis that can be drawn, fetched once. Rejects when they cannot be had; the next call then tries again. */
export function loadEmojiData(): Promise<EmojiData> {
  loaded ??= fetchEmojiData().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function fetchEmojiData(): Promise<EmojiData> {
  const response = await fetch('/emoji/data.json');
  if (!response.ok) throw new Error(`The emoji data answered ${response.status}`);
  current = emojiData.parse(await response.json());
  return current;
}

/** An emoji of the data, in the tone asked for, with its name. */
export interface NamedEmoji {
  emoji: string;
  label: string;
}

/** The emoji of `data` that is drawn like `emoji`, whatever its spelling; undefined when there is none. */
export function findEmoji(data: EmojiData, emoji: string): NamedEmoji | undefined {
  return byGraphic(data).get(twemojiName(emoji));
}

const graphics = new WeakMap<EmojiData, ReadonlyMap<string, NamedEmoji>>();

/** Every spelling of the data by the name of its graphic. */
function byGraphic(data: EmojiData): ReadonlyMap<string, NamedEmoji> {
  const known = graphics.get(data);
  if (known !== undefined) return known;
  const named = data.emojis.flatMap((entry) =>
    spellings(entry).map((emoji) => [twemojiName(emoji), { emoji, label: entry.label }] as const),
  );
  // Where two have the same graphic, the first one counts.
  const made = new Map(named.reverse());
  graphics.set(data, made);
  return made;
}

function spellings({ emoji, skins, aliases = [] }: Entry): string[] {
  return [emoji, ...Object.values(skins ?? {}), ...aliases];
}

/** What typed or pasted text means to the picker: words to search by, an emoji to take, or an emoji that is not offered. */
export function readQuery(data: EmojiData, text: string): { kind: 'words' } | { kind: 'emoji'; found?: NamedEmoji } {
  const trimmed = text.trim();
  // A digit and a letter such as "1" or "©" are looked up as words as long as they are not drawn as a picture.
  if (!isEmoji(trimmed)) return { kind: 'words' };
  const found = findEmoji(data, trimmed);
  return found ? { kind: 'emoji', found } : { kind: 'emoji' };
}

/** How well an entry fits the words of a query: 0 is its very name; undefined when neither name nor keyword has them. */
function rankOf({ label, tags }: Entry, words: string): number | undefined {
  const name = label.toLowerCase();
  if (name === words) return 0;
  if (name.startsWith(words)) return 1;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(words))) return 2;
  if (name.includes(words)) return 3;
  return tags.some((tag) => tag.toLowerCase().includes(words)) ? 4 : undefined;
}

const wordsOf = (query: string) => query.trim().toLowerCase();

/**
 * What `query` finds in names and keywords, the best first and in one group; without a query the data as it is. The
 * list sorts again by the keywords that fit, so one stands in place of an entry's own, and none beside a name that fits.
 */
export function findEmojis(data: EmojiData, query: string): EmojiData {
  const words = wordsOf(query);
  if (words === '') return data;
  const ranked = data.emojis.flatMap((entry) => {
    const rank = rankOf(entry, words);
    return rank === undefined ? [] : [{ rank, entry: { ...entry, category: 0, tags: rank < 4 ? [] : [words] } }];
  });
  return {
    ...data,
    emojis: ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry),
    categories: [{ index: 0, label: 'Results' }],
  };
}

/** Whether an emoji of the data is found by `query`: in its name or its keywords. */
export function fitsQuery(data: EmojiData, emoji: string, query: string): boolean {
  const name = twemojiName(emoji);
  return data.emojis.some(
    (entry) => spellings(entry).some((one) => twemojiName(one) === name) && rankOf(entry, wordsOf(query)) !== undefined,
  );
}
