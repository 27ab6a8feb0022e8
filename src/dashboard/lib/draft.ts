import { useEffect, useMemo } from 'react';
import * as z from 'zod/mini';
import { type Stored, stored } from './stored.ts';

const maximumAge = 30 * 24 * 3600 * 1000;

const entry = z.object({ at: z.number(), value: z.unknown() });

/**
 * What a person has entered but not saved, kept on this device under `name` for thirty days. `get` gives undefined
 * for a draft that is older, or that `schema` no longer reads.
 */
export function useDraft<Value>(name: string, schema: z.ZodMiniType<Value>): Stored<Value> {
  return useMemo(() => {
    const item = stored(`draft:${name}`, entry);
    return {
      get: () => {
        const kept = item.get();
        const isFresh = kept !== undefined && Date.now() - kept.at < maximumAge;
        return isFresh ? schema.safeParse(kept.value).data : undefined;
      },
      set: (value) => item.set(value === undefined ? undefined : { at: Date.now(), value }),
    };
  }, [name, schema]);
}

/** Asks before the tab is closed or reloaded for as long as `isDirty`. */
export function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
}
