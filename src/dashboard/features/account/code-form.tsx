import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { AccountError } from './account-error.tsx';
import { codeValues, refusalText } from './account-form.ts';
import { signInMutations } from './queries.ts';

const kinds = {
  totp: { label: 'Code', help: 'The six digits that your authenticator app shows for Deskbell.', other: 'backup' },
  backup: { label: 'Backup code', help: 'One of the codes that you kept. Each works once.', other: 'totp' },
} as const;

/** The second step: a code that only the person's own device knows, or one that they have kept for its loss. */
export function CodeForm({ onSignedIn, onBack }: { onSignedIn: () => unknown; onBack: () => void }) {
  const [kind, setKind] = useState<keyof typeof kinds>('totp');
  const { label, help, other } = kinds[kind];
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    ...signInMutations.secondFactor(),
    onSuccess: () => onSignedIn(),
    onError: () => setFocus('code', { shouldSelect: true }),
  });
  const form = useForm({ resolver: zodResolver(codeValues), defaultValues: { code: '' } });
  const { register, handleSubmit, setFocus, formState } = form;
  const isWaiting = useSecondsUntil(error?.retryAt) > 0;
  // The password was given too long ago, and counts no more.
  const isTooLate = error?.code === 'second_factor_expired';

  // biome-ignore lint/correctness/useExhaustiveDependencies: each kind of code is typed anew
  useEffect(() => setFocus('code'), [kind, setFocus]);

  function choose(next: keyof typeof kinds) {
    setKind(next);
    form.reset();
    reset();
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={handleSubmit(({ code }) => mutate({ code: code.trim(), kind }))}
    >
      <Field label={label} help={help} error={fieldMessage(label, formState.errors.code?.message)}>
        <Input
          {...register('code')}
          required
          key={kind}
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={16}
          className="font-mono tabular-nums tracking-widest"
        />
      </Field>
      {error && isTooLate && (
        <Alert tone="warning" live="alert">
          This took too long. Go back and give your password once more.
        </Alert>
      )}
      {error && !isTooLate && <AccountError error={error} text={refusalText(error, kind)} />}
      <Button type="submit" variant="primary" className="w-full" pending={isPending || isSuccess} disabled={isWaiting}>
        Sign in
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" size="sm" onClick={onBack}>
          Back
        </Button>
        <Button variant="ghost" size="sm" onClick={() => choose(other)}>
          {other === 'backup' ? 'Use a backup code' : 'Use the authenticator app'}
        </Button>
      </div>
    </form>
  );
}
