import { useState, useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/** Whether the server has drawn this component, and the browser only took it over. */
export function useDrawnByServer(): boolean {
  const isTakenOver = useSyncExternalStore(
    neverChanges,
    () => false,
    () => true,
  );
  // Only the first drawing tells; after it, the store speaks for the browser.
  return useState(isTakenOver)[0];
}
