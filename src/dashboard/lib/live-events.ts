import { useEffect, useEffectEvent } from 'react';
import { type ChangeEvent, changeEvent, watchEvents } from '#contract/gateway/events.ts';
import { useSessionPhase } from './session-watch.ts';

/** Hears which have changed; null when any may have. */
type ChangeListener = (ids: readonly string[] | null) => void;

interface Subscription {
  type: ChangeEvent['type'];
  /** Of these only; undefined for all. */
  ids: ReadonlySet<string> | undefined;
  listener: ChangeListener;
}

const firstRetryMs = 5_000;
const longestRetryMs = 300_000;

const subscriptions = new Set<Subscription>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
let hasBeenOpen = false;

/**
 * Calls `listener` when tickets were changed by anyone, of `ids` or of all, and with null when some may have been
 * without a word of it. Says nothing where the stream of changes cannot be had. Returns how to hear no more.
 */
export function onTicketsChanged(ids: readonly string[] | undefined, listener: ChangeListener): () => void {
  return subscribe({ type: 'tickets', ids: ids && new Set(ids), listener });
}

/** As `onTicketsChanged`, of all batches that the person may see. */
export function onBatchesChanged(listener: ChangeListener): () => void {
  return subscribe({ type: 'batches', ids: undefined, listener });
}

/** `onTicketsChanged` for as long as the component stands and its person is signed in. */
export function useTicketsChanged(ids: readonly string[] | undefined, listener: ChangeListener): void {
  const isSignedIn = useSessionPhase() === 'signed-in';
  const hear = useEffectEvent(listener);
  const key = ids?.join(' ');
  useEffect(() => {
    if (!isSignedIn) return undefined;
    return onTicketsChanged(key?.split(' '), (changed) => hear(changed));
  }, [isSignedIn, key]);
}

/** `onBatchesChanged` for as long as the component stands and its person is signed in. */
export function useBatchesChanged(listener: ChangeListener): void {
  const isSignedIn = useSessionPhase() === 'signed-in';
  const hear = useEffectEvent(listener);
  useEffect(() => (isSignedIn ? onBatchesChanged((changed) => hear(changed)) : undefined), [isSignedIn]);
}

function subscribe(subscription: Subscription): () => void {
  subscriptions.add(subscription);
  if (subscriptions.size === 1) {
    document.addEventListener('visibilitychange', follow);
    // What the screen shows comes first.
    setTimeout(follow);
  }
  return () => {
    subscriptions.delete(subscription);
    if (subscriptions.size > 0) return;
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}

/** One stream for the tab, and none while nobody looks at it: a browser opens six connections at once and no more. */
function follow(): void {
  if (document.hidden || subscriptions.size === 0) close();
  else if (source === undefined) open();
}

function open(): void {
  clearTimeout(retry);
  const opened = new EventSource(watchEvents.path);
  source = opened;
  opened.addEventListener('open', () => {
    failures = 0;
    if (hasBeenOpen) tellAny();
    hasBeenOpen = true;
  });
  opened.addEventListener('message', ({ data }) => {
    const event = eventOf(data);
    if (event !== undefined) tell(event);
  });
  // Another tab took its place, until this one is looked at again.
  opened.addEventListener('replaced', close);
  opened.addEventListener('error', () => {
    // The browser itself opens a stream anew that broke off, and gives one up that was refused.
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    close();
    retry = setTimeout(follow, Math.min(firstRetryMs * 2 ** failures, longestRetryMs));
    failures += 1;
  });
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

function tell({ type, ids }: ChangeEvent): void {
  for (const subscription of [...subscriptions]) {
    if (subscription.type !== type) continue;
    const concerned = subscription.ids === undefined ? ids : (ids?.filter((id) => subscription.ids?.has(id)) ?? null);
    if (concerned === null || concerned.length > 0) subscription.listener(concerned);
  }
}

function tellAny(): void {
  tell({ type: 'tickets', ids: null });
  tell({ type: 'batches', ids: null });
}

function eventOf(data: unknown): ChangeEvent | undefined {
  try {
    return changeEvent.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
