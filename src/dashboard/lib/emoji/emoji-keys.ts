import { type KeyboardEvent, useEffect, useRef } from 'react';

const typingMs = 150;
const mostWaiting = 30;
const mostTries = 60;

/**
 * Hands Enter and the arrow keys to the list one after the other. The list takes up typed words, and draws the rows it
 * scrolls to, a moment late; keys that came faster would pick from the old results or run away from what is drawn.
 * Enter is tried until it has picked something, which takes the field away, or for about two seconds.
 */
export function useOrderedKeys(query: string): (event: KeyboardEvent<HTMLInputElement>) => void {
  const waiting = useRef<string[]>([]);
  const typedAt = useRef(Number.NEGATIVE_INFINITY);
  const frame = useRef<number | null>(null);
  const tries = useRef(0);
  useEffect(() => {
    // The first draw and an emptied field show what is there already.
    typedAt.current = query === '' ? Number.NEGATIVE_INFINITY : performance.now();
  }, [query]);
  useEffect(() => () => void (frame.current !== null && window.cancelAnimationFrame(frame.current)), []);

  const settling = () => performance.now() - typedAt.current < typingMs;

  /** Two frames after a key, and once typing has settled, the next key has its turn. */
  function handOut(input: HTMLInputElement, frames = 0) {
    frame.current = window.requestAnimationFrame(() => {
      if (frames < 2 || settling()) return handOut(input, frames + 1);
      frame.current = null;
      const key = waiting.current.shift();
      if (key === undefined || !input.isConnected) return;
      input.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const isTriedAgain = key === 'Enter' && input.value !== '' && tries.current < mostTries;
      tries.current = isTriedAgain ? tries.current + 1 : 0;
      if (isTriedAgain && waiting.current.length === 0) waiting.current.push(key);
      handOut(input);
    });
  }

  return (event) => {
    const { key, nativeEvent, currentTarget } = event;
    if (!nativeEvent.isTrusted || (key !== 'Enter' && !key.startsWith('Arrow'))) return;
    const busy = frame.current !== null;
    // Enter waits its turn even when it is alone: as it is, it would also send the form around the field.
    if (busy || settling() || key === 'Enter') {
      event.preventDefault();
      if (waiting.current.length < mostWaiting) waiting.current.push(key);
    }
    if (!busy) handOut(currentTarget);
  };
}
