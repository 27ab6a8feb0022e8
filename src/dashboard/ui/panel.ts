import { type RefObject, useEffect, useEffectEvent, useLayoutEffect } from 'react';
import type { Anchored } from './anchored.ts';
import { type Placement, placeBeside } from './place.ts';

interface PanelProps {
  ref: RefObject<HTMLDivElement | null>;
  id: string;
  popover: 'auto';
}

/** The look of everything that floats. */
export const panelClass =
  'fixed animate-pop rounded-md bg-raised text-start font-normal text-base text-fg shadow-pop outline-none';

/**
 * Shows a panel for as long as it is drawn, on the browser's own popover and beside its trigger: on top of all else,
 * closed by Escape and by a press outside, also inside of a modal dialog. `onShow` runs once it is placed; the place for
 * moving the focus.
 */
export function usePanel(
  { id, trigger, panel: ref, onClosed }: Anchored,
  { side, align }: Placement,
  onShow: (panel: HTMLElement) => void,
): PanelProps {
  const shown = useEffectEvent(onShow);
  const closed = useEffectEvent(onClosed);
  const place = useEffectEvent((panel: HTMLElement) => {
    if (trigger.current) placeBeside(trigger.current, panel, { side, align });
  });

  useLayoutEffect(() => {
    const panel = ref.current;
    if (panel === null) return;
    panel.showPopover();
    place(panel);
    shown(panel);
  }, [ref]);

  useEffect(() => {
    const panel = ref.current;
    if (panel === null) return;
    const moved = () => place(panel);
    const toggled = (event: ToggleEvent) => {
      if (event.target === panel && event.newState === 'closed') closed();
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    panel.addEventListener('toggle', toggled, { signal });
    window.addEventListener('resize', moved, { signal });
    window.addEventListener('scroll', (event) => !panel.contains(event.target as Node) && moved(), {
      signal,
      capture: true,
      passive: true,
    });
    const grown = new ResizeObserver(moved);
    grown.observe(panel);
    return () => {
      listeners.abort();
      grown.disconnect();
    };
  }, [ref]);

  return { ref, id, popover: 'auto' };
}
