import { useSyncExternalStore } from 'react';

let open: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

/** Notes that `dialog` is shown as a modal. Returns how to take the note back. */
export function pushDialog(dialog: HTMLDialogElement): () => void {
  change([...open, dialog]);
  return () => change(open.filter((one) => one !== dialog));
}

function change(next: readonly HTMLDialogElement[]) {
  // The page behind does not scroll. Where its scroll bar took up room, the room is kept. A rule with `:has(dialog:modal)`
  // would do the same, and be looked at anew for every element that comes or goes.
  const root = document.documentElement;
  if (open.length === 0) root.style.scrollbarGutter = window.innerWidth > root.clientWidth ? 'stable' : '';
  root.style.overflow = next.length > 0 ? 'hidden' : '';
  if (next.length === 0) root.style.scrollbarGutter = '';
  open = next;
  for (const listener of listeners) listener();
}

/** The modal dialog on top, if any: all outside of it is inert, so what must stay usable has to be drawn inside. */
export function useTopDialog(): HTMLDialogElement | undefined {
  return useSyncExternalStore(subscribe, () => open.at(-1));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
