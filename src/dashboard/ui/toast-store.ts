export interface ToastOptions {
  /** What happened: "Bug report archived". */
  title: string;
  description?: string | undefined;
  tone?: 'neutral' | 'success' | 'danger';
  action?: { label: string; onSelect: () => unknown } | undefined;
  /** Milliseconds on screen. By default 6,000; 12,000 with an action; a danger stays until it is dismissed. */
  duration?: number;
}

export interface Toast extends ToastOptions {
  id: number;
}

const most = 4;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Shows a message in the corner and announces it, without moving the focus. Returns how to dismiss it. */
export function toast(options: ToastOptions): () => void {
  lastId += 1;
  const id = lastId;
  change([...toasts, { ...options, id }].slice(-most));
  return () => dismissToast(id);
}

/** Takes a toast away; does nothing when it is gone already. */
export function dismissToast(id: number): void {
  change(toasts.filter((one) => one.id !== id));
}

/** How long a toast stays, in milliseconds; infinite for one that waits to be dismissed. */
export function toastDuration({ duration, tone, action }: ToastOptions): number {
  if (duration !== undefined) return duration;
  if (tone === 'danger') return Number.POSITIVE_INFINITY;
  return action ? 12_000 : 6_000;
}

/** The toasts on screen, oldest first. The same array until something changes. */
export function currentToasts(): readonly Toast[] {
  return toasts;
}

/** Calls `listener` after each change. Returns how to stop. */
export function onToastsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}
