import { useEffect, useMemo } from 'react';
import * as z from 'zod/mini';
import { countStored, type Stored, stored } from './stored.ts';

const maximumAge = 30 * 24 * 3600 * 1000;

const draftStart = 'draft:';

const entry = z.object({ at: z.number(), value: z.unknown() });

/**
 * What a person has entered but not saved, kept on this device under `name` for thirty days. `get` gives undefined
 * for a draft that is older, or that `schema` no longer reads.
 */
export function useDraft<Value>(name: string, schema: z.ZodMiniType<Value>): Stored<Value> {
  return useMemo(() => {
    const item = stored(draftStart + name, entry);
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

/** How many drafts this device keeps. */
export function countDrafts(): number {
  return countStored(draftStart);
}

let isLeaving = false;

/** Loads `address` in place of this page, or this page anew, without asking about what is not saved. */
export function leaveFor(address: string | undefined): void {
  isLeaving = true;
  if (address === undefined) window.location.reload();
  else window.location.replace(address);
}

/** Asks before the tab is closed or reloaded for as long as `isDirty`. */
export function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => isLeaving || event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
}
