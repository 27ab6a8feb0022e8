import { zodResolver } from '@hookform/resolvers/zod';
import { type ReactNode, useEffect, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { defaultIcon, ticketTypeCategories, ticketTypeLimits } from '#contract/ticket-types.ts';
import { AfterPaint } from '../../lib/after-paint.tsx';
import type { ApiError } from '../../lib/api-error.ts';
import { EmojiField } from '../../lib/emoji/emoji-field.tsx';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { fieldMessage, serverFieldMessage } from '../../lib/field-message.ts';
import { LeaveGuard } from '../../lib/leave-guard.tsx';
import type { Stored } from '../../lib/stored.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import {
  categoryHelp,
  changedKeys,
  type TicketTypeValues,
  ticketTypeLabels,
  ticketTypeValues,
  wireNames,
} from './ticket-type-form.ts';

interface TicketTypeFormProps {
  /** What is saved now. A newer one replaces it as long as nothing has been changed here. */
  saved: TicketTypeValues;
  /** What was entered here and not saved, as this device keeps it. */
  draft: Stored<TicketTypeValues>;
  submitLabel: string;
  /** Whether what is shown at first may be sent as it is: a new record, but not one that was saved like this. */
  canSubmitPristine?: boolean;
  /** Saves, and resolves to whether it did. */
  onSubmit: (values: TicketTypeValues) => Promise<boolean>;
  submitError: ApiError | null;
  onDirtyChange?: (isDirty: boolean) => void;
  /** Stands beside the error: how to go on after it. */
  errorActions?: ReactNode;
  /** Beside the primary button. */
  secondaryAction?: ReactNode;
}

/** The fields of a ticket type, for creating and for editing. */
export function TicketTypeForm({
  saved,
  draft,
  submitLabel,
  canSubmitPristine = false,
  onSubmit,
  onDirtyChange,
  submitError,
  errorActions,
  secondaryAction,
}: TicketTypeFormProps) {
  const form = useForm({ resolver: zodResolver(ticketTypeValues), defaultValues: saved });
  const { control, register, handleSubmit, reset, setError, setValue, watch, formState } = form;
  const { errors, isDirty, isSubmitting } = formState;
  const [offered, setOffered] = useState(() => {
    const kept = draft.get();
    return kept && changedKeys(kept, saved).length > 0 ? kept : undefined;
  });
  const category = watch('category');

  useEffect(() => {
    if (!isDirty) reset(saved);
  }, [saved, isDirty, reset]);

  useEffect(() => onDirtyChange?.(isDirty), [isDirty, onDirtyChange]);

  useEffect(() => {
    const { unsubscribe } = watch((_, { type }) => {
      if (type === 'change') draft.set(form.getValues());
    });
    return unsubscribe;
  }, [watch, draft, form]);

  useEffect(() => {
    const wireField = submitError?.field;
    const key = (Object.keys(wireNames) as (keyof TicketTypeValues)[]).find((each) => wireNames[each] === wireField);
    if (!submitError || !wireField || !key) return;
    setError(key, {
      type: 'server',
      message: serverFieldMessage(ticketTypeLabels[key], wireField, submitError.message),
    });
  }, [submitError, setError]);

  const submit = handleSubmit(async (values) => {
    if (!(await onSubmit(values))) return;
    draft.set(undefined);
    reset(values);
  });

  function errorOf(key: keyof TicketTypeValues) {
    const error = errors[key];
    return error?.type === 'server' ? error.message : fieldMessage(ticketTypeLabels[key], error?.message);
  }

  const isFieldError = submitError?.field != null && Object.values<string>(wireNames).includes(submitError.field);
  return (
    <form
      noValidate
      className="flex max-w-2xl flex-col gap-5"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void submit();
      }}
    >
      <LeaveGuard isDirty={isDirty && !isSubmitting} />
      {offered && (
        <Alert
          title="You have changes here that were not saved"
          actions={
            <>
              <Button
                size="sm"
                onClick={() => {
                  for (const key of changedKeys(offered, saved)) setValue(key, offered[key], { shouldDirty: true });
                  setOffered(undefined);
                }}
              >
                Restore them
              </Button>
              <Button
                size="sm"
                variant="ghost"
                onClick={() => {
                  draft.set(undefined);
                  setOffered(undefined);
                }}
              >
                Discard
              </Button>
            </>
          }
        >
          They were kept on this device.
        </Alert>
      )}
      <div className="flex flex-wrap items-start gap-4">
        <Controller
          control={control}
          name="icon"
          render={({ field }) => (
            <EmojiField
              label={ticketTypeLabels.icon}
              value={field.value}
              defaultValue={defaultIcon}
              error={errorOf('icon')}
              onChange={(icon) => {
                field.onChange(icon);
                draft.set(form.getValues());
              }}
            />
          )}
        />
        <Field label={ticketTypeLabels.name} required error={errorOf('name')} className="min-w-60 flex-1">
          <Input {...register('name')} autoComplete="off" maxLength={ticketTypeLimits.name} />
        </Field>
      </div>
      <AfterPaint>
        <Field
          label={ticketTypeLabels.description}
          error={errorOf('description')}
          help="Tells teammates, and customers where they choose, when to use this type."
        >
          <Textarea {...register('description')} rows={3} />
        </Field>
        <Field group label={ticketTypeLabels.category} error={errorOf('category')} help={categoryHelp[category]}>
          <Controller
            control={control}
            name="category"
            render={({ field }) => (
              <Segmented
                options={ticketTypeCategories.map((value) => ({ value, label: value }))}
                value={field.value}
                onChange={(value) => {
                  field.onChange(value);
                  // The API ties the two: back-office types are the internal ones.
                  setValue('isInternal', value === 'Back-office', { shouldDirty: true });
                  draft.set(form.getValues());
                }}
              />
            )}
          />
        </Field>
        <Controller
          control={control}
          name="isInternal"
          render={({ field }) => (
            <Checkbox
              label={ticketTypeLabels.isInternal}
              help="Only teammates see tickets of this type. Every back-office type is internal, and no other is."
              error={errorOf('isInternal')}
              checked={field.value}
              onBlur={field.onBlur}
              onChange={({ target }) => {
                field.onChange(target.checked);
                setValue('category', target.checked ? 'Back-office' : 'Customer', { shouldDirty: true });
                draft.set(form.getValues());
              }}
            />
          )}
        />
      </AfterPaint>
      {submitError && !isFieldError && <ErrorAlert error={submitError} actions={errorActions} />}
      <AfterPaint>
        <div className="flex flex-wrap items-center justify-end gap-2">
          {secondaryAction}
          {isDirty && !isSubmitting && (
            <Button
              variant="ghost"
              onClick={() => {
                draft.set(undefined);
                reset(saved);
              }}
            >
              Discard changes
            </Button>
          )}
          <Button
            type="submit"
            variant="primary"
            pending={isSubmitting}
            disabled={!isDirty && !canSubmitPristine && !isSubmitting}
          >
            {submitLabel}
            <span className="max-sm:hidden">
              <Kbd keys="mod+Enter" />
            </span>
          </Button>
        </div>
      </AfterPaint>
    </form>
  );
}
