import { type RefCallback, useCallback, useEffect, useEffectEvent, useState } from 'react';

/** Calls `onNear` when the element that gets the returned ref comes near the window, and again while it stays there. */
export function useNearEnd(onNear: () => void): RefCallback<Element> {
  const [isNear, setIsNear] = useState(false);
  const near = useEffectEvent(onNear);
  // After each drawing, since what has come in may not have pushed the end out of sight.
  useEffect(() => {
    if (isNear) near();
  });
  return useCallback<RefCallback<Element>>((end) => {
    if (end === null) return;
    const observer = new IntersectionObserver(([entry]) => setIsNear(entry?.isIntersecting === true), {
      rootMargin: '0px 0px 400px 0px',
    });
    observer.observe(end);
    return () => {
      observer.disconnect();
      setIsNear(false);
    };
  }, []);
}
