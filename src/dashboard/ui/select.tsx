import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import type { ComponentProps } from 'react';
import { cx } from './class-names.ts';
import { useFieldControl } from './field-control.ts';
import { controlClass } from './input.tsx';

interface SelectProps extends ComponentProps<'select'> {
  size?: never;
}

/** The browser's own select, in our looks and wired to the field around it. Options are its children. */
export function Select({ className, children, ...rest }: SelectProps) {
  return (
    <span className={cx('relative flex w-full items-center', className)}>
      <select {...rest} {...useFieldControl(rest)} className={cx(controlClass, 'h-8 appearance-none pe-8')}>
        {children}
      </select>
      <ChevronsUpDown aria-hidden="true" className="pointer-events-none absolute end-2.5 size-3.5 text-muted" />
    </span>
  );
}
