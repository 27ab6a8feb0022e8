import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Session } from '#contract/gateway/current-session.ts';
import { passkeyNameLimit } from '#contract/gateway/passkeys.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AccountError } from './account-error.tsx';
import { passkeyText, passkeyValues, refusalText } from './account-form.ts';
import { deviceName } from './device-name.ts';
import { PasswordField } from './password-field.tsx';
import { accountMutations } from './queries.ts';

interface AddPasskeyProps {
  person: Session['person'];
  onClose: () => void;
}

/** Asks what to call it and for the password, then lets the browser ask for finger, face or PIN. */
export function AddPasskey({ person, onClose }: AddPasskeyProps) {
  const { mutate, error, isPending } = useMutation({
    ...accountMutations.addPasskey(),
    onSuccess: () => {
      toast({ title: 'Passkey added', tone: 'success' });
      onClose();
    },
  });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(person.has_password ? passkeyValues.withPassword : passkeyValues.withoutPassword),
    defaultValues: { name: deviceName(navigator.userAgent), password: '' },
  });
  const { errors } = formState;
  const isWrong = error?.code === 'credentials_wrong';
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a passkey"
      description="Your browser then asks for your fingerprint, your face or the PIN of your device."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="add-passkey" variant="primary" pending={isPending}>
            Continue
          </Button>
        </>
      }
    >
      <form
        id="add-passkey"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={handleSubmit(({ name, password }) =>
          mutate({ name: name.trim(), ...(person.has_password && { password }) }),
        )}
      >
        <Field
          label="Name"
          help="To tell it from your other passkeys."
          error={fieldMessage('Name', errors.name?.message)}
        >
          <Input
            {...register('name')}
            required
            autoComplete="off"
            maxLength={passkeyNameLimit}
            data-autofocus={person.has_password ? undefined : ''}
          />
        </Field>
        {person.has_password && (
          <PasswordField
            {...register('password')}
            label="Your password"
            autoComplete="current-password"
            data-autofocus=""
            error={
              fieldMessage('Your password', errors.password?.message) ??
              (isWrong ? refusalText(error, 'password') : undefined)
            }
          />
        )}
        {error && !isWrong && <AccountError error={error} text={passkeyText(error)} />}
      </form>
    </Dialog>
  );
}
