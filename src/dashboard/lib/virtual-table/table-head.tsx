import { Checkbox } from '../../ui/checkbox.tsx';
import { HeaderCell, headerCellClass } from '../../ui/table.tsx';
import type { Column } from './columns.ts';

export interface Sort {
  field: string;
  order: 'ascending' | 'descending';
}

const other = { ascending: 'descending', descending: 'ascending' } as const;

/** What a table needs of `useSelection`. */
export interface TableSelection {
  selectedIds: readonly string[];
  isSelected: (id: string) => boolean;
  toggle: (id: string, isRange?: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

interface TableHeadProps<Row> {
  /** Heads the one column there is where there is no room for more. */
  narrowHeader: string | undefined;
  columns: readonly Column<Row>[];
  loaded: number;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  selection: TableSelection | undefined;
}

/** The header: it stays on top, sorts, and selects all rows that are loaded. */
export function TableHead<Row>({ narrowHeader, columns, loaded, sort, onSort, selection }: TableHeadProps<Row>) {
  const selected = selection?.selectedIds.length ?? 0;
  const areAllSelected = loaded > 0 && selected === loaded;
  return (
    // Stuck as a whole, not cell by cell: one layer to move while scrolling.
    <thead className="sticky top-0 z-10">
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={`${headerCellClass} static! px-2!`}>
            <Checkbox
              label={areAllSelected ? 'Deselect all' : 'Select all that are loaded'}
              hideLabel
              checked={areAllSelected}
              indeterminate={selected > 0 && !areAllSelected}
              onChange={areAllSelected ? selection.clear : selection.selectAll}
            />
          </th>
        )}
        {narrowHeader === undefined ? (
          columns.map(({ id, header, align, sortField, firstOrder = 'ascending' }) => {
            const order = sortField !== undefined && sort?.field === sortField ? sort.order : undefined;
            return (
              <HeaderCell
                key={id}
                className="static! overflow-clip text-ellipsis"
                align={align ?? 'start'}
                sorted={order}
                {...(sortField !== undefined &&
                  onSort && {
                    onSort: () => onSort({ field: sortField, order: order === undefined ? firstOrder : other[order] }),
                  })}
              >
                {header}
              </HeaderCell>
            );
          })
        ) : (
          <th scope="col" className={`${headerCellClass} static!`}>
            {narrowHeader}
          </th>
        )}
      </tr>
    </thead>
  );
}
