import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { twemojiName } from '#contract/emoji.ts';
import { emojiSheets, emojiUrl } from './emoji-sheets.ts';

const Sheets = createContext<ReadonlyMap<string, string> | undefined>(undefined);

/** Draws the emojis inside of it from a sheet, so that a list costs one request. `emojis` are those it may show. */
export function EmojiSheet({ emojis, children }: { emojis: readonly string[]; children: ReactNode }) {
  const sheets = useMemo(() => emojiSheets(emojis), [emojis]);
  return <Sheets value={sheets}>{children}</Sheets>;
}

interface EmojiProps {
  emoji: string;
  /** Its name, where nothing beside it says what it means. Without one it is decoration. */
  label?: string | undefined;
  /** Pixels at the default text size. */
  size?: keyof typeof sizes;
}

const sizes = { 14: 'size-3.5', 16: 'size-4', 20: 'size-5', 22: 'size-5.5', 28: 'size-7' } as const;

/** An emoji drawn the same on every machine; as the text that it is where the graphic cannot be had. */
export function Emoji(props: EmojiProps) {
  // Another emoji gets another chance to load.
  return <Graphic key={props.emoji} {...props} />;
}

function Graphic({ emoji, label, size = 20 }: EmojiProps) {
  const [failed, setFailed] = useState(false);
  const place = use(Sheets)?.get(twemojiName(emoji));
  const side = sizes[size];

  if (failed) {
    const text = { fontSize: `${size / 20}rem`, lineHeight: 1 };
    return (
      <span {...named(label)} className={`${side} inline-flex shrink-0 items-center justify-center`} style={text}>
        {emoji}
      </span>
    );
  }
  if (place === undefined) {
    return (
      <img
        src={emojiUrl(emoji)}
        alt={label ?? ''}
        loading="lazy"
        decoding="async"
        draggable={false}
        className={`${side} inline-block shrink-0 select-none`}
        onError={() => setFailed(true)}
      />
    );
  }
  return (
    <span {...named(label)} className={`${side} inline-flex shrink-0`}>
      <svg aria-hidden="true" width="100%" height="100%">
        <Use href={place} onFail={() => setFailed(true)} />
      </svg>
    </span>
  );
}

function named(label: string | undefined) {
  return label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
}

function Use({ href, onFail }: { href: string; onFail: () => void }) {
  const ref = useRef<SVGUseElement>(null);
  const fail = useRef(onFail);
  const [isRepeated, setIsRepeated] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a repeated one is another element
  useEffect(() => {
    const node = ref.current;
    if (node === null) return;
    // Drawn by the server, it may have loaded before anyone listened. Drawn once more, it says what came of it.
    if (!isRepeated && isEmpty(node) && hasArrived(href)) return setIsRepeated(true);
    const handleError = () => fail.current();
    // A sheet without this emoji loads all the same, and leaves nothing to be seen.
    const handleLoad = () => isEmpty(node) && fail.current();
    // React does not listen for these events of this element.
    node.addEventListener('error', handleError);
    node.addEventListener('load', handleLoad);
    return () => {
      node.removeEventListener('error', handleError);
      node.removeEventListener('load', handleLoad);
    };
  }, [isRepeated]);
  return <use key={String(isRepeated)} ref={ref} href={href} width="100%" height="100%" />;
}

function isEmpty(node: SVGUseElement): boolean {
  return node.getBBox().width === 0;
}

function hasArrived(href: string): boolean {
  const sheet = new URL(href, location.href).href.replace(/#.*/, '');
  return performance.getEntriesByType('resource').some(({ name }) => name.startsWith(sheet));
}
