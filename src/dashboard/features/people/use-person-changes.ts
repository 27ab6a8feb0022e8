import { useMutation } from '@tanstack/react-query';
import type { Person } from '#contract/gateway/people.ts';
import { explainError } from '../../lib/explain-error.ts';
import { toast } from '../../ui/toast-store.ts';
import { peopleMutations } from './queries.ts';

/** What can be done about a person's access, each with a toast that says so. They resolve to whether it was done. */
export function usePersonChanges() {
  const { mutateAsync } = useMutation(peopleMutations.update());

  async function run(body: Parameters<typeof mutateAsync>[0], done: Parameters<typeof toast>[0]): Promise<boolean> {
    try {
      await mutateAsync(body);
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
      return false;
    }
    toast({ tone: 'success', ...done });
    return true;
  }

  const letIn = ({ id, name, last_seen_at: lastSeenAt }: Person) =>
    run(
      { personId: id, body: { deactivated: false } },
      {
        title: `${name} is let in again`,
        description: lastSeenAt === null ? 'Make a new invitation link for them.' : 'They have to sign in anew.',
      },
    );

  const deactivate = (person: Person) =>
    run(
      { personId: person.id, body: { deactivated: true } },
      { title: `${person.name} deactivated`, action: { label: 'Undo', onSelect: () => letIn(person) } },
    );

  const removeSecondFactor = ({ id, name }: Person) =>
    run(
      { personId: id, body: { second_factor: false } },
      { title: `${name}’s second factor taken away`, description: 'They sign in with their password alone now.' },
    );

  return { letIn, deactivate, removeSecondFactor };
}
