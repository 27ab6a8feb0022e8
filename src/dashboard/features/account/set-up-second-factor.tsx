import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import type { startSecondFactor } from '#contract/gateway/session.ts';
import type { ResponseOf } from '#contract/operation.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AccountError } from './account-error.tsx';
import { codeValues, refusalText } from './account-form.ts';
import { BackupCodes } from './backup-codes.tsx';
import { PasswordQuestion } from './password-question.tsx';
import { QrCode } from './qr-code.tsx';
import { accountMutations } from './queries.ts';

/** The way to a second factor: the password, then the app, the codes for its loss, and a first code as the proof. */
export function SetUpSecondFactor({ onClose }: { onClose: () => void }) {
  const start = useMutation(accountMutations.startSecondFactor());
  if (start.data) return <Enrol factor={start.data} onClose={onClose} />;
  return (
    <PasswordQuestion
      title="Set up a second factor"
      description="You need an authenticator app, such as the one of your password manager. First, your password."
      submitLabel="Continue"
      onSubmit={(password) => start.mutate({ password })}
      pending={start.isPending}
      error={start.error}
      onClose={onClose}
    />
  );
}

interface EnrolProps {
  factor: ResponseOf<typeof startSecondFactor>;
  onClose: () => void;
}

function Enrol({ factor: { uri, secret, backup_codes }, onClose }: EnrolProps) {
  const { mutate, error, isPending } = useMutation({
    ...accountMutations.confirmSecondFactor(),
    onSuccess: () => {
      toast({ title: 'Second factor switched on', tone: 'success' });
      onClose();
    },
  });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(codeValues),
    defaultValues: { code: '' },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title="Set up a second factor"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="enrol" variant="primary" pending={isPending}>
            Switch on
          </Button>
        </>
      }
    >
      <ol className="flex flex-col gap-5">
        <Step number={1} title="Scan this with the app">
          <div className="flex flex-wrap gap-4">
            <QrCode text={uri} label="Code for the authenticator app" />
            <div className="flex min-w-48 flex-1 flex-col items-start gap-2">
              <p className="text-muted text-sm">No camera at hand? Type this key into the app instead.</p>
              <code className="font-mono text-sm">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              <CopyButton text={secret} label="Copy key" size="sm" />
            </div>
          </div>
        </Step>
        <Step number={2} title="Keep these backup codes">
          <BackupCodes codes={backup_codes} />
        </Step>
        <Step number={3} title="Type the code that the app shows now">
          <form
            id="enrol"
            noValidate
            className="flex flex-col gap-3"
            onSubmit={handleSubmit(({ code }) => mutate({ code: code.trim() }))}
          >
            <Field label="Code" hideLabel required error={fieldMessage('Code', formState.errors.code?.message)}>
              <Input
                {...register('code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={10}
                placeholder="123456"
                className="max-w-40 font-mono tabular-nums tracking-widest"
              />
            </Field>
            {error && <AccountError error={error} text={refusalText(error, 'totp')} />}
          </form>
        </Step>
      </ol>
    </Dialog>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
      <span
        aria-hidden="true"
        className="flex size-6 items-center justify-center rounded-full bg-hover font-medium text-muted text-xs"
      >
        {number}
      </span>
      <h3 className="self-center font-medium">{title}</h3>
      <div className="min-w-0 max-sm:col-span-2 sm:col-start-2">{children}</div>
    </li>
  );
}
