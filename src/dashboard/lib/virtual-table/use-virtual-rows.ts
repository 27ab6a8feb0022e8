import {
  type FocusEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useNavigationType } from 'react-router';
import { afterPaint } from '../after-paint.tsx';

interface VirtualRowsOptions {
  container: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  initialOffset: number;
  /** Another text is another list: it begins at the top. */
  listKey: string;
  /** Told how far the list is scrolled, in pixels. */
  onScroll: (offset: number) => void;
}

/** A row to draw, or room for those that are not drawn. */
export type Stretch = { index: number } | { gap: number; height: number };

const overscan = 8;
/** Rows come and go this many at a time: most frames of a scrolling list then have nothing to do. */
const stride = 8;
const usualHeight = 640;

/** Which rows are in the document, and which one the keyboard is at; that one stays, however far the list scrolls. */
export function useVirtualRows({ container, count, rowHeight, initialOffset, listKey, onScroll }: VirtualRowsOptions) {
  const [current, setCurrent] = useState<number | null>(null);
  const isSettled = useIsSettled();
  const { first, fits, height } = useView({ container, count, rowHeight, initialOffset, onScroll });

  const shownKey = useRef(listKey);
  useEffect(() => {
    if (shownKey.current === listKey) return;
    shownKey.current = listKey;
    setCurrent(null);
    if (container.current) container.current.scrollTop = 0;
  }, [container, listKey]);

  // Rows change their height with the density and the width of the window; the first one on view stays.
  const measuredWith = useRef(rowHeight);
  useLayoutEffect(() => {
    const before = measuredWith.current;
    if (before === rowHeight) return;
    measuredWith.current = rowHeight;
    if (container.current) container.current.scrollTop *= rowHeight / before;
  }, [container, rowHeight]);

  const moveRef = useRef<(step: 1 | -1) => void>(() => {});
  useEffect(() => {
    moveRef.current = (step) => {
      const list = container.current;
      if (list === null || count === 0) return;
      const inView = Math.ceil(list.scrollTop / rowHeight);
      const next = current === null ? inView : current + step;
      focusRow(Math.max(0, Math.min(count - 1, next)));
    };
    function focusRow(index: number) {
      flushSync(() => setCurrent(index));
      const row = container.current?.querySelector(`tr[data-index="${index}"]`);
      row?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  });
  const move = useCallback((step: 1 | -1) => moveRef.current(step), []);

  const noteFocus = useCallback(({ target }: FocusEvent) => {
    const index = Number(target.closest('tr[data-index]')?.getAttribute('data-index') ?? Number.NaN);
    if (!Number.isNaN(index)) setCurrent(index);
  }, []);

  const stretches: Stretch[] = [];
  let end = 0;
  let gaps = 0;
  const leaveRoom = (until: number) => {
    if (until === end) return;
    stretches.push({ gap: gaps, height: (until - end) * rowHeight });
    gaps += 1;
  };
  const around = isSettled ? overscan : 0;
  const from = Math.max(0, first - around);
  const until = Math.min(count, first + (isSettled ? stride : 0) + fits + around);
  const draw = (index: number) => {
    leaveRoom(index);
    stretches.push({ index });
    end = index + 1;
  };
  const hasOther = current !== null && current < count;
  if (hasOther && current < from) draw(current);
  for (let index = from; index < until; index += 1) draw(index);
  if (hasOther && current >= until) draw(current);
  leaveRoom(count);

  return {
    stretches,
    current,
    move,
    noteFocus,
    /** The end of the list is less than one and a half screens away. */
    isNearEnd: height > 0 && (count - first - stride) * rowHeight - height < 1.5 * height,
  };
}

/** Whether what is out of view is drawn too: on the way to a list not before its first rows are on screen. */
function useIsSettled(): boolean {
  const navigationType = useNavigationType();
  const [isSettled, setIsSettled] = useState(navigationType === 'POP');
  useEffect(() => (isSettled ? undefined : afterPaint(() => setIsSettled(true))), [isSettled]);
  return isSettled;
}

type ViewOptions = Pick<VirtualRowsOptions, 'container' | 'count' | 'rowHeight' | 'initialOffset' | 'onScroll'>;

const strideAt = (row: number) => Math.floor(row / stride) * stride;

/** Which row is the first on view, or one a little before it, and how many fit. Before it is known, as many as on a usual screen. */
function useView({ container, count, rowHeight, initialOffset, onScroll }: ViewOptions) {
  const [view, setView] = useState(() => ({
    first: strideAt(initialOffset / rowHeight),
    fits: Math.ceil(usualHeight / rowHeight),
    height: 0,
  }));
  const tell = useEffectEvent(onScroll);
  const hasRows = count > 0;
  useLayoutEffect(() => {
    const list = container.current;
    if (list !== null && hasRows && initialOffset > 0) list.scrollTop = initialOffset;
  }, [container, hasRows, initialOffset]);

  useLayoutEffect(() => {
    const list = container.current;
    if (list === null) return undefined;
    const look = () => {
      const { scrollTop, clientHeight: height } = list;
      const first = strideAt(scrollTop / rowHeight);
      const fits = Math.ceil(height / rowHeight) + 1;
      setView((before) =>
        before.first === first && before.fits === fits && before.height === height ? before : { first, fits, height },
      );
    };
    const handleScroll = () => {
      // In the frame that scrolls, so that no row is missing in it.
      flushSync(look);
      tell(list.scrollTop);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(list);
    list.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      observer.disconnect();
      list.removeEventListener('scroll', handleScroll);
    };
  }, [container, rowHeight]);
  return view;
}
