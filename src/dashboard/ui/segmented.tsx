import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { useFieldLabelId } from './field-control.ts';

interface SegmentedProps<Value extends string> {
  /** What is chosen. Leave out inside of a `Field group`, whose label is then taken. */
  label?: string;
  options: readonly { value: Value; label: ReactNode; disabled?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
  name?: string;
  className?: string;
}

/** A choice of one among a few, all on view. Radio buttons underneath: arrow keys move, the label names the group. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  name,
  className,
}: SegmentedProps<Value>) {
  const ownName = useId();
  const labelId = useFieldLabelId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-labelledby={label === undefined ? labelId : undefined}
      className={cx('inline-flex max-w-full flex-wrap gap-0.5 self-start rounded-md bg-hover p-0.5', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'inline-flex min-h-7 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted text-sm transition-colors',
            'hover:text-fg has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-focus',
            'has-checked:bg-raised has-checked:text-fg has-checked:ring-1 has-checked:ring-strong',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name ?? ownName}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
