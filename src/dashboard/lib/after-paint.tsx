import { type ReactNode, useEffect, useState } from 'react';
import { useNavigationType } from 'react-router';

/**
 * Draws its children once what is around them is on screen. For what is further down or aside on a screen with much on
 * it, so that a click shows the screen a frame or two earlier. On the way back, and on a load, they are drawn at once:
 * the place that was scrolled to must be there.
 */
export function AfterPaint({ children }: { children: ReactNode }) {
  const navigationType = useNavigationType();
  const [isDue, setIsDue] = useState(navigationType === 'POP');
  useEffect(() => (isDue ? undefined : afterPaint(() => setIsDue(true))), [isDue]);
  return isDue && children;
}

const waiting = new Set<() => void>();

/**
 * Runs `run` once what is drawn now is on screen, with all else that waits for it, so that it is drawn in one go. Returns
 * how to not wait any more.
 */
export function afterPaint(run: () => void): () => void {
  if (waiting.size === 0) requestAnimationFrame(() => setTimeout(runWaiting));
  waiting.add(run);
  return () => waiting.delete(run);
}

function runWaiting() {
  const due = [...waiting];
  waiting.clear();
  for (const run of due) run();
}
