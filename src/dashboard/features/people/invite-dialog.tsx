import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { normalEmail, personLimits } from '#contract/gateway/people.ts';
import { ApiError } from '../../lib/api-error.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { fieldMessage, serverFieldMessage } from '../../lib/field-message.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { InvitationPanel } from './invitation-panel.tsx';
import { emptyInvitation, type InvitationValues, invitationValues } from './person-form.ts';
import { type Invitation, peopleMutations } from './queries.ts';
import { RoleFields } from './role-fields.tsx';

const labels = { name: 'Name', email: 'E-mail address', roles: 'Roles' } as const;

/** Invites a person: who they are and what they may do, then the link to hand on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useMutation(peopleMutations.invite());
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(invitationValues),
    defaultValues: emptyInvitation,
  });
  const { errors } = formState;
  const [isUnderField, setIsUnderField] = useState(false);

  const submit = handleSubmit(async ({ name, email, roles }) => {
    try {
      setInvitation(await invite.mutateAsync({ name: name.trim(), email: normalEmail(email), roles }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const field = fieldOf(error);
      setIsUnderField(field !== undefined);
      if (field) setError(field, { type: 'server', message: messageOf(error, field) }, { shouldFocus: true });
    }
  });
  const errorOf = (key: keyof InvitationValues) =>
    errors[key]?.type === 'server' ? errors[key].message : fieldMessage(labels[key], errors[key]?.message);

  if (invitation) {
    return (
      <Dialog
        open
        onClose={onClose}
        size="md"
        title={`${invitation.person.name} is invited`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <InvitationPanel invitation={invitation} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title="Invite a person"
      description="They get a link, and choose a password of their own."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="invite" pending={formState.isSubmitting}>
            Invite
          </Button>
        </>
      }
    >
      <form
        id="invite"
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
        }}
        className="flex flex-col gap-4"
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={labels.name} required error={errorOf('name')}>
            <Input {...register('name')} data-autofocus="" autoComplete="off" maxLength={personLimits.name} />
          </Field>
          <Field label={labels.email} required error={errorOf('email')}>
            <Input {...register('email')} type="email" autoComplete="off" maxLength={personLimits.email} />
          </Field>
        </div>
        <RoleFields registration={register('roles')} error={errors.roles?.message} />
        {invite.error && !isUnderField && <ErrorAlert error={invite.error} />}
      </form>
    </Dialog>
  );
}

/** The field that a refusal is about. */
function fieldOf({ code, field }: ApiError): keyof InvitationValues | undefined {
  if (code === 'email_taken') return 'email';
  return field === 'name' || field === 'email' || field === 'roles' ? field : undefined;
}

function messageOf({ code, message }: ApiError, field: keyof InvitationValues): string {
  if (code === 'email_taken')
    return 'Someone with this address is in the list already; look there, also among the deactivated.';
  return serverFieldMessage(labels[field], field, message);
}
