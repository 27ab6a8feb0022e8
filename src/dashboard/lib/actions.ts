import { useEffect, useSyncExternalStore } from 'react';

/** Something a person can do here: offered in the palette, listed in the shortcuts sheet, run by its keys. */
export interface Action {
  id: string;
  label: string;
  /** The heading it stands under in the palette and the sheet. */
  group: string;
  /** Keys as `c`, `Enter`, `mod+k`, or one after the other as `g t`. */
  shortcut?: string;
  /** Further words by which the palette finds it. */
  keywords?: string;
  /** Keys only: of no use in the palette, such as moving in a list. */
  keysOnly?: boolean;
  run: () => void;
}

let sources: readonly (readonly Action[])[] = [];
let all: readonly Action[] = [];
const listeners = new Set<() => void>();

function change(next: typeof sources): void {
  sources = next;
  all = sources.toReversed().flat();
  for (const listener of listeners) listener();
}

/** Offers `actions` as long as the component stands. Keep the array stable (useMemo): a new one is registered anew. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    change([...sources, actions]);
    return () => change(sources.filter((source) => source !== actions));
  }, [actions]);
}

/** Every action on offer now. */
export const currentActions = () => all;

/** `currentActions`, kept up to date: those of the screen before those of the shell. */
export function useAllActions(): readonly Action[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentActions);
}
