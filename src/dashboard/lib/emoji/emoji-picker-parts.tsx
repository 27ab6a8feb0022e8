import { useActiveEmoji } from 'frimousse';
import type { KeyboardEvent } from 'react';
import { tooltip } from '../../ui/tooltip.ts';
import { useStored } from '../stored.ts';
import { Emoji } from './emoji.tsx';
import { type EmojiData, findEmoji, type NamedEmoji, skinTones } from './emoji-data.ts';
import { chosenSkinTone, recentEmojis } from './emoji-recents.ts';

export const columns = 9;

/** The name of the emoji that is pointed at or reached by keyboard. */
export function ActiveEmoji() {
  const active = useActiveEmoji();
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm">
      {active ? (
        <>
          <Emoji emoji={active.emoji} />
          <span className="truncate">{active.label}</span>
        </>
      ) : (
        <span className="text-muted">Press ↓ to browse</span>
      )}
    </span>
  );
}

const cellClass = 'inline-flex size-8 items-center justify-center rounded-md hover:bg-hover focus-visible:bg-hover';

/** The emojis picked last; nothing before the first pick. */
export function Recents({ data, onPick }: { data: EmojiData; onPick: (picked: NamedEmoji) => void }) {
  const recents = useStored(recentEmojis) ?? [];
  const known = recents.flatMap((emoji) => findEmoji(data, emoji) ?? []);
  if (known.length === 0) return null;
  return (
    <div>
      <div id="emoji-recents" className="px-1 pb-1 font-medium text-faint text-xs">
        Recent
      </div>
      <div
        role="toolbar"
        aria-labelledby="emoji-recents"
        dir="ltr"
        className="flex flex-wrap"
        onKeyDown={(event) => moveAmong(event, columns)}
      >
        {known.map((one, index) => (
          <button
            key={one.emoji}
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            className={cellClass}
            aria-label={one.label}
            {...tooltip(one.label)}
            onClick={() => onPick(one)}
          >
            <Emoji emoji={one.emoji} size={22} />
          </button>
        ))}
      </div>
    </div>
  );
}

/** Jumps to a category. Each is shown by its first emoji. */
export function CategoryBar({ data }: { data: EmojiData }) {
  const ofCategory = (index: number) => data.emojis.filter(({ category }) => category === index);
  const categories = data.categories.filter(({ index }) => ofCategory(index).length > 0);

  function jumpTo(target: number, bar: HTMLElement) {
    const root = bar.closest<HTMLElement>('[frimousse-root]');
    const pixels = (name: string) => Number.parseFloat(root?.style.getPropertyValue(`--frimousse-${name}`) ?? '');
    const rows = categories
      .slice(0, target)
      .reduce((sum, { index }) => sum + Math.ceil(ofCategory(index).length / columns), 0);
    const top = target * pixels('category-header-height') + rows * pixels('row-height');
    root?.querySelector('[frimousse-viewport]')?.scrollTo({ top });
  }
  return (
    <div
      role="toolbar"
      aria-label="Jump to a category"
      className="flex justify-between"
      onKeyDown={(event) => moveAmong(event, categories.length)}
    >
      {categories.map(({ index, label }, at) => (
        <button
          key={index}
          type="button"
          tabIndex={at === 0 ? 0 : -1}
          className="inline-flex size-7 items-center justify-center rounded-md hover:bg-hover"
          aria-label={label}
          {...tooltip(label)}
          onClick={(event) => jumpTo(at, event.currentTarget)}
        >
          <Emoji emoji={ofCategory(index)[0]?.emoji ?? ''} size={16} />
        </button>
      ))}
    </div>
  );
}

/** The skin tone of all emojis that have one; remembered on this device. */
export function SkinTones({ data }: { data: EmojiData }) {
  const chosen = useStored(chosenSkinTone) ?? 'none';
  const hand = findEmoji(data, '✋')?.emoji ?? '✋';
  const hands = data.emojis.find(({ emoji }) => emoji === hand)?.skins;
  if (hands === undefined) return null;
  return (
    <div role="radiogroup" aria-label="Skin tone" className="flex shrink-0">
      {skinTones.map((tone) => {
        const label = tone === 'none' ? 'Default skin tone' : data.skinTones[tone];
        return (
          <label
            key={tone}
            className="inline-flex size-6 items-center justify-center rounded-md hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:ring-1 has-checked:ring-strong"
            {...tooltip(label)}
          >
            <input
              type="radio"
              name="skin-tone"
              className="sr-only"
              aria-label={label}
              checked={tone === chosen}
              onChange={() => chosenSkinTone.set(tone)}
            />
            <Emoji emoji={tone === 'none' ? hand : hands[tone]} size={14} />
          </label>
        );
      })}
    </div>
  );
}

/** One tab stop for a row of buttons; the arrow keys move along it and, where it wraps, up and down. */
function moveAmong(event: KeyboardEvent<HTMLElement>, perRow: number) {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow };
  const mirrored = getComputedStyle(event.currentTarget).direction === 'rtl' && /Left|Right/.test(event.key);
  const step = (steps[event.key] ?? 0) * (mirrored ? -1 : 1);
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const focused = document.activeElement;
  const at = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
  const next = buttons[at + step];
  if (step === 0) return;
  event.preventDefault();
  next?.focus();
}
