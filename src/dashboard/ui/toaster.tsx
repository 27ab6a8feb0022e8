import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { Button, IconButton } from './button.tsx';
import { useTopDialog } from './dialog-stack.ts';
import { currentToasts, dismissToast, onToastsChange, type Toast, toastDuration } from './toast-store.ts';

/**
 * Draws and announces toasts. Time stands still while the pointer or the focus is on them or the tab is hidden. F8
 * moves the focus to the newest, Escape dismisses it and gives the focus back. Drawn once, by the app.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(onToastsChange, currentToasts);
  const dialog = useTopDialog();
  const [paused, setPaused] = useState(false);
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement>(null);

  useEffect(() => {
    const handleKey = (event: globalThis.KeyboardEvent) => {
      const newest = [...(region.current?.querySelectorAll<HTMLElement>('li') ?? [])].at(-1);
      if (event.key !== 'F8' || newest === undefined) return;
      event.preventDefault();
      (newest.querySelector('button') ?? newest).focus();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);
  useEffect(() => {
    if (toasts.length === 0) setPaused(false);
  }, [toasts.length]);

  function dismiss(id: number) {
    if (region.current?.contains(document.activeElement)) cameFrom.current?.focus();
    dismissToast(id);
    // A toast that vanishes under the pointer tells nobody that the pointer left.
    setPaused(false);
  }

  // Inside of the modal dialog on top, since all outside of it can neither be pressed nor heard.
  return createPortal(
    <section
      ref={region}
      aria-label="Notifications (F8)"
      // A bar at the bottom of the page marks itself with data-bottom-bar; what is said must not cover it.
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-end [body:has([data-bottom-bar])_&]:bottom-20"
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(region.current?.contains(document.activeElement) ?? false)}
      onFocus={(event) => {
        const { relatedTarget, currentTarget } = event;
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) {
          cameFrom.current = relatedTarget;
        }
        setPaused(true);
      }}
      onBlur={() => setPaused(region.current?.matches(':hover') ?? false)}
    >
      <div role="status" className="sr-only">
        {toasts.map((one) => (
          <p key={one.id}>
            {one.title}. {one.description} {one.action && `${one.action.label}: press F8.`}
          </p>
        ))}
      </div>
      <ol className="flex w-full max-w-96 flex-col gap-2">
        {toasts.map((one) => (
          <ToastCard key={one.id} toast={one} paused={paused} onDismiss={() => dismiss(one.id)} />
        ))}
      </ol>
    </section>,
    dialog ?? document.body,
  );
}

function ToastCard({ toast, paused, onDismiss }: { toast: Toast; paused: boolean; onDismiss: () => void }) {
  const { title, description, tone = 'neutral', action } = toast;
  useCountdown(toastDuration(toast), paused, () => dismissToast(toast.id));

  function handleKey(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDismiss();
  }
  return (
    <li
      tabIndex={-1}
      onKeyDown={handleKey}
      className="pointer-events-auto flex animate-slide items-start gap-2 rounded-md bg-raised p-3 text-fg shadow-pop"
    >
      {tone === 'success' && <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />}
      {tone === 'danger' && <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />}
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {description && <p className="text-muted text-sm">{description}</p>}
      </div>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            onDismiss();
            return action.onSelect();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton size="sm" label="Dismiss" icon={<X aria-hidden="true" />} onClick={onDismiss} />
    </li>
  );
}

/** Calls `onEnd` once, after `duration` ms of not being paused and of the tab being on view. */
function useCountdown(duration: number, paused: boolean, onEnd: () => void) {
  const left = useRef(duration);
  const end = useRef(onEnd);
  const [hidden, setHidden] = useState(document.hidden);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    const update = () => setHidden(document.hidden);
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  useEffect(() => {
    if (paused || hidden || !Number.isFinite(left.current)) return;
    const started = performance.now();
    const timer = window.setTimeout(() => end.current(), left.current);
    return () => {
      window.clearTimeout(timer);
      // After a look, a toast that was about to go stays long enough to be read to its end.
      left.current = Math.max(left.current - (performance.now() - started), 1_500);
    };
  }, [paused, hidden]);
}
