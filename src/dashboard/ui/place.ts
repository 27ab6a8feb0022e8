/** Where a floating panel goes: `side` in the direction of the page's flow, `align` along the other axis. */
export interface Placement {
  side: 'top' | 'bottom';
  align: 'start' | 'center' | 'end';
}

const gap = 4;
const margin = 8;

/**
 * Moves `panel`, which must be shown and `position: fixed`, beside `anchor`: on the wished side where it fits, on the
 * other where it fits better, never outside the window. Long panels are made to scroll.
 */
export function placeBeside(anchor: Element, panel: HTMLElement, { side, align }: Placement): void {
  panel.style.maxHeight = '';
  const box = anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const room = { top: box.top - gap - margin, bottom: clientHeight - box.bottom - gap - margin };
  const other = side === 'top' ? 'bottom' : 'top';
  const chosen = panel.offsetHeight <= room[side] || room[side] >= room[other] ? side : other;

  panel.style.maxHeight = `${Math.max(room[chosen], 96)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const toTheLeft = (align === 'start') === (getComputedStyle(anchor).direction === 'ltr');
  const edge = toTheLeft ? box.left : box.right - width;
  const left = align === 'center' ? box.left + (box.width - width) / 2 : edge;
  const top = chosen === 'bottom' ? box.bottom + gap : box.top - gap - height;
  panel.style.left = `${Math.max(margin, Math.min(left, clientWidth - width - margin))}px`;
  panel.style.top = `${Math.max(margin, Math.min(top, clientHeight - height - margin))}px`;
}
