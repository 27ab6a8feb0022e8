import { placeBeside } from './place.ts';
import { shortcutStrokes } from './shortcut.ts';

const showAfterMs = 400;
const stayWarmMs = 500;

/**
 * Starts showing the tooltips of the page, on hover, on keyboard focus and on a tap of something that is no control;
 * Escape puts one away. Returns how to stop. Called once, by the app.
 */
export function startTooltips(): () => void {
  const bubble = document.createElement('div');
  bubble.id = 'tooltip';
  bubble.role = 'tooltip';
  bubble.popover = 'manual';
  bubble.className =
    'fixed max-w-72 rounded-md bg-fg px-2 py-1 text-canvas text-xs shadow-pop animate-pop whitespace-pre-line';

  let anchor: HTMLElement | undefined;
  let timer: number | undefined;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  const stop = new AbortController();

  function hide() {
    window.clearTimeout(timer);
    if (anchor === undefined) return;
    if (anchor.getAttribute('aria-describedby') === bubble.id) anchor.removeAttribute('aria-describedby');
    anchor = undefined;
    hiddenAt = performance.now();
    bubble.remove();
  }

  function show(target: HTMLElement) {
    hide();
    const text = target.dataset.tooltip;
    if (!text || !target.isConnected || target.getAttribute('aria-expanded') === 'true') return;
    anchor = target;
    bubble.textContent = text;
    for (const stroke of shortcutStrokes(target.dataset.tooltipKeys ?? '')) {
      if (stroke === '') continue;
      const key = document.createElement('kbd');
      key.className = 'ms-2 font-sans opacity-70';
      key.textContent = stroke;
      bubble.append(key);
    }
    // Whatever is outside a modal dialog cannot be pointed at, so the bubble goes where its anchor is.
    (target.closest('dialog') ?? document.body).append(bubble);
    bubble.showPopover();
    placeBeside(target, bubble, { side: 'top', align: 'center' });
    const says = target.getAttribute('aria-label') ?? target.textContent;
    if (says !== text && !target.hasAttribute('aria-describedby')) target.setAttribute('aria-describedby', bubble.id);
  }

  function showSoon(target: HTMLElement) {
    window.clearTimeout(timer);
    const warm = anchor !== undefined || performance.now() - hiddenAt < stayWarmMs;
    timer = window.setTimeout(() => show(target), warm ? 0 : showAfterMs);
  }

  const carrier = (event: Event) =>
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tooltip]') : null;

  const { signal } = stop;
  document.addEventListener(
    'pointerover',
    (event) => {
      if (event.pointerType === 'touch') return;
      const target = carrier(event);
      if (target !== null && target === anchor) return window.clearTimeout(timer);
      if (target !== null) return showSoon(target);
      if (event.target instanceof Node && bubble.contains(event.target)) return window.clearTimeout(timer);
      window.clearTimeout(timer);
      // A moment's grace lets the pointer cross the gap to the bubble.
      if (anchor !== undefined && !anchor.matches(':focus-visible')) timer = window.setTimeout(hide, 100);
    },
    { signal },
  );
  document.addEventListener(
    'focusin',
    (event) => {
      const target = carrier(event);
      if (target !== null && target === event.target && target.matches(':focus-visible')) show(target);
      else hide();
    },
    { signal },
  );
  document.addEventListener('focusout', hide, { signal });
  document.addEventListener(
    'click',
    (event) => {
      const target = carrier(event);
      const control = event.target instanceof Element && event.target.closest('a, button, input, label, select');
      if (target !== null && !control) show(target);
      else hide();
    },
    { signal, capture: true },
  );
  document.addEventListener(
    'keydown',
    (event) => {
      // Not held back: who presses Escape beside a tooltip means the dialog or the toast around it.
      if (event.key === 'Escape') hide();
    },
    { signal, capture: true },
  );
  window.addEventListener('scroll', hide, { signal, capture: true, passive: true });
  window.addEventListener('blur', hide, { signal });
  return () => {
    hide();
    stop.abort();
  };
}
