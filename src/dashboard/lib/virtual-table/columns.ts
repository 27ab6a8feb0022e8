import type { ReactNode } from 'react';
import * as z from 'zod/mini';

export interface Column<Row> {
  id: string;
  header: string;
  /** In pixels. The column that holds the link takes what room is left as well. */
  width: number;
  align?: 'start' | 'end';
  /** One line of text or small things. Lift controls above the row's link with `relative z-1`. */
  cell: (row: Row) => ReactNode;
  /** The name by which the list is sorted by this column. */
  sortField?: string;
  /** How the first press on its header sorts; ascending by default. */
  firstOrder?: 'ascending' | 'descending';
  /** Its cell is the link to the row, so it cannot be hidden. Without any such column, it is the first. */
  isLink?: boolean;
  /** Shown only when it is asked for. */
  isExtra?: boolean;
}

/** Which columns a person wants, in which order. What it does not know of stays as the columns say. */
export const columnLayout = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  shown: z.array(z.string()),
});
export type ColumnLayout = z.output<typeof columnLayout>;

export const noLayout: ColumnLayout = { order: [], hidden: [], shown: [] };

type Known = Pick<Column<never>, 'id' | 'isLink' | 'isExtra'>;

/** All columns in the wanted order. One that the order does not name follows the one it follows by nature. */
export function orderedColumns<Col extends Known>(columns: readonly Col[], { order }: ColumnLayout): Col[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const result = order.flatMap((id) => byId.get(id) ?? []);
  for (const [index, column] of columns.entries()) {
    if (result.includes(column)) continue;
    const before = columns[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, column);
  }
  return result;
}

export function isColumnShown({ id, isLink, isExtra }: Known, { hidden, shown }: ColumnLayout): boolean {
  if (isLink) return true;
  return isExtra ? shown.includes(id) : !hidden.includes(id);
}

/** The columns to draw. */
export function shownColumns<Col extends Known>(columns: readonly Col[], layout: ColumnLayout): Col[] {
  return orderedColumns(columns, layout).filter((column) => isColumnShown(column, layout));
}

/** The layout with one column shown or hidden. */
export function toggleColumn(layout: ColumnLayout, column: Known): ColumnLayout {
  const list = column.isExtra ? 'shown' : 'hidden';
  const { id } = column;
  const ids = layout[list];
  return { ...layout, [list]: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] };
}

/** The layout with one column a place further to the start (-1) or the end (1). */
export function moveColumn(columns: readonly Known[], layout: ColumnLayout, id: string, step: -1 | 1): ColumnLayout {
  const order = orderedColumns(columns, layout).map((column) => column.id);
  const from = order.indexOf(id);
  const to = from + step;
  const other = order[to];
  if (from === -1 || other === undefined) return layout;
  return { ...layout, order: order.with(from, other).with(to, id) };
}
