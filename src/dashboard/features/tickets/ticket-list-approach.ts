import { type FocusEvent, type PointerEvent, useMemo, useRef, type WheelEvent } from 'react';
import { rememberTicketList } from './ticket-list-context.ts';

const hoverMs = 60;
/** While rows pass under the pointer, none of them is meant. */
const scrolledMs = 250;

/** The ticket of the row that an event is in. */
function ticketAt(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest('tr')?.querySelector<HTMLElement>('[data-row]')?.dataset.row;
}

/** Loads the ticket page's code once, and the ticket. */
function prepare(ticketId: string): void {
  void import('./ticket-page.tsx').catch(() => {});
  void import('./queries.ts').then(
    ({ prefetchTicket }) => prefetchTicket(ticketId),
    () => {},
  );
}

/**
 * Listeners for what holds the rows: a ticket is fetched when the pointer rests on its row or the focus is on it, and
 * the list is remembered when one of its rows is opened.
 */
export function useTicketApproach({ ids, next }: { ids: readonly string[]; next: string | null }) {
  const latest = useRef({ ids, next });
  latest.current = { ids, next };
  return useMemo(() => {
    let timer: number | undefined;
    let near: string | undefined;
    let wheeledAt = Number.NEGATIVE_INFINITY;
    return {
      onWheel: ({ timeStamp }: WheelEvent) => {
        wheeledAt = timeStamp;
      },
      onPointerOver: ({ target, pointerType, timeStamp }: PointerEvent) => {
        const id = ticketAt(target);
        if (id === near || pointerType === 'touch') return;
        near = id;
        window.clearTimeout(timer);
        const isScrolling = timeStamp - wheeledAt < scrolledMs;
        if (id !== undefined) timer = window.setTimeout(() => prepare(id), isScrolling ? scrolledMs : hoverMs);
      },
      onFocus: ({ target }: FocusEvent) => {
        const id = target instanceof HTMLElement ? target.dataset.row : undefined;
        window.clearTimeout(timer);
        if (id !== undefined) timer = window.setTimeout(() => prepare(id), hoverMs);
      },
      // Before the click is answered: the page that it opens reads what was remembered.
      onClickCapture: () => {
        const { ids: read, next: goesOnAt } = latest.current;
        const href = window.location.pathname + window.location.search;
        rememberTicketList({ ids: [...read], next: goesOnAt, href });
      },
    };
  }, []);
}
