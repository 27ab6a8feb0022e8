import { hashKey, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { ApiError } from './api-error.ts';
import { leaveFor } from './draft.ts';
import { paths } from './paths.ts';
import { sessionQueries } from './session.ts';
import { clearStored, stored, storedKey } from './stored.ts';

/** Whose things this browser keeps. Other tabs follow it: gone means signed out, another one means to load anew. */
const keptFor = stored('person', z.string());

/**
 * `ended`: the person has to sign in again to go on. `declined`: they were asked to, and closed the question. `left`:
 * this page is on its way out.
 */
type Phase = 'unknown' | 'signed-in' | 'ended' | 'declined' | 'left';

let phase: Phase = 'unknown';
let shownFor: string | undefined;
const listeners = new Set<() => void>();

function enter(next: Phase): void {
  phase = next;
  for (const listener of listeners) listener();
}

/** Whether the session still holds, of the person whose screens are on view. */
export function useSessionPhase(): Phase {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => phase,
    () => 'unknown',
  );
}

/** Opens or closes the question to sign in again. */
export function askToSignIn(isAsked: boolean): void {
  enter(isAsked ? 'ended' : 'declined');
}

/**
 * Keeps watch over what `client` is answered, for as long as the page stands: whose session it is, and that it still
 * holds. `onSignedOut` is called when nobody is signed in and nobody was.
 */
export function watchSession(client: QueryClient, onSignedOut: () => void): void {
  const current = sessionQueries.current();
  const currentHash = hashKey(current.queryKey);

  function refused(error: unknown, isSession: boolean): void {
    if (!(error instanceof ApiError) || error.code !== 'not_signed_in') return;
    if (phase === 'unknown' && isSession) onSignedOut();
    else if (phase === 'declined' || (phase === 'signed-in' && isSession)) enter('ended');
    // The refusal may be older than a sign-in in another tab, so the session itself is asked.
    else if (phase === 'signed-in') void client.prefetchQuery({ ...current, staleTime: 0 });
  }

  function adopt(personId: string): void {
    if (keptFor.get() !== personId) {
      clearStored();
      keptFor.set(personId);
    }
    if (shownFor !== undefined && shownFor !== personId) {
      phase = 'left';
      leaveFor(undefined);
      return;
    }
    shownFor = personId;
    const isBack = phase === 'ended' || phase === 'declined';
    enter('signed-in');
    if (isBack) void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  }

  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { queryHash } = event.query;
    if (event.action.type === 'error') refused(event.action.error, queryHash === currentHash);
    if (event.action.type !== 'success' || queryHash !== currentHash) return;
    const session = client.getQueryData(current.queryKey);
    if (session) adopt(session.person.id);
  });
  client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') refused(event.action.error, false);
  });

  window.addEventListener('storage', ({ key }) => {
    if (key === null || key === storedKey('person')) follow();
  });
  // A page that the browser has kept as it was may be another person's by now.
  window.addEventListener('pageshow', ({ persisted }) => persisted && follow());
}

/** Does what another tab did: signs out, or shows another person's screens. */
function follow(): void {
  const personId = keptFor.get();
  if (phase === 'left' || shownFor === undefined || personId === shownFor) return;
  if (!personId) forgetPerson();
  else leaveFor(undefined);
}

/** Drops all that this browser keeps of the person, in this tab and by that in the others, and leads to the sign-in. */
export function forgetPerson(): void {
  phase = 'left';
  clearStored();
  // The answer to a sign-out may have emptied the storage already: a change is what the other tabs hear of.
  keptFor.set('');
  keptFor.set(undefined);
  leaveFor(paths.signIn.href());
}

/** Whether this browser keeps things of someone who may still be signed in. */
export function isSomeoneKnown(): boolean {
  return keptFor.get() !== undefined;
}
