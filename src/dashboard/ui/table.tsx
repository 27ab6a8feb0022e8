import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** For the `<table>`: full width, figures of equal width. */
export const tableClass = 'w-full border-separate border-spacing-0 text-start text-sm tabular-nums';

/** For a plain `<th scope="col">`; `HeaderCell` has it already. Sticks to the top of the scrolling area. */
export const headerCellClass =
  'sticky top-0 z-10 h-8 whitespace-nowrap border-line border-b bg-surface px-3 text-start font-medium text-muted';

/** For a `<tr>` of the body. Marked while it is hovered, selected (`aria-selected`) or current (`data-current`). */
export const rowClass =
  'group/row relative hover:bg-hover aria-selected:bg-selected data-current:shadow-[inset_2px_0_0] data-current:shadow-focus rtl:data-current:shadow-[inset_-2px_0_0]';

/** For a `<td>`. */
export const cellClass = 'h-10 border-line border-b px-3 py-1.5 align-middle';

/** For the one link of a row, so that a click anywhere on the row is a click on it. Lift other controls with `relative z-1`. */
export const rowLinkClass = 'font-medium text-fg no-underline after:absolute after:inset-0';

/** A table that scrolls by itself, reachable and named for the keyboard. */
export function TableFrame({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a landmark would list every table; a group only names it
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
      tabIndex={0}
      className={cx('overflow-auto rounded-md border border-line bg-surface', className)}
    >
      {children}
    </div>
  );
}

interface HeaderCellProps {
  children: ReactNode;
  /** How this column is sorted now. With `onSort`, the header is a button. */
  sorted?: 'ascending' | 'descending' | undefined;
  onSort?: () => void;
  align?: 'start' | 'end';
  className?: string;
}

/** A column header that sticks to the top and can sort. */
export function HeaderCell({ children, sorted, onSort, align = 'start', className }: HeaderCellProps) {
  const Arrow = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[sorted ?? 'none'];
  return (
    <th
      scope="col"
      aria-sort={onSort && (sorted ?? 'none')}
      className={cx(headerCellClass, align === 'end' && 'text-end!', className)}
    >
      {onSort ? (
        <button
          type="button"
          className="group/sort -mx-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 hover:bg-hover hover:text-fg"
          onClick={onSort}
        >
          {children}
          <Arrow aria-hidden="true" className={cx('size-3', !sorted && 'text-faint')} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}
