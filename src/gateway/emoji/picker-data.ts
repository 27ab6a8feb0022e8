import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { isEmoji } from '#contract/emoji.ts';
import { twemojiName } from '#contract/emoji-name.ts';

const require = createRequire(import.meta.url);

const tones = { light: '🏻', 'medium-light': '🏼', medium: '🏽', 'medium-dark': '🏾', dark: '🏿' } as const;
type ToneName = keyof typeof tones;
const toneNames = Object.keys(tones) as ToneName[];

/** What frimousse takes as its data. */
export interface PickerData {
  locale: 'en';
  emojis: PickerEmoji[];
  categories: { index: number; label: string }[];
  skinTones: Record<ToneName, string>;
}

interface PickerEmoji {
  emoji: string;
  category: number;
  label: string;
  version: number;
  tags: string[];
  skins?: Record<ToneName, string>;
  /** The same in combinations of two skin tones. */
  aliases?: string[];
}

const record = z.object({
  emoji: z.string(),
  label: z.string(),
  tags: z.array(z.string()).default([]),
  version: z.number(),
  group: z.number().optional(),
  skins: z.array(z.object({ emoji: z.string(), tone: z.union([z.number(), z.array(z.number())]) })).default([]),
});
type EmojiRecord = z.output<typeof record>;

const messages = z.object({
  groups: z.array(z.object({ key: z.string(), message: z.string(), order: z.number() })),
  skinTones: z.array(z.object({ key: z.string(), message: z.string() })),
});

// Twemoji draws these, and Unicode's list of emoji, which the data is made from, does not know them.
const people = 1;
const drawnByTwemojiOnly: EmojiRecord[] = [
  { emoji: '👨‍🎄', label: 'man in a Santa hat', tags: ['christmas', 'claus', 'father', 'santa'] },
  { emoji: '👩‍🎄', label: 'woman in a Santa hat', tags: ['christmas', 'claus', 'mother', 'santa'] },
  { emoji: '🕴️‍♂️', label: 'man in suit levitating', tags: ['business', 'hover', 'man', 'suit'] },
  { emoji: '🕴️‍♀️', label: 'woman in suit levitating', tags: ['business', 'hover', 'suit', 'woman'] },
].map((emoji) => ({ ...emoji, version: 4, group: people, skins: [] }));

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The picker's data in English: exactly the emoji that `graphics` has by name, each with the skin tones that have one. */
export async function buildPickerData(graphics: { has(name: string): boolean }): Promise<PickerData> {
  const [records, words] = await Promise.all([
    readJson(require.resolve('emojibase-data/en/data.json'), z.array(record)),
    readJson(require.resolve('emojibase-data/en/messages.json'), messages),
  ]);
  const isDrawn = (emoji: string) => isEmoji(emoji) && graphics.has(twemojiName(emoji));
  const emojis = [...records, ...drawnByTwemojiOnly].flatMap((emoji) => {
    const present = presentEmoji(emoji, isDrawn);
    return present === undefined ? [] : [present];
  });
  const used = new Set(emojis.map(({ category }) => category));
  const toneLabel = (name: ToneName) => sentenceCase(words.skinTones.find(({ key }) => key === name)?.message ?? name);
  return {
    locale: 'en',
    emojis,
    categories: words.groups
      .filter(({ order }) => used.has(order))
      .map(({ order, message }) => ({ index: order, label: sentenceCase(message) })),
    skinTones: byTone(toneLabel),
  };
}

function presentEmoji(emoji: EmojiRecord, isDrawn: (emoji: string) => boolean): PickerEmoji | undefined {
  const { group } = emoji;
  if (group === undefined || !isDrawn(emoji.emoji)) return undefined;
  const inTone = (name: ToneName) => {
    const known = emoji.skins.find(({ tone }) => tone === toneNames.indexOf(name) + 1)?.emoji;
    return known ?? emoji.emoji.replace(/^(.)\u{FE0F}?/u, `$1${tones[name]}`);
  };
  const aliases = emoji.skins.flatMap(({ emoji, tone }) => (Array.isArray(tone) && isDrawn(emoji) ? [emoji] : []));
  return {
    emoji: emoji.emoji,
    category: group,
    label: sentenceCase(emoji.label),
    version: emoji.version,
    tags: emoji.tags,
    ...(toneNames.every((name) => isDrawn(inTone(name))) ? { skins: byTone(inTone) } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}

function byTone(value: (name: ToneName) => string): Record<ToneName, string> {
  return {
    light: value('light'),
    'medium-light': value('medium-light'),
    medium: value('medium'),
    'medium-dark': value('medium-dark'),
    dark: value('dark'),
  };
}

async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}
