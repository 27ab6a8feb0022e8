import { cx } from './class-names.ts';

/** A turning ring for work in progress. Decoration only: say in words what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={cx('inline-flex', className)}>
      <span className="size-4 animate-spin rounded-full border-2 border-current border-e-transparent" />
    </span>
  );
}
