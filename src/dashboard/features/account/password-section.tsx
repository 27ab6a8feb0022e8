import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Session } from '#contract/gateway/current-session.ts';
import { personLimits } from '#contract/gateway/people.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AccountError } from './account-error.tsx';
import { answeredMessage, passwordChangeValues, passwordHelp, refusalText } from './account-form.ts';
import { PasswordField } from './password-field.tsx';
import { accountMutations } from './queries.ts';
import { SettingsSection } from './settings-section.tsx';

const pristine = { current: '', next: '' };

/** The person's own password. */
export function PasswordSection({ person }: { person: Session['person'] }) {
  return (
    <SettingsSection
      title="Password"
      text={
        person.has_password
          ? 'Changing it ends your other sessions. This one goes on.'
          : 'You sign in without one: by single sign-on, or as an account of the demo.'
      }
    >
      {person.has_password ? (
        <PasswordForm email={person.email} />
      ) : (
        <p className="text-muted">You have no password here, so there is none to change.</p>
      )}
    </SettingsSection>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { mutateAsync, error } = useMutation(accountMutations.changePassword());
  const { register, handleSubmit, reset, setFocus, formState } = useForm({
    resolver: zodResolver(passwordChangeValues),
    defaultValues: pristine,
  });
  const { errors, isDirty, isSubmitting } = formState;

  const submit = handleSubmit(async ({ current, next }) => {
    try {
      await mutateAsync({ current_password: current, new_password: next });
    } catch {
      // Shown by the mutation's error.
      setFocus('current', { shouldSelect: true });
      return;
    }
    reset(pristine);
    toast({ title: 'Password changed', description: 'Your other sessions have ended.', tone: 'success' });
  });
  const isWrong = error?.code === 'credentials_wrong';
  const isNewRefused = error?.field === 'new_password';

  return (
    <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      {/* Tells a password manager whose passwords these are. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...register('current')}
        label="Current password"
        autoComplete="current-password"
        error={
          fieldMessage('Current password', errors.current?.message) ??
          (isWrong && !isSubmitting ? refusalText(error, 'password') : undefined)
        }
      />
      <PasswordField
        {...register('next')}
        label="New password"
        autoComplete="new-password"
        maxLength={personLimits.passwordMaximum}
        help={passwordHelp}
        error={
          fieldMessage('New password', errors.next?.message) ?? answeredMessage(error, 'new_password', 'New password')
        }
      />
      {error && !isWrong && !isNewRefused && !isSubmitting && <AccountError error={error} />}
      <Button type="submit" className="self-start" pending={isSubmitting} disabled={!isDirty && !isSubmitting}>
        Change password
      </Button>
    </form>
  );
}
