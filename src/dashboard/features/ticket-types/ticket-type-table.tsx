import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import X from 'lucide-react/icons/x';
import { memo, useMemo, useRef } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { useMay } from '../../lib/session.ts';
import { useGrowingList } from '../../lib/use-growing-list.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { useSelection } from '../../lib/use-selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { HeaderCell, headerCellClass, TableFrame, tableClass } from '../../ui/table.tsx';
import { parseSort, type TicketTypeSearch, type TicketTypeSortKey } from './ticket-type-filters.ts';
import { TicketTypeRow } from './ticket-type-row.tsx';

/** The page that a row leads to, fetched when a row is about to be opened. */
const prefetchPage = () => void import('./ticket-type-page.tsx');

interface TableProps {
  ticketTypes: TicketType[];
  sort: TicketTypeSearch['sort'];
  onSort: (sort: TicketTypeSearch['sort']) => void;
  onArchive: (ticketTypes: TicketType[], archived: boolean) => void;
}

const columns: { key: TicketTypeSortKey; label: string; className?: string }[] = [
  { key: 'name', label: 'Name' },
  { key: 'category', label: 'Category', className: 'max-sm:hidden' },
  { key: 'attributes', label: 'Attributes', className: 'max-md:hidden' },
  { key: 'updated', label: 'Updated', className: 'max-sm:hidden' },
];

/** The list itself: rows are links, `j` and `k` move between them, `x` selects. */
export const TicketTypeTable = memo(function TicketTypeTable({ ticketTypes, sort, onSort, onArchive }: TableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const ids = useMemo(() => ticketTypes.map(({ id }) => id), [ticketTypes]);
  const { selectedIds, isSelected, toggle, clear, selectAll } = useSelection(ids);
  // Rows are selected to be archived together, and for nothing else.
  const mayUpdate = useMay('updateTicketType');
  useRowKeys({ list: body, ...(mayUpdate && { onToggle: toggle, onClear: clear }) });
  const { key: sortKey, descending } = parseSort(sort);
  const { shown, endRef } = useGrowingList(ticketTypes);
  const areAllSelected = selectedIds.length === ids.length;

  return (
    <>
      <TableFrame label="Ticket types">
        <table className={tableClass} aria-rowcount={ticketTypes.length + 1}>
          <thead>
            <tr>
              {mayUpdate && (
                <th scope="col" className={headerCellClass}>
                  <Checkbox
                    label={areAllSelected ? 'Deselect all' : 'Select all'}
                    hideLabel
                    checked={areAllSelected}
                    indeterminate={selectedIds.length > 0 && !areAllSelected}
                    onChange={areAllSelected ? clear : selectAll}
                  />
                </th>
              )}
              {columns.map(({ key, label, className = '' }) => {
                const isSorted = sortKey === key;
                return (
                  <HeaderCell
                    key={key}
                    className={className}
                    sorted={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
                    onSort={() => onSort(isSorted && !descending ? `-${key}` : key)}
                  >
                    {label}
                  </HeaderCell>
                );
              })}
              <th scope="col" className={headerCellClass}>
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body} onPointerEnter={prefetchPage} onFocus={prefetchPage}>
            {shown.map((ticketType, index) => (
              <TicketTypeRow
                key={ticketType.id}
                ref={index === shown.length - 1 && shown.length < ticketTypes.length ? endRef : undefined}
                ticketType={ticketType}
                mayUpdate={mayUpdate}
                isSelected={isSelected(ticketType.id)}
                onToggle={toggle}
                onArchive={onArchive}
              />
            ))}
          </tbody>
        </table>
      </TableFrame>
      {mayUpdate && selectedIds.length > 0 && (
        <SelectionBar selected={ticketTypes.filter(({ id }) => isSelected(id))} onArchive={onArchive} onClear={clear} />
      )}
    </>
  );
});

interface SelectionBarProps {
  selected: TicketType[];
  onArchive: TableProps['onArchive'];
  onClear: () => void;
}

function SelectionBar({ selected, onArchive, onClear }: SelectionBarProps) {
  const inUse = selected.filter(({ archived }) => !archived);
  const archived = selected.filter((ticketType) => ticketType.archived);
  return (
    <div
      role="toolbar"
      data-bottom-bar=""
      aria-label="Selected ticket types"
      className="sticky bottom-4 z-20 flex animate-slide flex-wrap items-center gap-2 self-center rounded-md bg-raised p-2 shadow-pop"
    >
      <span className="px-2 tabular-nums">{selected.length} selected</span>
      {inUse.length > 0 && (
        <Button icon={<Archive />} onClick={() => onArchive(inUse, true)}>
          Archive {inUse.length}
        </Button>
      )}
      {archived.length > 0 && (
        <Button icon={<ArchiveRestore />} onClick={() => onArchive(archived, false)}>
          Restore {archived.length}
        </Button>
      )}
      <IconButton label="Clear the selection" shortcut="Escape" icon={<X />} onClick={onClear} />
    </div>
  );
}
