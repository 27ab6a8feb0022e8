import { useState, useSyncExternalStore } from 'react';

/** The handle of a route whose screen the server draws, for a browser that has no script yet. */
export const drawnByServer = { isDrawnByServer: true };

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
