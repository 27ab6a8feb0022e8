import { type FormEvent, type ReactNode, useState } from 'react';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  /** The question: "Archive Bug report?" */
  title: ReactNode;
  /** What it touches, with numbers. */
  children?: ReactNode;
  /** The verb: "Archive". */
  confirmLabel: string;
  tone?: 'primary' | 'danger';
  /** While a promise that it returns is open, the button is pending. The owner closes the dialog. */
  onConfirm: () => unknown;
  pending?: boolean | undefined;
  error?: ReactNode;
  /** A text to be typed first; only for what nothing can bring back. */
  typeToConfirm?: string;
}

/** Asks before something is done. Cancel has the focus when the tone is danger, the verb otherwise. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <OpenConfirmDialog {...props} /> : null;
}

function OpenConfirmDialog({
  onClose,
  title,
  children,
  confirmLabel,
  tone = 'primary',
  onConfirm,
  pending,
  error,
  typeToConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const careful = tone === 'danger';

  function handleConfirm() {
    if (typeToConfirm !== undefined && typed.trim() !== typeToConfirm) return setMismatch(true);
    return onConfirm();
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      role="alertdialog"
      footer={
        <>
          <Button data-autofocus={careful && typeToConfirm === undefined ? '' : undefined} onClick={onClose}>
            Cancel
          </Button>
          <Button variant={tone} pending={pending} data-autofocus={careful ? undefined : ''} onClick={handleConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children && <div className="text-muted">{children}</div>}
        {typeToConfirm !== undefined && (
          <form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              event.stopPropagation();
              handleConfirm();
            }}
          >
            <Field
              label={`Type ${typeToConfirm} to confirm`}
              error={mismatch ? `This is not ${typeToConfirm}. Type it exactly as shown.` : undefined}
            >
              <Input
                data-autofocus=""
                autoComplete="off"
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setMismatch(false);
                }}
              />
            </Field>
          </form>
        )}
        {error && (
          <Alert tone="danger" live="alert">
            {error}
          </Alert>
        )}
      </div>
    </Dialog>
  );
}
