import { useMutation } from '@tanstack/react-query';
import { toast } from '../../ui/toast-store.ts';
import { PasswordQuestion } from './password-question.tsx';
import { accountMutations } from './queries.ts';

/** Switches the second factor off, for whoever knows the password. */
export function RemoveSecondFactor({ onClose }: { onClose: () => void }) {
  const { mutate, isPending, error } = useMutation({
    ...accountMutations.removeSecondFactor(),
    onSuccess: () => {
      toast({ title: 'Second factor switched off', tone: 'success' });
      onClose();
    },
  });
  return (
    <PasswordQuestion
      title="Switch the second factor off?"
      description="From then on your password alone lets you in. Your backup codes stop working."
      submitLabel="Switch off"
      variant="danger"
      onSubmit={(password) => mutate({ password })}
      pending={isPending}
      error={error}
      onClose={onClose}
    />
  );
}
