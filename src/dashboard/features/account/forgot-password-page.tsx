import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import MailCheck from 'lucide-react/icons/mail-check';
import ScrollText from 'lucide-react/icons/scroll-text';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { paths } from '../../lib/paths.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { AccountError } from './account-error.tsx';
import { answeredMessage, emailMessage, emailValues } from './account-form.ts';
import { OutsideFrame } from './outside-frame.tsx';
import { signInMutations } from './queries.ts';
import { useAutofocus } from './use-autofocus.ts';

/** Where one asks for a link to set a new password. */
export function ForgotPasswordPage() {
  const { mutate, data, variables, error, isPending, reset } = useMutation(signInMutations.requestPasswordReset());
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(emailValues),
    defaultValues: { email: '' },
  });
  const isWaiting = useSecondsUntil(error?.retryAt) > 0;
  useAutofocus();

  if (data) return <Asked by={data.by} email={variables?.email ?? ''} onAgain={reset} />;
  return (
    <OutsideFrame
      title="Set a new password"
      lead="Give the e-mail address that you sign in with. You get a link that works once, for a while."
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((values) => mutate(values))}>
        <Field
          label="E-mail"
          error={emailMessage(formState.errors.email?.message) ?? answeredMessage(error, 'email', 'E-mail')}
        >
          <Input
            {...register('email')}
            required
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus=""
          />
        </Field>
        {error && !error.field && <AccountError error={error} />}
        <Button type="submit" variant="primary" className="w-full" pending={isPending} disabled={isWaiting}>
          Ask for a link
        </Button>
        <Link to={paths.signIn.href()} className={buttonClass({ variant: 'ghost' })}>
          Back to sign in
        </Link>
      </form>
    </OutsideFrame>
  );
}

/** Says the same whether the address is known or not. */
function Asked({ by, email, onAgain }: { by: 'mail' | 'log'; email: string; onAgain: () => void }) {
  const Icon = by === 'mail' ? MailCheck : ScrollText;
  return (
    <OutsideFrame title={by === 'mail' ? 'Look into your mail' : 'Ask for your link'}>
      <div role="status" className="flex gap-3 rounded-md border border-line bg-surface p-4">
        <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="flex min-w-0 flex-col gap-2">
          <p>
            If <strong className="font-medium">{email.trim()}</strong> belongs to a person of this Deskbell, there is a
            link now to set a new password.
          </p>
          <p className="text-muted">
            {by === 'mail'
              ? 'It comes by mail. When it does not come within a few minutes, look among the unwanted mail.'
              : 'This Deskbell sends no mail. Whoever runs it finds the link in the log of the server and can hand it to you.'}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Link to={paths.signIn.href()} className={buttonClass()}>
          Back to sign in
        </Link>
        <Button variant="ghost" onClick={onAgain}>
          Use another address
        </Button>
      </div>
    </OutsideFrame>
  );
}
