import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'size'> {
  label: string;
  help?: ReactNode;
  error?: ReactNode;
  /** For rows of a list: the label is only heard. */
  hideLabel?: boolean;
  /** Some but not all of what it stands for is chosen. */
  indeterminate?: boolean;
}

/** A checkbox with its label; the whole label is the target, at least 24 px high. */
export function Checkbox({ label, help, error, hideLabel, indeterminate = false, className, ...rest }: CheckboxProps) {
  const id = useId();
  const describedBy = [rest['aria-describedby'], error && `${id}error`, help && `${id}help`].filter(Boolean).join(' ');
  const labelled = (
    <label className={cx('flex min-h-6 items-start gap-2', hideLabel && cx('w-6 justify-center', className))}>
      <input
        {...rest}
        type="checkbox"
        ref={(node) => {
          if (node) node.indeterminate = indeterminate;
          if (typeof rest.ref === 'function') return rest.ref(node);
          if (rest.ref) rest.ref.current = node;
        }}
        aria-label={hideLabel ? label : undefined}
        aria-describedby={describedBy || undefined}
        aria-invalid={error ? true : rest['aria-invalid']}
        className={cx(
          'tick my-1 size-4 shrink-0 appearance-none rounded-[0.25rem] border border-strong bg-surface',
          // A list has one in each row, and scrolls.
          !hideLabel && 'transition-colors',
          'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent',
          'disabled:opacity-50 aria-invalid:border-danger forced-colors:appearance-auto',
        )}
      />
      {!hideLabel && <span className="py-0.5">{label}</span>}
    </label>
  );
  if (hideLabel) return labelled;
  return (
    <div className={cx('flex flex-col', className)}>
      {labelled}
      {help && (
        <p id={`${id}help`} className="ms-6 text-muted text-sm">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}error`} className="ms-6 text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
