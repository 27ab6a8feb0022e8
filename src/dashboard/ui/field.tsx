import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { FieldContext } from './field-control.ts';

interface FieldProps {
  label: ReactNode;
  children: ReactNode;
  help?: ReactNode;
  /** What is wrong and what to do next. Marks the control invalid. */
  error?: ReactNode;
  required?: boolean | undefined;
  /** For several controls under one label (radio buttons, a list of inputs): a named group in place of a label. */
  group?: boolean;
  /** At the end of the label's line: a counter, a link. */
  aside?: ReactNode;
  hideLabel?: boolean;
  className?: string;
}

/** Label, control, help and error, wired together. Any control that calls `useFieldControl` is wired by being inside. */
export function Field({ label, children, help, error, required, group, aside, hideLabel, className }: FieldProps) {
  const id = useId();
  const [labelId, helpId, errorId] = [`${id}label`, `${id}help`, `${id}error`];
  const describedBy = [error && errorId, help && helpId].filter(Boolean).join(' ') || undefined;
  const text = (
    <>
      {label}
      {required && (
        <span className="ms-0.5 text-danger" aria-hidden="true">
          *
        </span>
      )}
    </>
  );
  const labelClass = cx('font-medium', hideLabel && 'sr-only');
  const body = (
    <>
      <div className={cx('flex items-baseline justify-between gap-2', hideLabel && !aside && 'contents')}>
        {group ? (
          <span id={labelId} className={labelClass}>
            {text}
          </span>
        ) : (
          <label id={labelId} htmlFor={id} className={labelClass}>
            {text}
          </label>
        )}
        {aside && <span className="text-muted text-sm tabular-nums">{aside}</span>}
      </div>
      <FieldContext
        value={{
          id: group ? undefined : id,
          labelId,
          describedBy: group ? undefined : describedBy,
          invalid: Boolean(error),
          required: Boolean(required) && !group,
        }}
      >
        {children}
      </FieldContext>
      {error && (
        <p id={errorId} className="text-danger text-sm">
          {error}
        </p>
      )}
      {help && (
        <p id={helpId} className="text-muted text-sm">
          {help}
        </p>
      )}
    </>
  );
  const frame = cx('flex min-w-0 flex-col gap-1', className);
  return group ? (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot share a line with a counter
    <div role="group" aria-labelledby={labelId} aria-describedby={describedBy} className={frame}>
      {body}
    </div>
  ) : (
    <div className={frame}>{body}</div>
  );
}
