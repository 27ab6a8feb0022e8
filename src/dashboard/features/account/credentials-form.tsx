import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { AccountError } from './account-error.tsx';
import { answeredMessage, credentialsValues, emailMessage, refusalText } from './account-form.ts';
import { PasswordField } from './password-field.tsx';
import { signInMutations } from './queries.ts';

interface CredentialsFormProps {
  email?: string | undefined;
  onSignedIn: () => unknown;
  /** The password was right, and a code is asked for. */
  onCode: () => void;
}

/** The first step: who one is. */
export function CredentialsForm({ email = '', onSignedIn, onCode }: CredentialsFormProps) {
  const { mutate, error, isPending, isSuccess } = useMutation({
    ...signInMutations.password(),
    onSuccess: ({ state }) => (state === 'signed_in' ? onSignedIn() : onCode()),
    onError: () => setFocus('password', { shouldSelect: true }),
  });
  const { register, handleSubmit, setFocus, formState } = useForm({
    resolver: zodResolver(credentialsValues),
    defaultValues: { email, password: '' },
  });
  const { errors } = formState;
  const isWaiting = useSecondsUntil(error?.retryAt) > 0;
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((values) => mutate(values))}>
      <Field label="E-mail" error={emailMessage(errors.email?.message) ?? answeredMessage(error, 'email', 'E-mail')}>
        <Input
          {...register('email')}
          required
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus={email === '' ? '' : undefined}
        />
      </Field>
      <PasswordField
        {...register('password')}
        autoComplete="current-password"
        data-autofocus={email === '' ? undefined : ''}
        error={fieldMessage('Password', errors.password?.message)}
        aside={
          // From over a screen it opens beside it: what was typed there stays.
          <Link
            to={paths.forgotPassword.href()}
            target={email === '' ? undefined : '_blank'}
            className="text-muted hover:text-fg"
          >
            Forgot password?
          </Link>
        }
      />
      {error && !error.field && <AccountError error={error} text={refusalText(error, 'credentials')} />}
      <Button type="submit" variant="primary" className="w-full" pending={isPending || isSuccess} disabled={isWaiting}>
        Sign in
      </Button>
    </form>
  );
}
