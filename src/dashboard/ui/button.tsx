import { type ComponentProps, type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { cx } from './class-names.ts';
import { ariaShortcut } from './shortcut.ts';
import { Spinner } from './spinner.tsx';
import { tooltip } from './tooltip.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent not-disabled:hover:bg-accent-hover',
  secondary: 'border border-line bg-surface text-fg not-disabled:hover:bg-hover',
  ghost: 'text-muted not-disabled:hover:bg-hover not-disabled:hover:text-fg',
  danger: 'bg-danger text-on-danger not-disabled:hover:bg-danger-hover',
};

const sizes: Record<ButtonSize, string> = { sm: 'h-7 px-2 text-sm', md: 'h-8 px-3 text-base' };

/** The classes of a button, for a link that should look like one. */
export function buttonClass({
  variant = 'secondary',
  size = 'md',
  iconOnly = false,
}: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  iconOnly?: boolean;
} = {}): string {
  return cx(
    'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md',
    'font-medium no-underline transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    variants[variant],
    sizes[size],
    iconOnly && 'aspect-square px-0',
  );
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'onClick'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Keeps the width, shows a spinner after 150 ms and takes no further clicks. */
  pending?: boolean | undefined;
  /** While a promise that it returns is open, the button is pending by itself. A rejection is the caller's to show. */
  onClick?: ((event: MouseEvent<HTMLButtonElement>) => unknown) | undefined;
}

/** A button that sends once: while it is pending it stays focusable and refuses further clicks. */
export function Button({ variant, size, icon, pending, onClick, className, children, type, ...rest }: ButtonProps) {
  const [waiting, guardedClick] = useSingleClick(pending === true, type === 'submit', onClick);
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={cx(buttonClass({ ...(variant && { variant }), ...(size && { size }) }), className)}
      aria-busy={waiting || undefined}
      aria-disabled={waiting || rest['aria-disabled']}
      onClick={guardedClick}
    >
      <span className={cx('inline-flex items-center gap-1.5', waiting && 'animate-yield')}>
        {icon}
        {children}
      </span>
      {waiting && <Spinner className="absolute animate-appear" />}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  icon: ReactNode;
  /** Shown in the tooltip, for example `mod+k` or `g t`. It does not bind the keys. */
  shortcut?: string | undefined;
}

/** A square button with an icon, named by its label, which is also its tooltip. */
export function IconButton({
  label,
  icon,
  shortcut,
  variant = 'ghost',
  size,
  pending,
  onClick,
  className,
  type,
  ...rest
}: IconButtonProps) {
  const [waiting, guardedClick] = useSingleClick(pending === true, type === 'submit', onClick);
  return (
    <button
      {...rest}
      {...tooltip(label, shortcut)}
      type={type ?? 'button'}
      aria-label={label}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
      aria-busy={waiting || undefined}
      aria-disabled={waiting || rest['aria-disabled']}
      className={cx(
        buttonClass({ variant, ...(size && { size }), iconOnly: true }),
        waiting && '[&>svg]:animate-yield',
        className,
      )}
      onClick={guardedClick}
    >
      {icon}
      {waiting && (
        <span className="absolute inline-flex">
          <Spinner className="animate-appear" />
        </span>
      )}
    </button>
  );
}

function useSingleClick(pending: boolean, submits: boolean, onClick: ButtonProps['onClick']) {
  const [running, setRunning] = useState(false);
  const busy = useRef(false);
  const waiting = pending || running;

  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    // The second click of a double click comes before any state could have said "pending".
    if (waiting || busy.current || (submits && event.detail > 1)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const result = onClick?.(event);
    if (!(result instanceof Promise)) return;
    busy.current = true;
    setRunning(true);
    const settle = () => {
      busy.current = false;
      setRunning(false);
    };
    result.then(settle, settle);
  }
  return [waiting, handleClick] as const;
}
