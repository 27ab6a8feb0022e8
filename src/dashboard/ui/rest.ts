import { useSyncExternalStore } from 'react';

const starts = new Set<() => void>();
const listeners = new Set<() => void>();
let isDue = false;

const firstRetryMs = 5_000;

/**
 * Makes a hook of code that the page needs soon, but not for its first paint; undefined until it is there. All of it is
 * loaded together, by `loadRest`; what did not come is asked for again, ever less often.
 */
export function rest<Part>(load: () => Promise<Part>): (isWanted?: boolean) => Part | undefined {
  let part: Part | undefined;
  let isUnderWay = false;
  let wait = firstRetryMs;

  function start(): void {
    if (part !== undefined || isUnderWay) return;
    isUnderWay = true;
    load().then(
      (loaded) => {
        part = loaded;
        for (const listener of listeners) listener();
      },
      () => {
        isUnderWay = false;
        setTimeout(start, wait);
        wait *= 2;
      },
    );
  }
  function subscribe(listener: () => void): () => void {
    start();
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  starts.add(start);
  if (isDue) start();

  const current = () => part;
  // Who does not want it yet is not drawn anew when it comes.
  return (isWanted = true) => useSyncExternalStore(isWanted ? subscribe : neverChanges, current, notOnServer);
}

/** Loads the rest of the page's code. Called once, by the app, when the first screen stands. */
export function loadRest(): void {
  isDue = true;
  for (const start of starts) start();
}

const neverChanges = () => () => {};
const notOnServer = () => undefined;
