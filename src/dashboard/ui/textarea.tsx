import type { ComponentProps } from 'react';
import { cx } from './class-names.ts';
import { useFieldControl } from './field-control.ts';
import { controlClass } from './input.tsx';

/** A text area that grows with its text, from `rows` up to half of the window. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    // Where `field-sizing` is missing, a twin of the text in the same grid cell would be needed; such browsers scroll.
    <textarea
      {...rest}
      {...useFieldControl(rest)}
      rows={rows}
      className={cx(controlClass, 'field-sizing-content max-h-[50dvh] resize-y py-1.5', className)}
      style={{ minHeight: `${rows * 1.25 + 0.875}rem`, ...rest.style }}
    />
  );
}
