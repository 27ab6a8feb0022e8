import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import type { ApiError } from '../../lib/api-error.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button, type ButtonVariant } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AccountError } from './account-error.tsx';
import { passwordValues, refusalText } from './account-form.ts';
import { PasswordField } from './password-field.tsx';

interface PasswordQuestionProps {
  title: string;
  description: string;
  submitLabel: string;
  variant?: ButtonVariant;
  onSubmit: (password: string) => void;
  pending: boolean;
  error: ApiError | null;
  onClose: () => void;
}

/** Asks for the password once more, before what only the person themselves may do. */
export function PasswordQuestion({
  title,
  description,
  submitLabel,
  variant = 'primary',
  onSubmit,
  pending,
  error,
  onClose,
}: PasswordQuestionProps) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(passwordValues),
    defaultValues: { password: '' },
  });
  const isWrong = error?.code === 'credentials_wrong';
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="password-question" variant={variant} pending={pending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id="password-question"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={handleSubmit(({ password }) => onSubmit(password))}
      >
        <PasswordField
          {...register('password')}
          label="Your password"
          autoComplete="current-password"
          data-autofocus=""
          error={
            fieldMessage('Your password', formState.errors.password?.message) ??
            (isWrong ? refusalText(error, 'password') : undefined)
          }
        />
        {error && !isWrong && <AccountError error={error} />}
      </form>
    </Dialog>
  );
}
