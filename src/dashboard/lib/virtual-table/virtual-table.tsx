import { type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import { cx } from '../../ui/class-names.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { cellClass, tableClass } from '../../ui/table.tsx';
import type { ApiError } from '../api-error.ts';
import { useRowKeys } from '../use-row-keys.ts';
import type { Column } from './columns.ts';
import { ListEnd } from './list-end.tsx';
import { type Density, rowHeightClasses, rowHeights } from './row-heights.ts';
import { type Sort, TableHead, type TableSelection } from './table-head.tsx';
import { useIsNarrow } from './use-is-narrow.ts';
import { useScrollMemory } from './use-scroll-memory.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import { type RowContext, VirtualRow } from './virtual-row.tsx';

export interface VirtualTableProps<Row> {
  /** Names the table, and its scroll position in the history: "Tickets". */
  label: string;
  rows: readonly Row[];
  /** Those to draw, in order. Keep the array and the functions below stable, or every row is drawn again. */
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** What a person calls the row: "Select …". */
  rowLabel: (row: Row) => string;
  href: (row: Row) => string;
  /** The row in two lines, for a phone. It is all inside of the row's link. */
  narrow: (row: Row) => ReactNode;
  density?: Density;
  /** How many there are, loaded or not. */
  total?: number | undefined;
  isEstimate?: boolean;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  /** From `useSelection`; left out where rows cannot be selected. */
  selection?: TableSelection | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Called whenever the end is less than one and a half screens away and nothing is being loaded. */
  onEndReached: () => void;
  loadError?: ApiError | null;
  onRetry?: () => void;
  /** Nothing has come yet: the table shows where rows will be. */
  isLoading?: boolean;
  /** The rows belong to the filters before. */
  isOutdated?: boolean;
  /** What the list shows, as text: filters and sort. When it changes, the list begins at the top. */
  listKey?: string;
  /** A row is about to be opened: the moment to fetch the screen it leads to. */
  onApproach?: () => void;
  className?: string;
}

const checkboxWidth = 40;

/** A table of any length in its own scroll area: rows are links, `j` and `k` move, `x` selects, Enter and `e` open. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowId, rowLabel, href, narrow, density = 'comfortable', selection } = props;
  const { hasMore, isLoadingMore, loadError, onEndReached, isOutdated = false, isLoading = false } = props;
  const container = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const rowHeight = rowHeights[isNarrow ? 'narrow' : density];
  const { initialOffset, remember } = useScrollMemory(label);
  const { stretches, current, move, noteFocus, isNearEnd } = useVirtualRows({
    container,
    count: rows.length,
    rowHeight,
    initialOffset,
    listKey: props.listKey ?? '',
    onScroll: remember,
  });
  const navigate = useNavigate();
  /** A plain click on a row's link goes there; a click with the middle button or a key is the browser's. */
  function followLink(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[data-row]') : null;
    const to = link?.getAttribute('href');
    if (!to) return;
    event.preventDefault();
    void navigate(to);
  }

  const onToggle = selection?.toggle;
  useRowKeys({ list: container, onMove: move, ...(selection && { onToggle, onClear: selection.clear }) });

  useEffect(() => {
    if (isNearEnd && hasMore && !isLoadingMore && !isOutdated && !isLoading && !loadError) onEndReached();
  });
  const linkColumn = (columns.find(({ isLink }) => isLink) ?? columns[0])?.id;
  const context = useMemo<RowContext<Row>>(
    () => ({
      columns,
      linkColumn,
      rowId,
      rowLabel,
      href,
      narrow: isNarrow ? narrow : undefined,
      height: rowHeightClasses[isNarrow ? 'narrow' : density],
      onToggle,
    }),
    [columns, linkColumn, rowId, rowLabel, href, isNarrow, narrow, density, onToggle],
  );
  const columnCount = (isNarrow ? 1 : columns.length) + (selection ? 1 : 0);
  const width = columns.reduce((sum, column) => sum + column.width, selection ? checkboxWidth : 0);
  const table = useRef<HTMLTableElement>(null);
  // Sizes stand in attributes and classes: the page's policy lets no style through that the server has written.
  useLayoutEffect(() => {
    if (table.current) table.current.style.minWidth = isNarrow ? '' : `${width}px`;
  }, [isNarrow, width]);
  const isCounted = props.total !== undefined && !props.isEstimate;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a landmark would list every table; a group only names it
    <div
      ref={container}
      role="group"
      aria-label={label}
      aria-busy={isOutdated || isLoading}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
      tabIndex={0}
      className={cx(
        'relative min-h-64 flex-1 scroll-pt-8 overflow-auto overscroll-contain rounded-md border border-line bg-surface',
        props.className,
      )}
    >
      <table
        className={cx(tableClass, 'table-fixed', isOutdated && 'opacity-60 transition-opacity')}
        ref={table}
        aria-label={label}
        aria-rowcount={isCounted ? (props.total ?? 0) + 1 : hasMore ? -1 : rows.length + 1}
      >
        <colgroup>
          {selection && <col width={checkboxWidth} />}
          {!isNarrow &&
            columns.map(({ id, width: own }) => <col key={id} width={id === linkColumn ? undefined : own} />)}
        </colgroup>
        <TableHead
          narrowHeader={isNarrow ? label : undefined}
          columns={columns}
          loaded={rows.length}
          sort={props.sort}
          onSort={props.onSort}
          selection={selection}
        />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link clicks by itself when Enter is pressed */}
        <tbody
          onClick={followLink}
          onFocus={noteFocus}
          onPointerEnter={props.onApproach}
          onFocusCapture={props.onApproach}
        >
          {isLoading
            ? Array.from({ length: 12 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a table takes no focus
                <tr key={index} aria-hidden="true" className={rowHeightClasses[isNarrow ? 'narrow' : density]}>
                  {Array.from({ length: columnCount }, (_cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
                    <td key={at} className={cellClass}>
                      <Skeleton className={(index + at) % 3 === 1 ? 'w-1/2' : 'w-3/4'} />
                    </td>
                  ))}
                </tr>
              ))
            : stretches.map((stretch) => {
                if (!('index' in stretch)) {
                  return <Gap key={`gap${stretch.gap}`} height={stretch.height} />;
                }
                const row = rows[stretch.index];
                if (row === undefined) return null;
                const id = rowId(row);
                return (
                  <VirtualRow
                    key={id}
                    context={context}
                    row={row}
                    index={stretch.index}
                    isSelected={selection?.isSelected(id) ?? false}
                    isCurrent={stretch.index === current}
                  />
                );
              })}
        </tbody>
      </table>
      {isLoading ? (
        <Loading what={label.toLowerCase()}>{null}</Loading>
      ) : (
        <ListEnd hasMore={hasMore} isLoadingMore={isLoadingMore} error={loadError} onRetry={props.onRetry} />
      )}
    </div>
  );
}

/** Room for the rows that are not in the document. */
function Gap({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a table takes no focus
    <tr aria-hidden="true">
      <td height={height} className="p-0" />
    </tr>
  );
}
