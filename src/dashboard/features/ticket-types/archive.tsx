import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { explainError } from '../../lib/explain-error.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast-store.ts';
import { ticketTypeMutations } from './mutations.ts';
import { activeAttributeCount } from './ticket-type-filters.ts';

export interface ArchiveRequest {
  ticketTypes: TicketType[];
  /** What they are to be. */
  archived: boolean;
}

interface ArchiveProps extends ArchiveRequest {
  onEnd: () => void;
}

/** Carries out what `useArchive` was asked for. A toast offers to undo it. */
export function Archive({ ticketTypes, archived, onEnd }: ArchiveProps) {
  const { mutateAsync } = useMutation(ticketTypeMutations.setArchived());
  const isBegun = useRef(false);

  async function set(toArchived: boolean, isUndo = false): Promise<void> {
    try {
      await mutateAsync({ ticketTypeIds: ticketTypes.map(({ id }) => id), archived: toArchived });
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
      return;
    }
    const undo = { label: 'Undo', onSelect: () => set(!toArchived, true) };
    toast({
      title: `${subject(ticketTypes)} ${toArchived ? 'archived' : 'restored'}`,
      tone: 'success',
      action: isUndo ? undefined : undo,
    });
  }

  // Restoring takes nothing away, so it is done at once.
  useEffect(() => {
    if (archived || isBegun.current) return;
    isBegun.current = true;
    void set(false).then(onEnd);
  });

  const attributes = ticketTypes.reduce((sum, ticketType) => sum + activeAttributeCount(ticketType), 0);
  const isOne = ticketTypes.length === 1;
  return (
    <ConfirmDialog
      open={archived}
      onClose={onEnd}
      title={`Archive ${subject(ticketTypes)}?`}
      confirmLabel="Archive"
      onConfirm={() => set(true).then(onEnd)}
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
