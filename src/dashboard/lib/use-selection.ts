import { useCallback, useMemo, useRef, useState } from 'react';

/** Which rows of a list are selected. Only rows that are shown count, so a narrower filter selects nothing unseen. */
export function useSelection(shownIds: readonly string[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const shown = useRef(shownIds);
  shown.current = shownIds;
  const lastToggled = useRef<string | null>(null);

  /** Turns one row on or off; with `isRange` all rows from the last one that was toggled. */
  const toggle = useCallback((id: string, isRange = false) => {
    const anchor = isRange && lastToggled.current !== null ? shown.current.indexOf(lastToggled.current) : -1;
    const at = shown.current.indexOf(id);
    const range = anchor === -1 ? [id] : shown.current.slice(Math.min(anchor, at), Math.max(anchor, at) + 1);
    lastToggled.current = id;
    setIds((current) => {
      const next = new Set(current);
      for (const each of range) {
        if (current.has(id)) next.delete(each);
        else next.add(each);
      }
      return next;
    });
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  const selectAll = useCallback(() => setIds(new Set(shown.current)), []);

  const selectedIds = useMemo(() => (ids.size === 0 ? [] : shownIds.filter((id) => ids.has(id))), [shownIds, ids]);
  return { selectedIds, isSelected: (id: string) => ids.has(id), toggle, clear, selectAll };
}
