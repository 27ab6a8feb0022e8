import { useSyncExternalStore } from 'react';
import { cx } from './class-names.ts';
import { exactTime, relativeTime } from './time-text.ts';

const everyMs = 30_000;

interface RelativeTimeProps {
  /** Unix seconds. */
  time: number;
  /** Lets the keyboard reach the exact time; for detail pages, not for each row of a list. */
  focusable?: boolean;
  className?: string;
}

/** How long ago, kept true while the page is open; the exact time and zone are in the tooltip. */
export function RelativeTime({ time, focusable, className }: RelativeTimeProps) {
  const now = useSyncExternalStore(onTick, currentTick, currentTick);
  const nameExactly = ({ currentTarget }: { currentTarget: HTMLElement }) =>
    Object.assign(currentTarget.dataset, { tooltip: exactTime(time) });
  return (
    <time
      dateTime={new Date(time * 1_000).toISOString()}
      dir="auto"
      tabIndex={focusable ? 0 : undefined}
      className={cx('whitespace-nowrap', className)}
      // A page drawn by the server a second ago may say one minute less.
      suppressHydrationWarning
      // Only when it is asked for: formatting a date for each row would cost more than drawing the row.
      onPointerEnter={nameExactly}
      onFocus={nameExactly}
    >
      {relativeTime(time, now)}
    </time>
  );
}

// One clock for all times on the page, running only while there are any.
const listeners = new Set<() => void>();
let timer: number | undefined;
let tick = seconds();

function seconds() {
  return Math.floor(Date.now() / 1_000);
}

/** The clock as of now: a page drawn long after the last tick must not show an old answer. */
function currentTick() {
  const now = seconds();
  if (Math.abs(now - tick) * 1_000 >= everyMs) tick = now;
  return tick;
}

function onTick(listener: () => void) {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    tick = seconds();
    for (const one of listeners) one();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}
