import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'react-router';
import { storedKey } from '../stored.ts';

interface ScrollMemory {
  /** Where the list was when this step of the history was left; 0 on a new step. */
  initialOffset: number;
  /** Notes where the list is now. */
  remember: (offset: number) => void;
}

/** Remembers how far a list called `name` is scrolled at each step of this tab's history, so that Back finds it there. */
export function useScrollMemory(name: string): ScrollMemory {
  const { key } = useLocation();
  const item = storedKey(`scroll:${name}:${key}`);
  const offset = useRef<number | null>(null);
  const initialOffset = useMemo(() => read(item), [item]);

  useEffect(() => {
    // Written once it is left: storage is too slow for every frame.
    const write = () => offset.current !== null && save(item, offset.current);
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [item]);

  const remember = useCallback((at: number) => {
    offset.current = at;
  }, []);
  return { initialOffset, remember };
}

function read(item: string): number {
  try {
    const offset = Number(sessionStorage.getItem(item));
    return offset > 0 ? offset : 0;
  } catch {
    return 0;
  }
}

function save(item: string, offset: number) {
  try {
    if (offset > 0) sessionStorage.setItem(item, String(Math.round(offset)));
    else sessionStorage.removeItem(item);
  } catch {
    // Without storage, Back begins at the top.
  }
}
