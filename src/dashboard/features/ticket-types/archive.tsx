import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { explainError } from '../../lib/explain-error.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast-store.ts';
import { ticketTypeMutations } from './mutations.ts';
import { activeAttributeCount } from './ticket-type-filters.ts';

/** Archiving and restoring ticket types: `ask` shows what it touches, and the toast offers to undo what was done. */
export function useArchive() {
  const { mutateAsync } = useMutation(ticketTypeMutations.setArchived());
  const [asked, setAsked] = useState<TicketType[]>([]);

  const set = useCallback(
    async (ticketTypes: TicketType[], archived: boolean, isUndo = false): Promise<void> => {
      try {
        await mutateAsync({ ticketTypeIds: ticketTypes.map(({ id }) => id), archived });
      } catch (error) {
        const { title, text } = explainError(error);
        toast({ title, description: text, tone: 'danger' });
        return;
      }
      const undo = { label: 'Undo', onSelect: () => set(ticketTypes, !archived, true) };
      toast({
        title: `${subject(ticketTypes)} ${archived ? 'archived' : 'restored'}`,
        tone: 'success',
        action: isUndo ? undefined : undo,
      });
    },
    [mutateAsync],
  );

  /** Asks before archiving. Restoring takes nothing away, so it is done at once. */
  const ask = useCallback(
    (ticketTypes: TicketType[], archived: boolean) => {
      if (archived) setAsked(ticketTypes);
      else void set(ticketTypes, false);
    },
    [set],
  );
  const cancel = () => setAsked([]);
  async function confirm() {
    await set(asked, true);
    cancel();
  }
  return { asked, ask, confirm, cancel };
}

/** The question that `useArchive` asks. */
export function ArchiveDialog({ archive: { asked, confirm, cancel } }: { archive: ReturnType<typeof useArchive> }) {
  const attributes = asked.reduce((sum, ticketType) => sum + activeAttributeCount(ticketType), 0);
  const isOne = asked.length === 1;
  return (
    <ConfirmDialog
      open={asked.length > 0}
      onClose={cancel}
      title={`Archive ${subject(asked)}?`}
      confirmLabel="Archive"
      onConfirm={confirm}
    >
      <p>
        {isOne ? 'It' : 'They'} will no longer be offered for new tickets. Existing tickets and{' '}
        {isOne ? 'its' : 'their'} {attributes} attributes stay as they are. You can restore {isOne ? 'it' : 'them'} at
        any time.
      </p>
    </ConfirmDialog>
  );
}

function subject(ticketTypes: TicketType[]): string {
  const [first] = ticketTypes;
  return ticketTypes.length === 1 && first ? first.name : `${ticketTypes.length} ticket types`;
}
