import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { type Person, personLimits } from '#contract/gateway/people.ts';
import { ApiError } from '../../lib/api-error.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { fieldMessage, serverFieldMessage } from '../../lib/field-message.ts';
import { paths } from '../../lib/paths.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast-store.ts';
import { InvitationPanel } from './invitation-panel.tsx';
import { PersonAccess } from './person-access.tsx';
import { fromPerson, type PersonValues, personValues, toUpdateBody } from './person-form.ts';
import { RoleBadges, StateBadge } from './person-state.tsx';
import { type Invitation, peopleMutations } from './queries.ts';
import { RoleFields } from './role-fields.tsx';

interface PersonDialogProps {
  person: Person;
  isSelf: boolean;
  onClose: () => void;
}

/** One person: their name and roles to change, and whether and how they come in. */
export function PersonDialog({ person, isSelf, onClose }: PersonDialogProps) {
  const mayUpdate = useMay('updatePerson');
  const mayReadLog = useMay('listActivity');
  const update = useMutation(peopleMutations.update());
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [asked, setAsked] = useState<PersonValues | null>(null);
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(personValues),
    values: fromPerson(person),
    resetOptions: { keepDirtyValues: true },
  });
  const { errors, isDirty, isSubmitting } = formState;

  async function save(values: PersonValues): Promise<void> {
    const body = toUpdateBody(values, person);
    try {
      if (Object.keys(body).length > 0) await update.mutateAsync({ personId: person.id, body });
      toast({ title: `${values.name.trim()} saved`, tone: 'success' });
      onClose();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.field !== 'name') return;
      setError('name', { type: 'server', message: serverFieldMessage('Name', 'name', error.message) });
    } finally {
      setAsked(null);
    }
  }

  const submit = handleSubmit(async (values) => {
    // Whoever takes a role from themselves may not be able to give it back.
    if (isSelf && toUpdateBody(values, person).roles) setAsked(values);
    else await save(values);
  });

  const canSave = mayUpdate && invitation === null;
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={isSelf ? `${person.name} (you)` : person.name}
      description={person.email}
      footer={
        <>
          {mayReadLog && (
            <Link
              to={paths.activity.href({ person: person.id })}
              className="me-auto self-center text-muted text-sm hover:text-fg"
            >
              Everything by {person.name}
            </Link>
          )}
          <Button onClick={onClose}>{canSave && isDirty ? 'Cancel' : 'Close'}</Button>
          {canSave && (
            <Button variant="primary" type="submit" form="person" pending={isSubmitting} disabled={!isDirty}>
              Save changes
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {invitation ? (
          <InvitationPanel invitation={invitation} />
        ) : mayUpdate ? (
          <form
            id="person"
            noValidate
            onSubmit={submit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
            }}
            className="flex flex-col gap-4"
          >
            <Field
              label="Name"
              required
              error={errors.name?.type === 'server' ? errors.name.message : fieldMessage('Name', errors.name?.message)}
            >
              <Input {...register('name')} data-autofocus="" autoComplete="off" maxLength={personLimits.name} />
            </Field>
            <RoleFields registration={register('roles')} error={errors.roles?.message} />
            {update.error && update.error.field !== 'name' && <ErrorAlert error={update.error} />}
          </form>
        ) : (
          <p className="flex flex-wrap items-center gap-2">
            <StateBadge state={person.state} />
            <RoleBadges roles={person.roles} />
          </p>
        )}
        {!invitation && (
          <PersonAccess person={person} isSelf={isSelf} mayUpdate={mayUpdate} onInvited={setInvitation} />
        )}
      </div>
      <ConfirmDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title="Change your own roles?"
        confirmLabel="Change my roles"
        tone="danger"
        pending={update.isPending}
        onConfirm={() => asked && save(asked)}
      >
        <p>
          It holds at once. What your new roles do not allow, you cannot do any more, and only an owner can give you
          roles back.
        </p>
      </ConfirmDialog>
    </Dialog>
  );
}
