import {
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  EmojiPicker as Parts,
} from 'frimousse';
import { type ClipboardEvent, type ComponentProps, type KeyboardEvent, useEffect, useState } from 'react';
import { isEmoji } from '#contract/emoji.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { useStored } from '../stored.ts';
import { Emoji } from './emoji.tsx';
import { type EmojiData, findEmojis, fitsQuery, loadEmojiData, type NamedEmoji, readQuery } from './emoji-data.ts';
import { useOrderedKeys } from './emoji-keys.ts';
import { ActiveEmoji, CategoryBar, columns, Recents, SkinTones } from './emoji-picker-parts.tsx';
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
  const [query, setQuery] = useState('');
  const tone = useStored(chosenSkinTone) ?? 'none';
  return (
    <Parts.Root
      className="flex w-80 flex-col"
      columns={columns}
      skinTone={tone}
      // Of the options that the library asks for its data anew by, this one is for the resolver alone to understand.
      emojibaseUrl={query}
      resolveEmojiData={(_locale, { emojibaseUrl }) => findEmojis(data, emojibaseUrl ?? '')}
      // What does not fit is a left-over of the query before.
      onEmojiSelect={(picked) => (query.trim() === '' || fitsQuery(data, picked.emoji, query)) && onPick(picked)}
    >
      <SearchAndList data={data} query={query} onQueryChange={setQuery} onPick={onPick} />
    </Parts.Root>
  );
}

const refusals = {
  pasted: 'That is not an emoji. Paste a single emoji, or type a word to search.',
  unknown: 'This emoji is not in the set. Search for another by name.',
};

interface SearchAndListProps {
  data: EmojiData;
  query: string;
  onQueryChange: (query: string) => void;
  onPick: (picked: NamedEmoji) => void;
}

function SearchAndList({ data, query, onQueryChange, onPick }: SearchAndListProps) {
  const [pasteRefused, setPasteRefused] = useState(false);
  const orderKey = useOrderedKeys(query);
  const meaning = readQuery(data, query);
  const candidate = meaning.kind === 'emoji' ? meaning.found : undefined;
  const refusal =
    (pasteRefused && refusals.pasted) || (meaning.kind === 'emoji' && !candidate && refusals.unknown) || undefined;

  function handlePaste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text').trim();
    setPasteRefused(!isEmoji(text));
    event.preventDefault();
    if (isEmoji(text)) onQueryChange(text);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape' && query !== '') {
      event.preventDefault();
      event.stopPropagation();
      onQueryChange('');
    }
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && candidate) {
      event.preventDefault();
      onPick(candidate);
    } else orderKey(event);
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
            onQueryChange(event.target.value);
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
      <Parts.Viewport
        className="h-56 border-line border-t outline-offset-[-2px]"
        role="group"
        aria-label="Emojis"
        tabIndex={0}
      >
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

function CategoryHeader({ category, className, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className={cx('flex h-7 items-center bg-raised px-3 font-medium text-faint text-xs', className)}>
      <span className="inline-block first-letter:uppercase">{category.label}</span>
    </div>
  );
}

function Row({ children, style, 'aria-rowindex': index, ...rest }: ComponentProps<'div'>) {
  // The library scrolls to the element that carries this index. It counts from 0, which ARIA does not allow, so the
  // index sits on a mark that only the library sees.
  const mark = { 'aria-hidden': true, 'aria-rowindex': index };
  // Emojis have no reading direction, and the arrow keys go by columns.
  return (
    <div {...rest} dir="ltr" className="px-2" style={{ ...style, contain: undefined }}>
      <span {...mark} className="absolute size-0" />
      {children}
    </div>
  );
}

function Cell({ emoji, 'aria-colindex': _, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button
      {...rest}
      type="button"
      className="inline-flex size-8 items-center justify-center rounded-md data-active:bg-hover data-active:outline-2 data-active:-outline-offset-2 data-active:outline-focus"
    >
      <Emoji emoji={emoji.emoji} size={22} />
    </button>
  );
}
