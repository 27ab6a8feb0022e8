import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

/** Says `text` to screen readers, politely. */
export function announce(text: string): void {
  // The same text twice is not a change to a live region; a trailing no-break space makes it one.
  message = text === message ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** What the live region holds now. */
export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => message,
  );
}
