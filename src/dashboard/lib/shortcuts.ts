import * as z from 'zod/mini';
import { currentActions } from './actions.ts';
import { stored } from './stored.ts';

/** Whether single keys act. Chords with mod always do. */
export const shortcutsEnabled = stored('shortcuts', z.boolean());

const sequenceTimeout = 1_500;

/** Runs actions by their keys until the returned function is called. Keys typed into a field are left alone. */
export function listenForShortcuts(target: Window): () => void {
  let pending = '';
  let pendingSince = 0;

  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
    const chord = event.ctrlKey || event.metaKey;
    if (!chord && (shortcutsEnabled.get() === false || isTyping(event.target) || isModal() || isInPanel(event.target)))
      return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const stroke = chord ? `mod+${key}` : key;
    const isSequence = pending !== '' && event.timeStamp - pendingSince < sequenceTimeout;
    const typed = isSequence ? `${pending} ${stroke}` : stroke;
    // The newest wins: what a screen offers goes before what the shell offers.
    const action = currentActions().find(({ shortcut }) => shortcut === typed);
    if (action) {
      if (isActivation(event)) return;
      event.preventDefault();
      pending = '';
      action.run();
      return;
    }
    const begins = currentActions().some(({ shortcut }) => shortcut?.startsWith(`${stroke} `));
    pending = !chord && begins ? stroke : '';
    pendingSince = event.timeStamp;
  }
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

/** A dialog is open: only its own keys count. */
function isModal(): boolean {
  return document.querySelector('dialog[open]:modal, [role="dialog"][aria-modal="true"]') !== null;
}

/** In an open popover, single keys and Escape are for it, not for the page behind. */
function isInPanel(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(':popover-open') !== null;
}

/** Enter and Space on a control press that control. */
function isActivation(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return event.target instanceof Element && event.target.closest('a, button, summary, [role="button"]') !== null;
}
