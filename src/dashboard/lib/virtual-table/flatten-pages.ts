/** One page of a list that is read by cursor. */
export interface CursorPage<Row> {
  rows: readonly Row[];
  /** Where the next page begins; none on the last. */
  next?: string | null | undefined;
}

export interface FlatRows<Row> {
  rows: readonly Row[];
  ids: readonly string[];
}

/**
 * Makes one list of pages, and of more pages only what is new. A row that comes again, because others were added above
 * while pages were read, stands once, where it came first.
 */
export function pageFlattener<Row>(rowId: (row: Row) => string): (pages: readonly CursorPage<Row>[]) => FlatRows<Row> {
  let done: readonly CursorPage<Row>[] = [];
  let known = new Set<string>();
  let flat: FlatRows<Row> = { rows: [], ids: [] };

  return (pages) => {
    const continues = done.every((page, index) => page === pages[index]);
    if (continues && pages.length === done.length) return flat;
    if (!continues) known = new Set();
    const rows = continues ? [...flat.rows] : [];
    const ids = continues ? [...flat.ids] : [];
    for (const page of pages.slice(continues ? done.length : 0)) {
      for (const row of page.rows) {
        const id = rowId(row);
        if (known.has(id)) continue;
        known.add(id);
        rows.push(row);
        ids.push(id);
      }
    }
    done = pages;
    flat = { rows, ids };
    return flat;
  };
}
