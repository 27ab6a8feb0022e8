import X from 'lucide-react/icons/x';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './button.tsx';
import { cx } from './class-names.ts';
import { pushDialog } from './dialog-stack.ts';

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' };

interface DialogProps {
  open: boolean;
  /** Called for Escape, the close button and a press outside. The owner sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  size?: keyof typeof widths;
  role?: 'dialog' | 'alertdialog';
}

/**
 * A modal dialog on the browser's own `<dialog>`, which keeps the focus inside and gives it back on close. The element
 * with `data-autofocus` gets the focus, else the first control.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ onClose, title, description, children, footer, size = 'sm', role }: Omit<DialogProps, 'open'>) {
  const id = useId();
  const ref = useModal(onClose);
  // At the end of the body, so that a form in the dialog is never inside another form.
  return createPortal(
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={`${id}title`}
      aria-describedby={description ? `${id}description` : undefined}
      className={cx(
        'm-auto max-h-[min(calc(100dvh-2rem),44rem)] w-[calc(100%-2rem)] animate-fade flex-col overflow-hidden rounded-md',
        'bg-raised p-0 text-fg shadow-pop open:flex',
        widths[size],
      )}
    >
      <header className="flex items-start justify-between gap-4 ps-5 pe-3 pt-4">
        <div className="flex min-w-0 flex-col gap-1">
          <h2 id={`${id}title`} className="font-semibold text-lg">
            {title}
          </h2>
          {description && (
            <p id={`${id}description`} className="text-muted">
              {description}
            </p>
          )}
        </div>
        <IconButton label="Close" icon={<X aria-hidden="true" />} size="sm" onClick={onClose} />
      </header>
      <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
      {footer && <footer className="flex flex-wrap justify-end gap-2 px-5 pb-4">{footer}</footer>}
    </dialog>,
    document.body,
  );
}

/** Shows the `<dialog>` that gets the returned ref as a modal for as long as it is mounted. */
export function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    let pressedOutside = false;
    const isOutside = (event: Event) => event.target === dialog;
    // The owner decides whether it closes, so the browser's own closing is held back.
    const ask = (event: Event | SyntheticEvent) => {
      event.preventDefault();
      close.current();
    };
    dialog.addEventListener('cancel', (event) => event.target === dialog && ask(event), { signal });
    // The event comes late: by then the dialog may have been shown again.
    dialog.addEventListener('close', () => dialog.open || close.current(), { signal });
    dialog.addEventListener('pointerdown', (event) => (pressedOutside = isOutside(event)), { signal });
    dialog.addEventListener('click', (event) => pressedOutside && isOutside(event) && ask(event), { signal });

    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    const forget = pushDialog(dialog);
    return () => {
      listeners.abort();
      forget();
      dialog.close();
    };
  }, []);
  return ref;
}
