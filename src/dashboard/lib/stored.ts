import { useSyncExternalStore } from 'react';
import type * as z from 'zod/mini';

const prefix = 'deskbell:';
const listeners = new Set<() => void>();

/** A value kept on this device. */
export interface Stored<Value> {
  get: () => Value | undefined;
  set: (value: Value | undefined) => void;
}

/**
 * A value kept on this device under `name`, read by `schema`; what it cannot read is undefined.
 * Storage that is full or switched off is not an error: the value is then simply not kept.
 */
export function stored<Value>(name: string, schema: z.ZodMiniType<Value>): Stored<Value> {
  const key = prefix + name;
  let text: string | null = null;
  let value: Value | undefined;

  function get(): Value | undefined {
    const current = readItem(key);
    if (current !== text) {
      text = current;
      value = current === null ? undefined : schema.safeParse(parseJson(current)).data;
    }
    return value;
  }
  function set(next: Value | undefined): void {
    writeItem(key, next === undefined ? null : JSON.stringify(next));
    for (const listener of listeners) listener();
  }
  return { get, set };
}

/** The storage's name of what is kept under `name`. */
export function storedKey(name: string): string {
  return prefix + name;
}

/** How many values are kept under names that begin with `start`. */
export function countStored(start: string): number {
  return keysIn(() => localStorage).filter((key) => key.startsWith(prefix + start)).length;
}

/** Removes everything that is kept on this device, for this tab and for all of them. */
export function clearStored(): void {
  for (const storage of [() => localStorage, () => sessionStorage]) {
    for (const key of keysIn(storage)) storage().removeItem(key);
  }
  for (const listener of listeners) listener();
}

/** The keys that are Deskbell's. */
function keysIn(storage: () => Storage): string[] {
  try {
    return Object.keys(storage()).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** The current value of `item`, kept up to date across components and tabs. */
export function useStored<Value>(item: Stored<Value>): Value | undefined {
  return useSyncExternalStore(subscribe, item.get, nothingStored);
}

/** The server has nothing of this device. */
const nothingStored = () => undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeItem(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Private windows and full disks: Deskbell works on without remembering.
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
