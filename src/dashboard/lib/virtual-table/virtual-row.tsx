import { memo, type ReactNode } from 'react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { cx } from '../../ui/class-names.ts';
import { rowClass } from '../../ui/table.tsx';
import type { Column } from './columns.ts';

/** What the rows of one table share. It is the same object until something of it changes, so rows are not drawn anew. */
export interface RowContext<Row> {
  columns: readonly Column<Row>[];
  linkColumn: string | undefined;
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
  href: (row: Row) => string;
  /** Set where there is no room for columns. */
  narrow: ((row: Row) => ReactNode) | undefined;
  /** The class that says how high it is. */
  height: string;
  onToggle: ((id: string, isRange: boolean) => void) | undefined;
}

interface VirtualRowProps<Row> {
  context: RowContext<Row>;
  row: Row;
  index: number;
  isSelected: boolean;
  isCurrent: boolean;
}

const linkClass = 'font-medium text-fg no-underline after:absolute after:inset-0';
const tdClass = 'overflow-clip text-ellipsis whitespace-nowrap border-line border-b px-3';

function DrawnRow<Row>({ context, row, index, isSelected, isCurrent }: VirtualRowProps<Row>) {
  const { columns, linkColumn, rowId, rowLabel, href, narrow, height, onToggle } = context;
  const id = rowId(row);
  const link = (content: ReactNode, className = linkClass) => (
    // The table follows it: a router's link in each row is what scrolling would spend its time on.
    <a href={href(row)} data-row={id} className={className}>
      {content}
    </a>
  );
  return (
    <tr
      className={cx(rowClass, height)}
      // The header is the first row.
      aria-rowindex={index + 2}
      aria-selected={onToggle && isSelected}
      data-index={index}
      data-current={isCurrent ? '' : undefined}
    >
      {onToggle && (
        <td className="border-line border-b px-2">
          <Checkbox
            label={`Select ${rowLabel(row)}`}
            hideLabel
            className="relative z-1"
            checked={isSelected}
            onChange={({ nativeEvent }) => onToggle(id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
          />
        </td>
      )}
      {narrow ? (
        <td className={tdClass}>{link(narrow(row), `${linkClass} block font-normal`)}</td>
      ) : (
        columns.map((column) => (
          <td key={column.id} className={cx(tdClass, column.align === 'end' && 'text-end')}>
            {column.id === linkColumn ? link(column.cell(row)) : column.cell(row)}
          </td>
        ))
      )}
    </tr>
  );
}

/** One row. Drawn anew only when it, its place, its selection or the columns change. */
// `memo` forgets that the component is generic.
export const VirtualRow = memo(DrawnRow) as typeof DrawnRow;
