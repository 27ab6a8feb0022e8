import * as z from 'zod/mini';
import { stored } from '../stored.ts';
import { skinTones } from './emoji-data.ts';

const most = 24;

/** The emojis picked last on this device, newest first. */
export const recentEmojis = stored('recent-emojis', z.array(z.string()));

/** The skin tone chosen last on this device. */
export const chosenSkinTone = stored('skin-tone', z.enum(skinTones));

/** `recents` with `emoji` in front, each once, at most 24. */
export function withRecent(recents: readonly string[], emoji: string): string[] {
  return [emoji, ...recents.filter((one) => one !== emoji)].slice(0, most);
}
