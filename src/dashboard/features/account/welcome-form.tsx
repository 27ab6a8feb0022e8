import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { personLimits } from '#contract/gateway/people.ts';
import type { Link } from '#contract/gateway/session.ts';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { leaveFor } from '../../lib/draft.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { AccountError } from './account-error.tsx';
import { answeredMessage, emailMessage, linkValues, passwordHelp } from './account-form.ts';
import { CodeForm } from './code-form.tsx';
import { OutsideFrame } from './outside-frame.tsx';
import { PasswordField } from './password-field.tsx';
import { signInMutations } from './queries.ts';
import { useAutofocus } from './use-autofocus.ts';

const words = {
  set_up: {
    title: 'Set up Deskbell',
    lead: 'You become the first owner. Owners invite everyone else and say what they may do.',
    submit: 'Create my account',
  },
  invitation: {
    title: 'Welcome to Deskbell',
    lead: 'You were invited. Choose a password, and you are in.',
    submit: 'Accept the invitation',
  },
  password_reset: {
    title: 'Choose a new password',
    lead: 'All your sessions end with it, wherever you are signed in.',
    submit: 'Set the password',
  },
};

const goHome = () => leaveFor(paths.home.href());

interface WelcomeFormProps {
  link: Link;
  token: string;
  /** Someone else has used the link, or its time is over. */
  onGone: () => void;
}

/** What a link asks of the person who follows it. */
export function WelcomeForm({ link, token, onGone }: WelcomeFormProps) {
  const { kind, name, email } = link;
  const [asksCode, setAsksCode] = useState(false);
  const { mutate, error, isPending, isSuccess } = useMutation({
    ...signInMutations.followLink(),
    onSuccess: ({ state }) => (state === 'signed_in' ? goHome() : setAsksCode(true)),
    onError: ({ status }) => status === 404 && onGone(),
  });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(linkValues[kind]),
    defaultValues: { name: name ?? '', email: email ?? '', password: '' },
  });
  const { errors } = formState;
  const isWaiting = useSecondsUntil(error?.retryAt) > 0;
  useAutofocus();

  const submit = handleSubmit((values) => {
    mutate({
      token,
      password: values.password,
      ...(kind !== 'password_reset' && { name: values.name.trim() }),
      ...(kind === 'set_up' && { email: values.email }),
    });
  });
  const { title, lead, submit: submitLabel } = words[kind];
  const isFieldError = ['name', 'email', 'password'].includes(error?.field ?? '');

  if (asksCode) {
    return (
      <OutsideFrame title="One more step" lead="Your new password is set. Now show that it is you.">
        <CodeForm onSignedIn={goHome} onBack={() => leaveFor(paths.signIn.href())} />
      </OutsideFrame>
    );
  }
  return (
    <OutsideFrame title={title} lead={lead}>
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {kind !== 'password_reset' && (
          <Field
            label="Your name"
            help="Teammates see it beside what you do."
            error={fieldMessage('Your name', errors.name?.message) ?? answeredMessage(error, 'name', 'Your name')}
          >
            <Input
              {...register('name')}
              required
              autoComplete="name"
              maxLength={personLimits.name}
              data-autofocus={kind === 'set_up' ? '' : undefined}
            />
          </Field>
        )}
        <Field
          label="E-mail"
          error={emailMessage(errors.email?.message) ?? answeredMessage(error, 'email', 'E-mail')}
          help={kind === 'set_up' ? 'You sign in with it.' : undefined}
        >
          <Input
            {...register('email')}
            required={kind === 'set_up'}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={kind !== 'set_up'}
          />
        </Field>
        <PasswordField
          {...register('password')}
          label={kind === 'password_reset' ? 'New password' : 'Password'}
          autoComplete="new-password"
          maxLength={personLimits.passwordMaximum}
          help={passwordHelp}
          error={fieldMessage('Password', errors.password?.message) ?? answeredMessage(error, 'password', 'Password')}
          data-autofocus={kind === 'set_up' ? undefined : ''}
        />
        {error && !isFieldError && <AccountError error={error} />}
        <Button
          type="submit"
          variant="primary"
          className="w-full"
          pending={isPending || isSuccess}
          disabled={isWaiting}
        >
          {submitLabel}
        </Button>
      </form>
    </OutsideFrame>
  );
}
