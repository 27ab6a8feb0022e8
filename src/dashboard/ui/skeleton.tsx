import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** A grey bar where content will be; give it the size of that content. Appears after 150 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block h-4 animate-appear rounded-md bg-hover', className)} />;
}

/** Holds the skeletons of one list or panel and says to screen readers what is loading, for example "ticket types". */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">Loading {what}</span>
      {children}
    </div>
  );
}
