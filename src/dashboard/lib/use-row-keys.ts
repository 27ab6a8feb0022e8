import { type RefObject, useMemo } from 'react';
import { type Action, useActions } from './actions.ts';

interface RowKeys {
  /** What holds the rows. The link or button of each row carries its id in `data-row`. */
  list: RefObject<HTMLElement | null>;
  /** Left out where rows cannot be selected. */
  onToggle?: ((id: string) => void) | undefined;
  onClear?: (() => void) | undefined;
  /** Moves the focus itself: for lists of which not every row is in the document. */
  onMove?: ((step: 1 | -1) => void) | undefined;
}

/** The keys of every list: `j` and `k` move the focus from row to row, `x` selects, Enter and `e` open. */
export function useRowKeys({ list, onToggle, onClear, onMove }: RowKeys): void {
  const actions = useMemo<Action[]>(() => {
    const links = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const focused = () => links().find((link) => link.closest('tr')?.contains(document.activeElement));
    const moveShown = (step: 1 | -1) => {
      const all = links();
      const current = focused();
      const first = step === 1 ? all[0] : all.at(-1);
      const next = current ? all[all.indexOf(current) + step] : first;
      next?.focus();
    };
    const move = onMove ?? moveShown;
    const select = () => {
      const id = focused()?.dataset.row;
      if (id) onToggle?.(id);
    };
    const shared = { group: 'In a list', keysOnly: true };
    return [
      { id: 'list:next', label: 'Next row', shortcut: 'j', run: () => move(1), ...shared },
      { id: 'list:previous', label: 'Previous row', shortcut: 'k', run: () => move(-1), ...shared },
      { id: 'list:open', label: 'Open the row', shortcut: 'e', run: () => focused()?.click(), ...shared },
      ...(onToggle
        ? [{ id: 'list:select', label: 'Select or deselect the row', shortcut: 'x', run: select, ...shared }]
        : []),
      ...(onClear
        ? [{ id: 'list:clear', label: 'Clear the selection', shortcut: 'Escape', run: onClear, ...shared }]
        : []),
    ];
  }, [list, onToggle, onClear, onMove]);
  useActions(actions);
}
