import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import type { Session } from '#contract/gateway/current-session.ts';
import { personLimits } from '#contract/gateway/people.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { fieldMessage } from '../../lib/field-message.ts';
import { LeaveGuard } from '../../lib/leave-guard.tsx';
import { roleLabels } from '../../lib/role-labels.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast-store.ts';
import { answeredMessage, nameValues } from './account-form.ts';
import { accountMutations } from './queries.ts';
import { SettingsSection } from './settings-section.tsx';

/** The person's own name, beside what only an owner changes. */
export function ProfileSection({ person }: { person: Session['person'] }) {
  const { mutateAsync, error } = useMutation(accountMutations.rename());
  const { register, handleSubmit, reset, formState } = useForm({
    resolver: zodResolver(nameValues),
    defaultValues: { name: person.name },
  });
  const { errors, isDirty, isSubmitting } = formState;

  useEffect(() => {
    if (!isDirty) reset({ name: person.name });
  }, [person.name, isDirty, reset]);

  const submit = handleSubmit(async ({ name }) => {
    try {
      await mutateAsync({ name: name.trim() });
    } catch {
      // Shown by the mutation's error.
      return;
    }
    reset({ name: name.trim() });
    toast({ title: 'Name saved', tone: 'success' });
  });

  return (
    <SettingsSection title="Profile" text="How teammates see you beside what you do.">
      <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
        <LeaveGuard isDirty={isDirty && !isSubmitting} />
        <Field
          label="Name"
          error={fieldMessage('Name', errors.name?.message) ?? answeredMessage(error, 'name', 'Name')}
        >
          <Input {...register('name')} required autoComplete="name" maxLength={personLimits.name} />
        </Field>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
          <dt className="text-muted">E-mail</dt>
          <dd className="truncate">{person.email}</dd>
          <dt className="text-muted">{person.roles.length === 1 ? 'Role' : 'Roles'}</dt>
          <dd className="flex flex-wrap items-center gap-1">
            {person.roles.map((role) => (
              <Badge key={role}>{roleLabels[role]}</Badge>
            ))}
          </dd>
        </dl>
        {error && error.field !== 'name' && <ErrorAlert error={error} />}
        <Button type="submit" className="self-start" pending={isSubmitting} disabled={!isDirty && !isSubmitting}>
          Save name
        </Button>
      </form>
    </SettingsSection>
  );
}
