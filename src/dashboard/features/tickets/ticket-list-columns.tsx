import type { TicketRow } from '#contract/gateway/tickets.ts';
import { type Column, type ColumnLayout, noLayout, shownColumns } from '../../lib/virtual-table/columns.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { TicketDirectory } from './ticket-list-queries.ts';
import { AssigneeCell, contactName, StateWord, TagsCell, TitleCell, TypeCell } from './ticket-list-row.tsx';

export type TicketColumn = Column<TicketRow>;

/** The columns of every ticket, in their usual order. */
export function ticketColumns(directory: TicketDirectory): TicketColumn[] {
  return [
    { id: 'state', header: 'State', width: 176, cell: (row) => <StateWord state={row.state} /> },
    { id: 'number', header: 'Number', width: 84, cell: (row) => <span className="text-muted">#{row.number}</span> },
    { id: 'title', header: 'Title', width: 210, isLink: true, cell: (row) => <TitleCell row={row} /> },
    { id: 'type', header: 'Type', width: 130, cell: (row) => <TypeCell row={row} types={directory.types} /> },
    { id: 'contact', header: 'Contact', width: 120, cell: (row) => <span dir="auto">{contactName(row)}</span> },
    {
      id: 'assignee',
      header: 'Assignee',
      width: 116,
      cell: (row) => <AssigneeCell row={row} directory={directory} />,
    },
    {
      id: 'updated',
      header: 'Updated',
      width: 128,
      sortField: 'updated_at',
      firstOrder: 'descending',
      cell: (row) => <RelativeTime time={row.updated_at} className="text-muted" />,
    },
    { id: 'tags', header: 'Tags', width: 140, isExtra: true, cell: (row) => <TagsCell row={row} /> },
    {
      id: 'created',
      header: 'Created',
      width: 128,
      sortField: 'created_at',
      firstOrder: 'descending',
      isExtra: true,
      cell: (row) => <RelativeTime time={row.created_at} className="text-muted" />,
    },
  ];
}

/** Which columns an address asks for. What it does not name is hidden. */
export function layoutOf(cols: string, columns: readonly TicketColumn[]): ColumnLayout {
  if (cols === '') return noLayout;
  const named = cols.split(',');
  const hidden = columns.filter(({ id, isExtra }) => !isExtra && !named.includes(id)).map(({ id }) => id);
  return { order: named, hidden, shown: named };
}

/** The columns of a layout as the address has them; "" for the usual ones. */
export function colsOf(layout: ColumnLayout, columns: readonly TicketColumn[]): string {
  const text = (one: ColumnLayout) =>
    shownColumns(columns, one)
      .map(({ id }) => id)
      .join();
  return text(layout) === text(noLayout) ? '' : text(layout);
}
