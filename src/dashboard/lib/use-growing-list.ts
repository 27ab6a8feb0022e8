import { type RefCallback, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'react-router';

// A laptop's screen; a taller one gets its next rows in the frame after.
const first = 18;
const step = 20;
const nearEnd = '0px 0px 150px 0px';

// By history entry, so that Back finds the list as long as it was and can restore its scroll position.
const counts = new Map<string, number>();

/**
 * The rows of a list to draw now: those of the first screen, and more whenever the end of what is drawn comes near. Put
 * `endRef` on the last one. For lists that are on this device as a whole.
 */
export function useGrowingList<Item>(items: readonly Item[]): { shown: readonly Item[]; endRef: RefCallback<Element> } {
  const { key } = useLocation();
  const [count, setCount] = useState(() => counts.get(key) ?? first);
  const shown = useMemo(() => (items.length > count ? items.slice(0, count) : items), [items, count]);
  const endRef = useCallback<RefCallback<Element>>(
    (end) => {
      if (end === null) return;
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (!entry?.isIntersecting) return;
          counts.set(key, count + step);
          setCount(count + step);
        },
        { rootMargin: nearEnd },
      );
      observer.observe(end);
      return () => observer.disconnect();
    },
    [key, count],
  );
  return { shown, endRef };
}
