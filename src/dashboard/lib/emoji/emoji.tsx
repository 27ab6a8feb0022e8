import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { twemojiName } from '#contract/emoji-name.ts';
import { useDrawnByServer } from '../use-drawn-by-server.ts';
import { emojiSheets, emojiUrl } from './emoji-sheets.ts';

interface Sheets {
  places: ReadonlyMap<string, string>;
  /** The server has drawn them, so they may have loaded before anyone listened. */
  areDrawn: boolean;
}

const Sheets = createContext<Sheets | undefined>(undefined);

/** Draws the emojis inside of it from a sheet, so that a list costs one request. `emojis` are those it may show. */
export function EmojiSheet({ emojis, children }: { emojis: readonly string[]; children: ReactNode }) {
  const areDrawn = useDrawnByServer();
  const sheets = useMemo(() => ({ places: emojiSheets(emojis), areDrawn }), [emojis, areDrawn]);
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
  const sheets = use(Sheets);
  const place = sheets?.places.get(twemojiName(emoji));
  const [failed, setFailed] = useState(() => place !== undefined && isDrawable.get(place) === false);
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
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named by its label, or hidden
    <svg {...named(label)} className={`${side} shrink-0`}>
      <Use href={place} isDrawn={sheets?.areDrawn ?? false} onFail={() => setFailed(true)} />
    </svg>
  );
}

/** Whether the graphic at a place of a sheet can be drawn, where that is known: it is looked for once a page. */
const isDrawable = new Map<string, boolean>();

function named(label: string | undefined) {
  return label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
}

function Use({ href, isDrawn: isDrawnByServer, onFail }: { href: string; isDrawn: boolean; onFail: () => void }) {
  const ref = useRef<SVGUseElement>(null);
  const fail = useRef(onFail);
  const [isListened, setIsListened] = useState(!isDrawnByServer);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a repeated one is another element
  useEffect(() => {
    const node = ref.current;
    // Looking at each would lay the page out for each row that a scrolling list brings.
    if (node === null || isDrawable.get(href) === true) return;
    // Where it has loaded already and drawn nothing, it is drawn once more, to say what came of it.
    if (!isListened && isEmpty(node) && hasArrived(href)) return setIsListened(true);
    const handleError = () => fail.current();
    const handleLoad = () => {
      // A sheet without this emoji loads all the same, and leaves nothing to be seen.
      const isDrawn = isDrawable.get(href) ?? !isEmpty(node);
      isDrawable.set(href, isDrawn);
      if (!isDrawn) fail.current();
    };
    // React does not listen for these events of this element.
    node.addEventListener('error', handleError);
    node.addEventListener('load', handleLoad);
    return () => {
      node.removeEventListener('error', handleError);
      node.removeEventListener('load', handleLoad);
    };
  }, [isListened]);
  return <use key={String(isListened)} ref={ref} href={href} width="100%" height="100%" />;
}

function isEmpty(node: SVGUseElement): boolean {
  return node.getBBox().width === 0;
}

function hasArrived(href: string): boolean {
  const sheet = new URL(href, location.href).href.replace(/#.*/, '');
  return performance.getEntriesByType('resource').some(({ name }) => name.startsWith(sheet));
}
