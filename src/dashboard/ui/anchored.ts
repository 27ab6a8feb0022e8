import { type PointerEvent, type RefObject, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

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

/** What the panel is drawn with, by `usePanel`. */
export interface Anchored {
  id: string;
  trigger: RefObject<HTMLButtonElement | null>;
  panel: RefObject<HTMLDivElement | null>;
  onClosed: () => void;
}

/** A trigger and whether its panel is open. While it is, the panel is drawn, and shows itself. */
export function useAnchored(kind: 'dialog' | 'menu') {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const openAtPress = useRef<boolean>(false);
  const id = useId();

  // At once, so that the focus is in the panel before the next key.
  const show = () => flushSync(() => setOpen(true));

  function hide() {
    // Its code may still be on the way.
    if (panel.current === null) return setOpen(false);
    if (panel.current.contains(document.activeElement)) trigger.current?.focus();
    panel.current.hidePopover();
  }

  const triggerProps: TriggerProps = {
    ref: trigger,
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
  const anchored: Anchored = { id: `${id}panel`, trigger, panel, onClosed: () => setOpen(false) };
  return { open, show, hide, triggerProps, anchored };
}
