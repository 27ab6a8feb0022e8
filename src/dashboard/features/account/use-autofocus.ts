import { useEffect } from 'react';

/** Puts the focus on the control with `data-autofocus`, once; on a touch screen not, where a keyboard would slide in. */
export function useAutofocus(): void {
  useEffect(() => {
    if (window.matchMedia('(pointer: coarse)').matches) return;
    document.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
  }, []);
}
