import { createContext, type ReactNode, use, useId } from 'react';
import { cx } from './class-names.ts';

interface FieldContext {
  id: string | undefined;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const Context = createContext<FieldContext | undefined>(undefined);

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
      <Context
        value={{
          id: group ? undefined : id,
          labelId,
          describedBy: group ? undefined : describedBy,
          invalid: Boolean(error),
          required: Boolean(required) && !group,
        }}
      >
        {children}
      </Context>
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

interface ControlAttributes {
  id?: string | undefined;
  required?: boolean | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined;
}

/** The attributes a control takes from the field around it; its own win. Empty outside of a field. */
export function useFieldControl(own: ControlAttributes = {}) {
  const field = use(Context);
  const describedBy = [own['aria-describedby'], field?.describedBy].filter(Boolean).join(' ');
  return {
    id: own.id ?? field?.id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field?.invalid || undefined),
    'aria-required': own.required ?? (field?.required || undefined),
  };
}

/** The id of the surrounding field's label, for controls that take `aria-labelledby`. */
export function useFieldLabelId(): string | undefined {
  return use(Context)?.labelId;
}
