import type { KeyboardEvent } from 'react';

/** Moves the focus among the tools of a toolbar by the arrow keys, Home and End; the other keys are left alone. */
export function moveInToolbar(event: KeyboardEvent<HTMLElement>): void {
  const toolbar = event.currentTarget;
  const tools: EventTarget[] = [...toolbar.querySelectorAll('[data-tool]')];
  const at = tools.indexOf(event.target);
  if (at === -1 || event.ctrlKey || event.metaKey || event.altKey) return;
  const forward = getComputedStyle(toolbar).direction === 'rtl' ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    Home: 0,
    End: tools.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const tool = tools.at(next % tools.length);
  if (tool instanceof HTMLElement) tool.focus();
}
