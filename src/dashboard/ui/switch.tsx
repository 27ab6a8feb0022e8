import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

interface SwitchProps extends Omit<ComponentProps<'input'>, 'type' | 'size'> {
  label: ReactNode;
  help?: ReactNode;
}

/** A checkbox that acts at once, drawn as a switch. For a choice that waits for Save, use a checkbox. */
export function Switch({ label, help, className, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <label className={cx('flex min-h-6 items-start justify-between gap-4', className)}>
      <span>
        {label}
        {help && (
          <span id={id} className="block text-muted text-sm">
            {help}
          </span>
        )}
      </span>
      <span className="relative inline-flex h-6 shrink-0 items-center">
        <input
          {...rest}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
          role="switch"
          aria-describedby={help ? id : rest['aria-describedby']}
          className={cx(
            'peer h-5 w-9 appearance-none rounded-full border border-strong bg-hover transition-colors',
            'checked:border-accent checked:bg-accent disabled:opacity-50 forced-colors:appearance-auto',
          )}
        />
        <span
          aria-hidden="true"
          className={cx(
            'pointer-events-none absolute start-1 size-3 rounded-full bg-strong transition-transform',
            'peer-checked:translate-x-4 peer-checked:bg-on-accent rtl:peer-checked:-translate-x-4 forced-colors:hidden',
          )}
        />
      </span>
    </label>
  );
}
