import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names.ts';
import { useFieldControl } from './field-control.ts';

/** The look that every control one types or chooses in shares. */
export const controlClass = cx(
  'w-full min-w-0 rounded-md border border-strong bg-surface px-2.5 text-base text-fg transition-colors',
  'focus-visible:border-focus focus-visible:outline-offset-0 disabled:bg-hover disabled:text-muted',
  'read-only:bg-canvas aria-invalid:border-danger',
);

interface InputProps extends ComponentProps<'input'> {
  /** Drawn inside, before the text. */
  icon?: ReactNode;
  /** Drawn inside, after the text: a shortcut, a unit, a clear button. */
  trailing?: ReactNode;
}

/** A one-line text input, wired to the field around it. */
export function Input({ icon, trailing, className, type = 'text', ...rest }: InputProps) {
  const input = (
    <input
      {...rest}
      {...useFieldControl(rest)}
      type={type}
      className={cx(controlClass, 'h-8', icon && 'ps-8', trailing && 'pe-10', className)}
    />
  );
  if (!icon && !trailing) return input;
  return (
    <span className="relative flex w-full items-center">
      {icon && (
        <span aria-hidden="true" className="pointer-events-none absolute start-2.5 text-faint [&_svg]:size-4">
          {icon}
        </span>
      )}
      {input}
      {trailing && <span className="absolute end-1.5 flex items-center">{trailing}</span>}
    </span>
  );
}
