import {
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  EmojiPicker as Parts,
} from 'frimousse';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isEmoji } from '#contract/emoji.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { useStored } from '../stored.ts';
import { Emoji } from './emoji.tsx';
import { type EmojiData, fitsQuery, loadEmojiData, type NamedEmoji, readQuery } from './emoji-data.ts';
import { ActiveEmoji, CategoryBar, columns, Recents, SkinTones, useLatestActive } from './emoji-picker-parts.tsx';
import { chosenSkinTone, recentEmojis, withRecent } from './emoji-recents.ts';

interface EmojiPickerProps {
  onPick: (picked: NamedEmoji) => void;
}

/** Offers exactly the emojis that can be drawn: by name, by keyword, by category, by paste. Loads them when first drawn. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const [data, setData] = useState<EmojiData | 'loading' | 'failed'>('loading');
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to load again
  useEffect(() => {
    let gone = false;
    loadEmojiData().then(
      (loaded) => !gone && setData(loaded),
      () => !gone && setData('failed'),
    );
    return () => {
      gone = true;
    };
  }, [attempt]);

  function handlePick(picked: NamedEmoji) {
    recentEmojis.set(withRecent(recentEmojis.get() ?? [], picked.emoji));
    onPick(picked);
  }

  if (data === 'loading') {
    return (
      <div role="status" className="flex h-80 w-80 items-center justify-center text-muted">
        <Spinner className="animate-appear" />
        <span className="sr-only">Loading emojis</span>
      </div>
    );
  }
  if (data === 'failed') {
    return (
      <div role="alert" className="flex w-80 flex-col items-center gap-3 p-6 text-center">
        <p>The list of emojis could not be loaded. Check the connection to Deskbell, then try again.</p>
        <Button
          data-autofocus=""
          onClick={() => {
            setData('loading');
            setAttempt(attempt + 1);
          }}
        >
          Retry
        </Button>
      </div>
    );
  }
  return <LoadedPicker data={data} onPick={handlePick} />;
}

function LoadedPicker({ data, onPick }: { data: EmojiData; onPick: (picked: NamedEmoji) => void }) {
  const tone = useStored(chosenSkinTone) ?? 'none';
  return (
    <Parts.Root
      className="flex w-80 flex-col"
      columns={columns}
      skinTone={tone}
      resolveEmojiData={() => data}
      onEmojiSelect={onPick}
    >
      <SearchAndList data={data} onPick={onPick} />
    </Parts.Root>
  );
}

const refusals = {
  pasted: 'That is not an emoji. Paste a single emoji, or type a word to search.',
  unknown: 'This emoji is not in the set. Search for another by name.',
};

function SearchAndList({ data, onPick }: { data: EmojiData; onPick: (picked: NamedEmoji) => void }) {
  const [query, setQuery] = useState('');
  const [pasteRefused, setPasteRefused] = useState(false);
  const pickSoon = usePickSoon(data, query, onPick);
  const meaning = readQuery(data, query);
  const candidate = meaning.kind === 'emoji' ? meaning.found : undefined;
  const refusal =
    (pasteRefused && refusals.pasted) || (meaning.kind === 'emoji' && !candidate && refusals.unknown) || undefined;

  function handlePaste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text').trim();
    setPasteRefused(!isEmoji(text));
    event.preventDefault();
    if (isEmoji(text)) setQuery(text);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape' && query !== '') {
      event.preventDefault();
      event.stopPropagation();
      setQuery('');
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // The picker may be inside of a form, which Enter must not send.
    event.preventDefault();
    if (candidate) onPick(candidate);
    else if (meaning.kind === 'words') pickSoon();
  }

  return (
    <>
      <div className="flex flex-col gap-2 p-2">
        <Parts.Search
          data-autofocus=""
          autoFocus
          aria-label="Search emojis, or paste one"
          aria-invalid={refusal ? true : undefined}
          aria-describedby={refusal ? 'emoji-refusal' : undefined}
          placeholder="Search, or paste an emoji"
          className="h-8 w-full rounded-md border border-strong bg-surface px-2.5 focus-visible:outline-offset-0 aria-invalid:border-danger"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPasteRefused(false);
          }}
          onPaste={handlePaste}
          onKeyDown={handleKey}
        />
        <p id="emoji-refusal" role="alert" className={cx('text-danger text-sm', !refusal && 'hidden')}>
          {refusal}
        </p>
        {candidate && (
          <Button className="justify-start" icon={<Emoji emoji={candidate.emoji} />} onClick={() => onPick(candidate)}>
            Use {candidate.label}
          </Button>
        )}
        {query === '' && <Recents data={data} onPick={onPick} />}
        {query === '' && <CategoryBar data={data} />}
      </div>
      <Parts.Viewport className="h-56 border-line border-t outline-offset-[-2px]" aria-label="Emojis" tabIndex={0}>
        <Parts.Empty>
          <p className={cx('px-4 py-8 text-center text-muted', meaning.kind === 'emoji' && 'hidden')}>
            No emoji has this in its name. Try another word.
          </p>
        </Parts.Empty>
        <Parts.List className="select-none" components={{ CategoryHeader, Emoji: Cell, Row }} aria-label="Emojis" />
      </Parts.Viewport>
      <div className="flex h-11 items-center justify-between gap-2 border-line border-t px-3">
        <ActiveEmoji />
        <SkinTones data={data} />
      </div>
    </>
  );
}

/**
 * Takes the active emoji on Enter. The list follows what is typed a moment late, so right after typing it waits until
 * the active emoji is one that fits, for a second at most.
 */
function usePickSoon(data: EmojiData, query: string, onPick: (picked: NamedEmoji) => void) {
  const active = useLatestActive();
  const typedAt = useRef(0);
  const timer = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the query starts the wait anew
  useEffect(() => {
    typedAt.current = performance.now();
    return () => window.clearTimeout(timer.current);
  }, [query]);

  return () => {
    const attempt = () => {
      const picked = active.current;
      const age = performance.now() - typedAt.current;
      if (picked && (query.trim() === '' || (age > 150 && fitsQuery(data, picked.emoji, query)))) onPick(picked);
      else if (age < 1_000) timer.current = window.setTimeout(attempt, 30);
    };
    window.clearTimeout(timer.current);
    attempt();
  };
}

function CategoryHeader({ category, className, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className={cx('flex h-7 items-center bg-raised px-3 font-medium text-faint text-xs', className)}>
      {category.label}
    </div>
  );
}

function Row({ children, ...rest }: React.ComponentProps<'div'>) {
  // Emojis have no reading direction, and the arrow keys go by columns.
  return (
    <div {...rest} dir="ltr" className="justify-start px-2">
      {children}
    </div>
  );
}

function Cell({ emoji, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button
      {...rest}
      type="button"
      className="inline-flex size-8.5 items-center justify-center rounded-md data-active:bg-hover data-active:outline-2 data-active:-outline-offset-2 data-active:outline-focus"
    >
      <Emoji emoji={emoji.emoji} size={22} />
    </button>
  );
}
