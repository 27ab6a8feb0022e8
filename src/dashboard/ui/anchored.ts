import { type PointerEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Placement, placeBeside } from './place.ts';

/** What a trigger has to spread on a button, so that it opens, closes, names and gets back the focus. */
export interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>;
  id: string;
  'aria-haspopup': 'dialog' | 'menu';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onClick: () => void;
  onPointerDown: (event: PointerEvent) => void;
}

/** The panel: its content is there only while it is open. */
interface PanelProps {
  ref: RefObject<HTMLDivElement | null>;
  id: string;
  popover: 'auto';
}

/**
 * A panel on the browser's own popover, kept beside its trigger: on top of all else, closed by Escape and by a press
 * outside, also inside of a modal dialog. `onShow` runs once it is placed; the place for moving the focus.
 */
export function useAnchored(kind: 'dialog' | 'menu', placement: Placement, onShow?: (panel: HTMLElement) => void) {
  const [open, setOpen] = useState(false);
  const triggerRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const openAtPress = useRef<boolean>(false);
  const id = useId();

  function show() {
    flushSync(() => setOpen(true));
    const panel = panelRef.current;
    if (panel === null || triggerRef.current === null) return;
    panel.showPopover();
    placeBeside(triggerRef.current, panel, placement);
    onShow?.(panel);
  }

  function hide() {
    const panel = panelRef.current;
    if (panel?.contains(document.activeElement)) triggerRef.current?.focus();
    panel?.hidePopover();
  }

  const { side, align } = placement;
  useEffect(() => {
    const panel = panelRef.current;
    if (!open || panel === null) return;
    const moved = () => triggerRef.current && placeBeside(triggerRef.current, panel, { side, align });
    const toggled = (event: ToggleEvent) => {
      if (event.target === panel && event.newState === 'closed') setOpen(false);
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
  }, [open, side, align]);

  const triggerProps: TriggerProps = {
    ref: triggerRef,
    id: `${id}trigger`,
    'aria-haspopup': kind,
    'aria-expanded': open,
    'aria-controls': open ? `${id}panel` : undefined,
    onPointerDown: () => {
      openAtPress.current = open;
    },
    // A press on the trigger has closed the panel already, as a press outside; its click must not open it again.
    onClick: () => {
      const wasOpen = openAtPress.current || open;
      openAtPress.current = false;
      if (wasOpen) hide();
      else show();
    },
  };
  const panelProps: PanelProps = { ref: panelRef, id: `${id}panel`, popover: 'auto' };
  return { open, show, hide, triggerProps, panelProps };
}
